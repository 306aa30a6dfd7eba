using System.Runtime.InteropServices;

namespace OvndbOcf.Linux;

/// <summary>A socket to the kernel (netlink(7)): questions go there, and answers come back. Where there is none, it takes no question.</summary>
internal sealed class NetlinkSocket : IDisposable
{
    /// <summary>The length of a message's header in bytes.</summary>
    public const int HeaderLength = 16;

    private const int Family = 16;
    private const int RawCloseOnExec = 3 | 0x80000;
    private const int NonBlocking = 0x800;

    private readonly int _socket;

    /// <summary>Opens it.</summary>
    /// <param name="protocol">Which part of the kernel answers.</param>
    /// <param name="waits">Whether it waits for an answer that is not there yet.</param>
    public NetlinkSocket(int protocol, bool waits) =>
        _socket = Open(Family, waits ? RawCloseOnExec : RawCloseOnExec | NonBlocking, protocol);

    /// <summary>Sends a question; whether the kernel took it.</summary>
    public bool Send(ReadOnlySpan<byte> question) => _socket >= 0 && Send(_socket, in question[0], question.Length, 0) == question.Length;

    /// <summary>Takes an answer, or a part of it; its length, 0 if there is none.</summary>
    public int Receive(Span<byte> answer) => Math.Max(0, (int)Receive(_socket, ref answer[0], answer.Length, 0));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_socket >= 0)
        {
            _ = Close(_socket);
        }
    }

    [DllImport("libc", EntryPoint = "socket")]
    private static extern int Open(int family, int type, int protocol);

    [DllImport("libc", EntryPoint = "send")]
    private static extern nint Send(int socket, in byte data, nint length, int flags);

    [DllImport("libc", EntryPoint = "recv")]
    private static extern nint Receive(int socket, ref byte data, nint length, int flags);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int socket);
}
