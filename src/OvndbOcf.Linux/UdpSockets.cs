using System.Net;

namespace OvndbOcf.Linux;

/// <summary>The UDP sockets of this network namespace (proc(5), <c>/proc/net/udp</c> and <c>udp6</c>).</summary>
public static class UdpSockets
{
    private const int LocalField = 1;
    private const int InodeField = 9;

    private static readonly string[] Tables = ["/proc/net/udp", "/proc/net/udp6"];

    /// <summary>The local ends of a process's sockets; empty if it has none or cannot be looked into.</summary>
    public static IReadOnlyList<IPEndPoint> LocalEnds(int process)
    {
        try
        {
            var sockets = ProcessSockets.Of(process);
            return [.. Tables.Where(File.Exists).SelectMany(File.ReadLines).Select(line => Parse(line, sockets)).OfType<IPEndPoint>()];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The local end in a line of a table if it is one of those sockets; null otherwise.</summary>
    internal static IPEndPoint? Parse(string line, IReadOnlySet<string> sockets) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > InodeField } fields && sockets.Contains(fields[InodeField])
            ? TcpConnections.ParseEnd(fields[LocalField])
            : null;
}
