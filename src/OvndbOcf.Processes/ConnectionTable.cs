using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OvndbOcf.Processes;

/// <summary>
/// The TCP connections of this network namespace at one moment (proc(5), <c>/proc/net/tcp</c> and <c>tcp6</c>), for looking up a few of them: nothing is
/// taken apart, so it hardly matters how many there are.
/// </summary>
public sealed class ConnectionTable
{
    private readonly byte[] _table4;
    private readonly byte[] _table6;

    private ConnectionTable(byte[] table4, byte[] table6) => (_table4, _table6) = (table4, table6);

    /// <summary>Reads both tables; one that cannot be read is empty.</summary>
    public static ConnectionTable Read() => new(ReadTable("/proc/net/tcp"), ReadTable("/proc/net/tcp6"));

    /// <summary>From the text of both tables.</summary>
    internal static ConnectionTable Parse(string table4, string table6) => new(Encoding.ASCII.GetBytes(table4), Encoding.ASCII.GetBytes(table6));

    /// <summary>Whether there is an established connection between a local port and a remote end.</summary>
    public bool Has(int localPort, IPEndPoint remote) => Has(":" + Port(localPort), remote);

    /// <summary>Whether there is an established connection between a local end and a remote end.</summary>
    public bool Has(IPEndPoint local, IPEndPoint remote) => Has(" " + TcpConnections.RemoteField(local.Address, local.Port), remote);

    private bool Has(string local, IPEndPoint remote)
    {
        if (Contains(remote.AddressFamily == AddressFamily.InterNetworkV6 ? _table6 : _table4, local, remote))
        {
            return true;
        }

        // A server that listens on all addresses of IPv6 has clients of IPv4 by addresses that are mapped.
        return remote.AddressFamily == AddressFamily.InterNetwork && local[0] == ':' && Contains(_table6, local, new IPEndPoint(remote.Address.MapToIPv6(), remote.Port));
    }

    private static bool Contains(byte[] table, string local, IPEndPoint remote) =>
        table.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"{local} {TcpConnections.RemoteField(remote.Address, remote.Port)} 01 ")) >= 0;

    private static string Port(int port) => port.ToString("X4", CultureInfo.InvariantCulture);

    private static byte[] ReadTable(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            var buffer = new byte[16 * 1024];
            var length = 0;
            while (RandomAccess.Read(file, buffer.AsSpan(length), length) is var count and > 0)
            {
                length += count;
                if (length == buffer.Length)
                {
                    Array.Resize(ref buffer, buffer.Length * 4);
                }
            }

            return buffer[..length];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
