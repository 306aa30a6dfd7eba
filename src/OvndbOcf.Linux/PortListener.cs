using System.Globalization;
using System.Net;

namespace OvndbOcf.Linux;

/// <summary>A TCP socket of this network namespace that takes connections (proc(5), <c>/proc/net/tcp</c> and <c>tcp6</c>).</summary>
/// <param name="Local">Where it listens.</param>
/// <param name="Inode">The socket, as processes' descriptors name it.</param>
/// <param name="TakesIpv4">Whether, on all addresses of IPv6, it takes connections of IPv4, too (ipv6(7), <c>IPV6_V6ONLY</c>).</param>
public sealed record PortListener(IPEndPoint Local, string Inode, bool TakesIpv4 = false)
{
    private const int LocalField = 1;
    private const int StateField = 3;
    private const int InodeField = 9;
    private const string Listening = "0A";

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>All that listen on a port, of both families; empty where the tables cannot be read.</summary>
    public static IReadOnlyList<PortListener> FindAll(int port)
    {
        try
        {
            var found = Tables
                .Where(File.Exists)
                .SelectMany(File.ReadLines)
                .Select(Parse)
                .OfType<PortListener>()
                .Where(listener => listener.Local.Port == port)
                .ToList();
            if (found.Count == 0)
            {
                return found;
            }

            // The tables do not tell; which socket takes IPv4 does.
            using var diagnostics = new SocketDiagnostics();
            var ofIpv4 = diagnostics.FindListener(new IPEndPoint(IPAddress.Any, port));
            return
            [
                .. found.Select(listener =>
                    listener with
                    {
                        TakesIpv4 = listener.Local.Address.Equals(IPAddress.IPv6Any) && listener.Inode == ofIpv4,
                    }
                ),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Whether a process holds the socket; null if it cannot be looked into.</summary>
    public bool? IsHeldBy(int process)
    {
        try
        {
            return ProcessSockets.Of(process).Contains(Inode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A process that holds the socket; null if none is seen here, such as one of another container. Reads all of <c>/proc</c>.</summary>
    public ProcessSnapshot? FindHolder()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && IsHeldBy(id) == true
            )
            {
                return ProcessTable.Find(id);
            }
        }

        return null;
    }

    /// <summary>Reads a line of a table; null if that is no socket that takes connections.</summary>
    internal static PortListener? Parse(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > InodeField } fields
        && fields[StateField] == Listening
        && TcpConnections.ParseEnd(fields[LocalField]) is { } local
            ? new PortListener(local, fields[InodeField])
            : null;
}
