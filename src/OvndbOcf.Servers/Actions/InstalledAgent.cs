namespace OvndbOcf.Servers.Actions;

/// <summary>What Pacemaker runs as this agent: OVN's packages, too, write to the place where it is looked for.</summary>
internal static class InstalledAgent
{
    private const string Remedy = "run /usr/lib/ovndb-ocf/agent-place claim, or install ovndb-ocf again";

    /// <summary>What is wrong if that is not this executable, or the same one elsewhere; null if it is, or cannot be read.</summary>
    /// <param name="root">Where OCF's files are (<c>OCF_ROOT</c>).</param>
    /// <param name="self">This executable's own path.</param>
    public static string? FindWarning(string root, string self)
    {
        var place = Path.Combine(root, "resource.d/ovn", AgentDescription.Name);
        try
        {
            return AreSame(place, self) ? null : $"{place} is another agent than {self}, and Pacemaker runs the former: {Remedy}";
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"{place} leads to no file, so Pacemaker finds no agent on this node: {Remedy}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool AreSame(string place, string self) =>
        new FileInfo(place).ResolveLinkTarget(returnFinalTarget: true)?.FullName == self
        || File.ReadAllBytes(place).AsSpan().SequenceEqual(File.ReadAllBytes(self));
}
