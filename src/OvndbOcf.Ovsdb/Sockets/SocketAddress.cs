using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OvndbOcf.Ovsdb.Sockets;

/// <summary>An address as connect(2) takes it: <c>sockaddr_un</c>, <c>sockaddr_in</c> or <c>sockaddr_in6</c>.</summary>
internal readonly struct SocketAddress
{
    private SocketAddress(int family, byte[] bytes)
    {
        Family = family;
        Bytes = bytes;
        BitConverter.TryWriteBytes(bytes, (ushort)family);
    }

    /// <summary>The address family (AF_UNIX, AF_INET or AF_INET6).</summary>
    public int Family { get; }

    /// <summary>The structure's bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>The address of a unix socket (unix(7)); false if the path with its NUL does not fit.</summary>
    public static bool TryUnix(string path, out SocketAddress address)
    {
        var length = Encoding.UTF8.GetByteCount(path);
        if (length >= ProtocolLimits.SocketPathBytes)
        {
            address = default;
            return false;
        }

        var bytes = new byte[sizeof(ushort) + length + 1];
        Encoding.UTF8.GetBytes(path, bytes.AsSpan(sizeof(ushort)));
        address = new SocketAddress(Libc.FamilyUnix, bytes);
        return true;
    }

    /// <summary>The address of a TCP port (ip(7), ipv6(7)).</summary>
    public static SocketAddress Tcp(IPAddress host, int port)
    {
        var six = host.AddressFamily == AddressFamily.InterNetworkV6;
        var bytes = new byte[six ? 28 : 16];
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)port);
        host.TryWriteBytes(bytes.AsSpan(six ? 8 : 4), out _);
        if (six)
        {
            BitConverter.TryWriteBytes(bytes.AsSpan(24), (uint)host.ScopeId);
        }

        return new SocketAddress(six ? Libc.FamilyInet6 : Libc.FamilyInet, bytes);
    }
}
