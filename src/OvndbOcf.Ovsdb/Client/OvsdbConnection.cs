using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Json;
using OvndbOcf.Ovsdb.Sockets;

namespace OvndbOcf.Ovsdb.Client;

/// <summary>
/// Sends and receives whole messages. After a failure it is closed and stays so: the stream may have been left inside a message.
/// </summary>
internal sealed class OvsdbConnection : IDisposable
{
    private readonly StreamSocket _socket = new();
    private readonly MessageBuffer _received = new(ProtocolLimits.OvsdbMessageBytes);
    private readonly OvsdbEndpoint _endpoint;

    private OvsdbConnection(OvsdbEndpoint endpoint) => _endpoint = endpoint;

    /// <summary>Connects before the deadline.</summary>
    /// <exception cref="OvsdbCallException">It could not.</exception>
    public static OvsdbConnection Open(OvsdbEndpoint endpoint, Deadline deadline)
    {
        var connection = new OvsdbConnection(endpoint);
        var error = endpoint.Path is { } path
            ? connection.ConnectUnix(path, deadline)
            : connection.ConnectTcp(SocketAddress.Tcp(endpoint.Address!, endpoint.Port), deadline);
        return error == Errno.None ? connection : throw connection.Failed(Errno.OfConnect(error), Errno.Text(error));
    }

    /// <summary>Sends a message.</summary>
    /// <exception cref="OvsdbCallException">It could not be sent before the deadline.</exception>
    public void Send(ReadOnlySpan<byte> message, Deadline deadline)
    {
        ThrowIfClosed();
        while (!message.IsEmpty)
        {
            var error = _socket.Send(message, out var sent);
            message = message[sent..];
            if (error == Errno.Again)
            {
                WaitFor(Libc.PollOut, deadline);
            }
            else if (error != Errno.None)
            {
                throw Failed(CallFailure.Closed, Errno.Text(error));
            }
        }
    }

    /// <summary>The next message; valid until the next call.</summary>
    /// <exception cref="OvsdbCallException">None came before the deadline, or not a readable one.</exception>
    public ReadOnlyMemory<byte> Receive(Deadline deadline)
    {
        ThrowIfClosed();
        while (true)
        {
            switch (_received.Take(out var message))
            {
                case FrameStatus.Complete:
                    return message;
                case FrameStatus.Garbage:
                    throw Failed(CallFailure.Unreadable, "the answer is not JSON");
                case FrameStatus.TooLarge:
                    throw Failed(CallFailure.Unreadable, "the answer is too large or too deep");
            }

            var error = _socket.Receive(_received.Room(), out var count);
            _received.Added(count);
            if (error == Errno.Again)
            {
                WaitFor(Libc.PollIn, deadline);
            }
            else if (error != Errno.None || count == 0)
            {
                throw Failed(CallFailure.Closed, error == Errno.None ? "closed by the server" : Errno.Text(error));
            }
        }
    }

    /// <summary>Closes the connection and makes the exception that says why.</summary>
    public OvsdbCallException Failed(CallFailure failure, string text)
    {
        Dispose();
        return new OvsdbCallException(failure, $"{_endpoint}: {text}");
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private int ConnectUnix(string path, Deadline deadline)
    {
        while (true)
        {
            var last = deadline.HasPassed;
            var error = UnixPath.Connect(_socket, path);
            if (error != Errno.Again || last)
            {
                return error;
            }

            Poller.Wait([], deadline, ProtocolLimits.ConnectRetryMilliseconds);
        }
    }

    private int ConnectTcp(in SocketAddress address, Deadline deadline)
    {
        var error = _socket.Connect(address);
        if (error == Errno.InProgress)
        {
            error = Poller.WaitUntilReady(_socket.Descriptor, Libc.PollOut, deadline) ? _socket.PendingError() : Errno.TimedOut;
        }

        _socket.SetNoDelay();
        return error;
    }

    private void WaitFor(short events, Deadline deadline)
    {
        if (!Poller.WaitUntilReady(_socket.Descriptor, events, deadline))
        {
            throw Failed(CallFailure.TimedOut, "no answer in time");
        }
    }

    private void ThrowIfClosed()
    {
        if (_socket.Descriptor < 0)
        {
            throw new OvsdbCallException(CallFailure.Closed, $"{_endpoint}: the connection is closed");
        }
    }
}
