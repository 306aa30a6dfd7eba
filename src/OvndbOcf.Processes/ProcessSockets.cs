namespace OvndbOcf.Processes;

/// <summary>The sockets that a process holds.</summary>
internal static class ProcessSockets
{
    /// <summary>Their inodes, as the kernel's tables of sockets name them.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not be looked into.</exception>
    public static IReadOnlySet<string> Of(int process)
    {
        const string Prefix = "socket:[";
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var descriptor in new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos())
        {
            if (descriptor.LinkTarget is { } target && target.StartsWith(Prefix, StringComparison.Ordinal))
            {
                sockets.Add(target[Prefix.Length..^1]);
            }
        }

        return sockets;
    }
}
