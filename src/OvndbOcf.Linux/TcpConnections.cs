using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OvndbOcf.Linux;

/// <summary>The TCP connections of this network namespace (proc(5), <c>/proc/net/tcp</c> and <c>tcp6</c>).</summary>
public static class TcpConnections
{
    private const string EstablishedState = "01";
    private const string Table4 = "/proc/net/tcp";
    private const string Table6 = "/proc/net/tcp6";

    /// <summary>A process's established connection to that address and port.</summary>
    /// <returns>Whether it has one, null if the process cannot be looked into; and its local end, such as <c>10.0.0.3:40112</c>.</returns>
    public static (bool? IsConnected, IPEndPoint? Local) Find(int process, IPAddress address, int port)
    {
        try
        {
            var sockets = ProcessSockets.Of(process);
            var remote = RemoteField(address, port);
            var found = Lines(TableOf(address)).FirstOrDefault(fields => IsEstablishedTo(fields, remote, sockets));
            return (found is not null, found is null ? null : ParseEnd(found[1]));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (null, null);
        }
    }

    /// <summary>All established connections to a local port: the remote end to the local one.</summary>
    public static IReadOnlyDictionary<IPEndPoint, IPEndPoint> To(int localPort)
    {
        var ends = new Dictionary<IPEndPoint, IPEndPoint>();
        foreach (var fields in Established(localPort))
        {
            if (ParseEnd(fields[1]) is { } local && ParseEnd(fields[2]) is { } remote)
            {
                ends[remote] = local;
            }
        }

        return ends;
    }

    /// <summary>All established connections to a local address and one of those ports.</summary>
    public static IReadOnlyList<(IPEndPoint Local, IPEndPoint Remote)> At(IPAddress address, IReadOnlyList<int> ports)
    {
        try
        {
            var ends = ports.Select(port => RemoteField(address, port)).ToList();
            return
            [
                .. Lines(TableOf(address))
                    .Where(fields => fields[3] == EstablishedState && ends.Contains(fields[1]))
                    .Select(fields => (ParseEnd(fields[1])!, ParseEnd(fields[2])!)),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>Whether the other side of a connection to a local port has yet to acknowledge something that was sent to it.</summary>
    public static bool HasUnacknowledged(int localPort)
    {
        foreach (var fields in Established(localPort))
        {
            if (!fields[4].StartsWith("00000000:", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The third field of the tables: the address as 32-bit words in the machine's byte order, and the port, in hexadecimal.</summary>
    internal static string RemoteField(IPAddress address, int port)
    {
        var bytes = address.GetAddressBytes();
        var field = new System.Text.StringBuilder(bytes.Length * 2 + 5);
        for (var i = 0; i < bytes.Length; i += 4)
        {
            field.Append(BitConverter.ToUInt32(bytes, i).ToString("X8", CultureInfo.InvariantCulture));
        }

        return field.Append(':').Append(port.ToString("X4", CultureInfo.InvariantCulture)).ToString();
    }

    /// <summary>Reads an address and port of the tables; null if it is none. An IPv4 address in IPv6's form becomes what it is.</summary>
    internal static IPEndPoint? ParseEnd(string field)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        if (
            colon is not (8 or 32)
            || !ushort.TryParse(field.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var port)
        )
        {
            return null;
        }

        var bytes = new byte[colon / 2];
        for (var i = 0; i < bytes.Length; i += 4)
        {
            if (!uint.TryParse(field.AsSpan(i * 2, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var word))
            {
                return null;
            }

            BitConverter.TryWriteBytes(bytes.AsSpan(i), word);
        }

        var address = new IPAddress(bytes);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
    }

    /// <summary>Whether a line of a table is an established connection to that remote with one of those sockets.</summary>
    internal static bool IsEstablishedTo(string line, string remote, IReadOnlySet<string> sockets)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 9 && IsEstablishedTo(fields, remote, sockets);
    }

    private static bool IsEstablishedTo(string[] fields, string remote, IReadOnlySet<string> sockets) =>
        fields[3] == EstablishedState && fields[2] == remote && sockets.Contains(fields[9]);

    private static IEnumerable<string[]> Established(int localPort)
    {
        var suffix = ":" + localPort.ToString("X4", CultureInfo.InvariantCulture);
        return Lines(Table4)
            .Concat(File.Exists(Table6) ? Lines(Table6) : [])
            .Where(fields => fields[3] == EstablishedState && fields[1].EndsWith(suffix, StringComparison.Ordinal));
    }

    private static string TableOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? Table6 : Table4;

    private static IEnumerable<string[]> Lines(string table) =>
        File.ReadLines(table).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length > 9);
}
