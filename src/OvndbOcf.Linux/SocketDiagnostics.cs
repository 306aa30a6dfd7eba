using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OvndbOcf.Linux;

/// <summary>
/// Looks up single TCP sockets of this network namespace by their ends (sock_diag(7)). The kernel finds them directly, where its tables in <c>/proc</c> take milliseconds to
/// read, however few connections there are. A kernel without this facility answers as if there were none.
/// </summary>
public sealed class SocketDiagnostics : IDisposable
{
    private const int SocketDiagProtocol = 4;
    private const ushort DiagByFamily = 20;
    private const ushort RequestFlag = 1;
    private const byte TcpProtocol = 6;
    private const byte EstablishedState = 1;
    private const byte ListenState = 10;
    private const int HeaderLength = NetlinkSocket.HeaderLength;
    private const int RequestLength = HeaderLength + 56;
    private const int InodeOffset = HeaderLength + 68;

    // Opens the way to the kernel; where there is none, nothing is found. The kernel has answered by the time that it took the question.
    private readonly NetlinkSocket _socket = new(SocketDiagProtocol, waits: false);

    /// <summary>Whether there is an established connection between those ends.</summary>
    public bool IsEstablished(IPEndPoint local, IPEndPoint remote)
    {
        if (local.AddressFamily != remote.AddressFamily)
        {
            return false;
        }

        Span<byte> answer = stackalloc byte[1024];
        return IsEstablished(answer[..Ask(local, remote, answer)], local, remote);
    }

    /// <summary>
    /// The inode of the socket that would take a connection to that end, whether this node has the address or not; null if there is none. It may listen on all addresses, those of IPv6 and so of IPv4 among them.
    /// </summary>
    public string? FindListener(IPEndPoint local)
    {
        Span<byte> answer = stackalloc byte[1024];
        var nobody = new IPEndPoint(local.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        return InodeOfListener(answer[..Ask(local, nobody, answer)], local.Port);
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    /// <summary>A netlink header (netlink(7)) and an <c>inet_diag_req_v2</c> (sock_diag(7)).</summary>
    internal static void WriteRequest(Span<byte> request, IPEndPoint local, IPEndPoint remote)
    {
        request.Clear();
        BitConverter.TryWriteBytes(request, RequestLength);
        BitConverter.TryWriteBytes(request[4..], DiagByFamily);
        BitConverter.TryWriteBytes(request[6..], RequestFlag);
        var body = request[HeaderLength..];
        body[0] = (byte)(local.AddressFamily == AddressFamily.InterNetworkV6 ? 10 : 2);
        body[1] = TcpProtocol;
        BitConverter.TryWriteBytes(body[4..], 1u << EstablishedState);
        BinaryPrimitives.WriteUInt16BigEndian(body[8..], (ushort)local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(body[10..], (ushort)remote.Port);
        local.Address.TryWriteBytes(body[12..28], out _);
        remote.Address.TryWriteBytes(body[28..44], out _);

        // INET_DIAG_NOCOOKIE: any socket of those ends.
        body[48..56].Fill(0xff);
    }

    /// <summary>
    /// Whether an answer is an <c>inet_diag_msg</c> of that connection: where there is none, the kernel may answer with the socket that listens on the local end.
    /// </summary>
    internal static bool IsEstablished(ReadOnlySpan<byte> answer, IPEndPoint local, IPEndPoint remote) =>
        answer.Length >= HeaderLength + 8
        && BitConverter.ToUInt16(answer[4..]) == DiagByFamily
        && answer[HeaderLength + 1] == EstablishedState
        && BinaryPrimitives.ReadUInt16BigEndian(answer[(HeaderLength + 4)..]) == local.Port
        && BinaryPrimitives.ReadUInt16BigEndian(answer[(HeaderLength + 6)..]) == remote.Port;

    /// <summary>The inode in an <c>inet_diag_msg</c> of a socket that takes connections to that port; null if it is none.</summary>
    internal static string? InodeOfListener(ReadOnlySpan<byte> answer, int port) =>
        answer.Length >= InodeOffset + 4
        && BitConverter.ToUInt16(answer[4..]) == DiagByFamily
        && answer[HeaderLength + 1] == ListenState
        && BinaryPrimitives.ReadUInt16BigEndian(answer[(HeaderLength + 4)..]) == port
            ? BitConverter.ToUInt32(answer[InodeOffset..]).ToString(CultureInfo.InvariantCulture)
            : null;

    /// <summary>Asks, and returns the length of the answer.</summary>
    private int Ask(IPEndPoint local, IPEndPoint remote, Span<byte> answer)
    {
        Span<byte> request = stackalloc byte[RequestLength];
        WriteRequest(request, local, remote);
        return _socket.Send(request) ? _socket.Receive(answer) : 0;
    }
}
