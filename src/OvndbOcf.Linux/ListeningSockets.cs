using System.Globalization;

namespace OvndbOcf.Linux;

/// <summary>The unix sockets on which processes of this network namespace listen (proc_net_unix(5)).</summary>
public static class ListeningSockets
{
    private const string Table = "/proc/net/unix";
    private const int FlagsField = 3;
    private const int InodeField = 6;

    // __SO_ACCEPTCON of the kernel.
    private const int AcceptsConnections = 1 << 16;

    /// <summary>Whether the process listens on any unix socket, also one whose file is gone; null if the process cannot be looked into.</summary>
    public static bool? HasAny(int process)
    {
        try
        {
            var sockets = ProcessSockets.Of(process);
            return File.ReadLines(Table).Any(line => InodeOfListening(line) is { } inode && sockets.Contains(inode));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The inode in a line of the table if that is a socket that takes connections; null otherwise.</summary>
    internal static string? InodeOfListening(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > InodeField } fields
        && int.TryParse(fields[FlagsField], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var flags)
        && (flags & AcceptsConnections) != 0
            ? fields[InodeField]
            : null;
}
