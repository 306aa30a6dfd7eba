using System.Runtime.InteropServices;

namespace OvndbOcf.Ovsdb.Sockets;

/// <summary>
/// A non-blocking stream socket. No method waits, and all but <see cref="Dispose"/> return an error number: <see cref="Errno.None"/>
/// for success, <see cref="Errno.Again"/> for "wait with <see cref="Poller"/> and call again".
/// </summary>
internal sealed unsafe class StreamSocket : IDisposable
{
    private int _descriptor = -1;

    /// <summary>The descriptor to poll; negative while closed.</summary>
    public int Descriptor => _descriptor;

    /// <summary>
    /// Opens the socket and starts to connect. <see cref="Errno.InProgress"/> means: wait until it is writable, then ask
    /// <see cref="PendingError"/>. On a unix socket <see cref="Errno.Again"/> means that the server's queue is full; the socket may
    /// be connected again later.
    /// </summary>
    public int Connect(in SocketAddress address)
    {
        if (_descriptor < 0)
        {
            _descriptor = Libc.Socket(address.Family, Libc.StreamNonBlockingCloseOnExec, 0);
            if (_descriptor < 0)
            {
                return Marshal.GetLastPInvokeError();
            }
        }

        fixed (byte* bytes = address.Bytes)
        {
            return Libc.Connect(_descriptor, bytes, (uint)address.Bytes.Length) < 0 ? Marshal.GetLastPInvokeError() : Errno.None;
        }
    }

    /// <summary>The outcome of a connection that was in progress (connect(2), EINPROGRESS).</summary>
    public int PendingError()
    {
        int error;
        uint length = sizeof(int);
        return Libc.GetOption(_descriptor, Libc.SocketLevel, Libc.SocketError, &error, &length) < 0 ? Marshal.GetLastPInvokeError() : error;
    }

    /// <summary>The process that listens on the unix socket to which this one is connected; null if the kernel does not tell.</summary>
    public int? PeerProcess()
    {
        // struct ucred: process, user, group.
        var credentials = stackalloc int[3];
        var length = 3u * sizeof(int);
        return Libc.GetOption(_descriptor, Libc.SocketLevel, Libc.PeerCredentials, credentials, &length) == 0 && credentials[0] > 0
            ? credentials[0]
            : null;
    }

    /// <summary>Sends small requests at once instead of waiting for the acknowledgement of the one before (TCP only).</summary>
    public void SetNoDelay()
    {
        var on = 1;
        _ = Libc.SetOption(_descriptor, Libc.TcpLevel, Libc.TcpNoDelay, &on, sizeof(int));
    }

    /// <summary>Hands over as many bytes as the kernel takes.</summary>
    public int Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        nint count;
        fixed (byte* pointer = bytes)
        {
            do
            {
                count = Libc.Send(_descriptor, pointer, (nuint)bytes.Length, Libc.NoSignal);
            } while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        }

        return Outcome(count, out sent);
    }

    /// <summary>Fetches the bytes that are there; none and no error means that the other side has closed.</summary>
    public int Receive(Span<byte> room, out int received)
    {
        nint count;
        fixed (byte* pointer = room)
        {
            do
            {
                count = Libc.Receive(_descriptor, pointer, (nuint)room.Length, 0);
            } while (count < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);
        }

        return Outcome(count, out received);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = Libc.Close(_descriptor);
            _descriptor = -1;
        }
    }

    private static int Outcome(nint count, out int transferred)
    {
        transferred = (int)Math.Max(count, 0);
        return count < 0 ? Marshal.GetLastPInvokeError() : Errno.None;
    }
}
