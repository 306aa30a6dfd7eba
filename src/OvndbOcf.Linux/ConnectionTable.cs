using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OvndbOcf.Linux;

/// <summary>
/// The TCP connections of this network namespace at one moment (proc(5), <c>/proc/net/tcp</c> and <c>tcp6</c>), for looking up a few of them: nothing is
/// taken apart, so it hardly matters how many there are. The kernel takes milliseconds to write these tables; <see cref="SocketDiagnostics"/> is asked first.
/// </summary>
public sealed class ConnectionTable
{
    private readonly byte[] _table4;
    private readonly byte[] _table6;

    private ConnectionTable(byte[] table4, byte[] table6) => (_table4, _table6) = (table4, table6);

    /// <summary>Reads both tables; one that cannot be read is empty.</summary>
    public static ConnectionTable Read() => new(ReadTable("/proc/net/tcp"), ReadTable("/proc/net/tcp6"));

    /// <summary>Whether there is an established connection between those ends.</summary>
    public bool IsEstablished(IPEndPoint local, IPEndPoint remote)
    {
        if (Contains(local.AddressFamily == AddressFamily.InterNetworkV6 ? _table6 : _table4, local, remote))
        {
            return true;
        }

        // A server that listens on all addresses of IPv6 has clients of IPv4 by addresses that are mapped.
        return local.AddressFamily == AddressFamily.InterNetwork
            && remote.AddressFamily == AddressFamily.InterNetwork
            && Contains(_table6, Mapped(local), Mapped(remote));
    }

    /// <summary>From the text of both tables.</summary>
    internal static ConnectionTable Parse(string table4, string table6) =>
        new(Encoding.ASCII.GetBytes(table4), Encoding.ASCII.GetBytes(table6));

    private static IPEndPoint Mapped(IPEndPoint end) => new(end.Address.MapToIPv6(), end.Port);

    private static bool Contains(byte[] table, IPEndPoint local, IPEndPoint remote) =>
        table
            .AsSpan()
            .IndexOf(
                Encoding.ASCII.GetBytes(
                    $" {TcpConnections.RemoteField(local.Address, local.Port)} {TcpConnections.RemoteField(remote.Address, remote.Port)} 01 "
                )
            ) >= 0;

    private static byte[] ReadTable(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
