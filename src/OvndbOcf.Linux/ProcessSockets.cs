using System.Globalization;

namespace OvndbOcf.Linux;

/// <summary>The sockets that a process holds.</summary>
internal static class ProcessSockets
{
    /// <summary>Their inodes, as the kernel's tables of sockets name them.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not be looked into.</exception>
    public static IReadOnlySet<string> Of(int process) =>
        DescriptorsOf(process).Select(descriptor => descriptor.Inode).ToHashSet(StringComparer.Ordinal);

    /// <summary>Its descriptors of sockets, each with the socket's inode.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    /// <exception cref="UnauthorizedAccessException">The process may not be looked into.</exception>
    public static IEnumerable<(int Number, string Inode)> DescriptorsOf(int process)
    {
        const string Prefix = "socket:[";
        foreach (var descriptor in new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos())
        {
            if (
                descriptor.LinkTarget is { } target
                && target.StartsWith(Prefix, StringComparison.Ordinal)
                && int.TryParse(descriptor.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            )
            {
                yield return (number, target[Prefix.Length..^1]);
            }
        }
    }
}
