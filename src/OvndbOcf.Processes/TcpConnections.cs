using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OvndbOcf.Processes;

/// <summary>The TCP connections of this network namespace (proc(5), <c>/proc/net/tcp</c> and <c>tcp6</c>).</summary>
public static class TcpConnections
{
    private const string Established = "01";

    /// <summary>Whether a process holds an established connection to that address and port; null if the process cannot be looked into.</summary>
    public static bool? IsConnected(int process, IPAddress address, int port)
    {
        try
        {
            var sockets = SocketsOf(process);
            var table = address.AddressFamily == AddressFamily.InterNetworkV6 ? "/proc/net/tcp6" : "/proc/net/tcp";
            var remote = RemoteField(address, port);
            foreach (var line in File.ReadLines(table))
            {
                if (IsEstablishedTo(line, remote, sockets))
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
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

    /// <summary>Whether a line of a table is an established connection to that remote with one of those sockets.</summary>
    internal static bool IsEstablishedTo(string line, string remote, IReadOnlySet<string> sockets)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > 9 && fields[3] == Established && fields[2] == remote && sockets.Contains(fields[9]);
    }

    private static HashSet<string> SocketsOf(int process)
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
