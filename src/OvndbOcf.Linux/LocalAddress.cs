using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OvndbOcf.Linux;

/// <summary>Addresses of this network namespace.</summary>
public static class LocalAddress
{
    private const int DatagramCloseOnExec = 2 | 0x80000;

    /// <summary>
    /// Whether a server could listen on the address now (bind(2)): this node has it, for IPv6 also its duplicate address detection is over, or the kernel lets servers listen on
    /// addresses that are yet to come (ip(7), <c>ip_nonlocal_bind</c>).
    /// </summary>
    public static bool IsUsable(IPAddress address)
    {
        var six = address.AddressFamily == AddressFamily.InterNetworkV6;
        var family = six ? 10 : 2;
        var socket = OpenSocket(family, DatagramCloseOnExec, 0);
        if (socket < 0)
        {
            return false;
        }

        // sockaddr_in and sockaddr_in6 (ip(7), ipv6(7)) with port 0: any.
        Span<byte> end = stackalloc byte[six ? 28 : 16];
        end.Clear();
        BitConverter.TryWriteBytes(end, (ushort)family);
        address.TryWriteBytes(end[(six ? 8 : 4)..], out _);
        if (six)
        {
            BitConverter.TryWriteBytes(end[24..], (uint)address.ScopeId);
        }

        var isUsable = Bind(socket, in end[0], end.Length) == 0;
        _ = Close(socket);
        return isUsable;
    }

    [DllImport("libc", EntryPoint = "socket")]
    private static extern int OpenSocket(int family, int type, int protocol);

    [DllImport("libc", EntryPoint = "bind")]
    private static extern int Bind(int socket, in byte address, int length);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int socket);
}
