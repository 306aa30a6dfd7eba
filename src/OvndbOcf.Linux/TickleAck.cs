using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OvndbOcf.Linux;

/// <summary>
/// Tickle ACKs: after an address has moved to this node, they make the other ends of its former connections notice at once. Such an end answers a segment that does not fit with what it expects next
/// (RFC 9293 section 3.10.7.4), this node's kernel, which knows of no such connection, answers that with a reset (section 3.5.2), and the end has lost its connection. One whose connection
/// is alive, or is none, has nothing of it.
/// </summary>
public sealed class TickleAck : IDisposable
{
    private const int RawCloseOnExec = 3 | 0x80000;

    // Packets with their own header, and none come in (raw(7), IPPROTO_RAW).
    private const int OwnHeader = 255;
    private const int TcpLength = 20;
    private const int Ipv4Length = 20;
    private const int Ipv6Length = 40;
    private const byte TcpProtocol = 6;
    private const byte AckFlag = 0x10;
    private const byte HopLimit = 64;

    private readonly int _socket;

    /// <summary>Opens the way to send them from that kind of address; where that is not permitted, none is sent.</summary>
    public TickleAck(AddressFamily family) => _socket = Open(family == AddressFamily.InterNetworkV6 ? 10 : 2, RawCloseOnExec, OwnHeader);

    /// <summary>Sends one; whether the kernel took it.</summary>
    /// <param name="local">The end on the address that has moved here.</param>
    /// <param name="remote">The other end.</param>
    public bool Send(IPEndPoint local, IPEndPoint remote)
    {
        if (_socket < 0 || local.AddressFamily != remote.AddressFamily)
        {
            return false;
        }

        var packet = Compose(local, remote);

        // sockaddr_in and sockaddr_in6; the port has to be 0 (raw(7), ipv6(7)).
        var six = remote.AddressFamily == AddressFamily.InterNetworkV6;
        Span<byte> end = stackalloc byte[six ? 28 : 16];
        end.Clear();
        BitConverter.TryWriteBytes(end, (ushort)(six ? 10 : 2));
        remote.Address.TryWriteBytes(end[(six ? 8 : 4)..], out _);
        return SendTo(_socket, in packet[0], packet.Length, 0, in end[0], end.Length) == packet.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_socket >= 0)
        {
            _ = Close(_socket);
        }
    }

    /// <summary>The packet: an IP header, and a TCP header with the ACK flag alone and all numbers 0.</summary>
    internal static byte[] Compose(IPEndPoint local, IPEndPoint remote)
    {
        var six = local.AddressFamily == AddressFamily.InterNetworkV6;
        var packet = new byte[(six ? Ipv6Length : Ipv4Length) + TcpLength];
        var tcp = packet.AsSpan(six ? Ipv6Length : Ipv4Length);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)remote.Port);
        tcp[12] = TcpLength / 4 << 4;
        tcp[13] = AckFlag;

        // The pseudo header (RFC 9293 section 3.1, RFC 8200 section 8.1).
        Span<byte> addresses = stackalloc byte[six ? 32 : 8];
        local.Address.TryWriteBytes(addresses, out var length);
        remote.Address.TryWriteBytes(addresses[length..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum(Sum(addresses) + TcpProtocol + TcpLength + Sum(tcp)));

        if (six)
        {
            packet[0] = 6 << 4;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(4), TcpLength);
            packet[6] = TcpProtocol;
            packet[7] = HopLimit;
            addresses.CopyTo(packet.AsSpan(8));
        }
        else
        {
            packet[0] = (4 << 4) | (Ipv4Length / 4);
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            packet[8] = HopLimit;
            packet[9] = TcpProtocol;
            addresses.CopyTo(packet.AsSpan(12));
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(10), Checksum(Sum(packet.AsSpan(0, Ipv4Length))));
        }

        return packet;
    }

    // Of an even number of bytes.
    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        return sum;
    }

    // RFC 1071: the complement of the sum in one's complement arithmetic.
    private static ushort Checksum(uint sum)
    {
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    [DllImport("libc", EntryPoint = "socket")]
    private static extern int Open(int family, int type, int protocol);

    [DllImport("libc", EntryPoint = "sendto")]
    private static extern nint SendTo(int socket, in byte data, nint length, int flags, in byte end, int endLength);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int socket);
}
