using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Json;
using OvndbOcf.Ovsdb.Sockets;

namespace OvndbOcf.Ovsdb.Unixctl;

/// <summary>
/// A unixctl command under way. Several can be under way at once: begin them all, then finish them. <see cref="Finish"/> frees the
/// socket; a call that is not finished has to be disposed. Not safe for several threads.
/// </summary>
public sealed class UnixctlCall : IDisposable
{
    private readonly StreamSocket _socket = new();
    private readonly MessageBuffer _received = new(ProtocolLimits.UnixctlMessageBytes);
    private readonly string _path;
    private ReadOnlyMemory<byte> _unsent;
    private bool _connected;
    private UnixctlReply? _reply;

    internal UnixctlCall(string socketPath, ReadOnlyMemory<byte> request)
    {
        _path = socketPath;
        _unsent = request;
        Advance();
    }

    /// <summary>Whether the outcome is known already, so that <see cref="Finish"/> will not wait.</summary>
    public bool IsDone => _reply is not null;

    /// <summary>Why there is no result; null if there is one, or the outcome is not known yet.</summary>
    public CallFailure? Failure => _reply?.Failure;

    /// <summary>
    /// Waits for the reply until the deadline. An answer that has already arrived is returned even if the deadline has passed.
    /// </summary>
    public UnixctlReply Finish(Deadline deadline)
    {
        var self = this;
        FinishAll(new ReadOnlySpan<UnixctlCall>(ref self), deadline);
        return _reply!.Value;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _reply ??= new UnixctlReply(CallFailure.LocalFailure, "the call was given up");
    }

    /// <summary>Drives all calls until each has an outcome or the deadline has passed, which then is the outcome.</summary>
    internal static void FinishAll(ReadOnlySpan<UnixctlCall> calls, Deadline deadline)
    {
        if (WaitAll(calls, deadline))
        {
            return;
        }

        foreach (var call in calls)
        {
            if (!call.IsDone)
            {
                call.End(
                    CallFailure.TimedOut,
                    call._connected ? $"{call._path}: no answer in time" : $"{call._path}: does not accept connections"
                );
            }
        }
    }

    /// <summary>Drives all calls until each has an outcome, which is told, or the deadline has passed; then they can be waited for again.</summary>
    internal static bool WaitAll(ReadOnlySpan<UnixctlCall> calls, Deadline deadline)
    {
        Span<PollEntry> entries = calls.Length <= 16 ? stackalloc PollEntry[calls.Length] : new PollEntry[calls.Length];
        while (true)
        {
            // Asked before the sockets are looked at: what arrived in time must not be lost to the clock.
            var last = deadline.HasPassed;
            var pending = false;
            var pause = int.MaxValue;
            for (var i = 0; i < calls.Length; i++)
            {
                calls[i].Advance();
                entries[i] = calls[i].Awaits();
                pending |= !calls[i].IsDone;
                if (!calls[i].IsDone && !calls[i]._connected)
                {
                    pause = ProtocolLimits.ConnectRetryMilliseconds;
                }
            }

            if (!pending || last)
            {
                return !pending;
            }

            Poller.Wait(entries, deadline, pause);
        }
    }

    private PollEntry Awaits() =>
        new() { Descriptor = IsDone || !_connected ? -1 : _socket.Descriptor, Events = _unsent.IsEmpty ? Libc.PollIn : Libc.PollOut };

    /// <summary>Goes as far as possible without waiting.</summary>
    private void Advance()
    {
        if (!IsDone && (_connected || Connect()) && (_unsent.IsEmpty || Send()))
        {
            Receive();
        }
    }

    private bool Connect()
    {
        var error = UnixPath.Connect(_socket, _path);
        _connected = error == Errno.None;
        if (error is not (Errno.None or Errno.Again))
        {
            End(Errno.OfConnect(error), $"{_path}: {Errno.Text(error)}");
        }

        return _connected;
    }

    private bool Send()
    {
        while (!_unsent.IsEmpty)
        {
            var error = _socket.Send(_unsent.Span, out var sent);
            if (error != Errno.None)
            {
                EndUnlessAgain(error);
                return false;
            }

            _unsent = _unsent[sent..];
        }

        return true;
    }

    private void Receive()
    {
        while (!IsDone)
        {
            var error = _socket.Receive(_received.Room(), out var count);
            if (error != Errno.None)
            {
                EndUnlessAgain(error);
                return;
            }

            if (count == 0)
            {
                End(CallFailure.Closed, $"{_path}: closed before the answer was complete");
                return;
            }

            _received.Added(count);
            Take();
        }
    }

    private void Take()
    {
        switch (_received.Take(out var message))
        {
            case FrameStatus.Complete:
                var reply = UnixctlMessage.Parse(message.Span);
                End(reply.Failure, reply.Failure == CallFailure.Unreadable ? $"{_path}: {reply.Text}" : reply.Text);
                break;
            case FrameStatus.Garbage:
                End(CallFailure.Unreadable, $"{_path}: the answer is not JSON");
                break;
            case FrameStatus.TooLarge:
                End(CallFailure.Unreadable, $"{_path}: the answer is too large or too deep");
                break;
        }
    }

    private void EndUnlessAgain(int error)
    {
        if (error != Errno.Again)
        {
            End(CallFailure.Closed, $"{_path}: {Errno.Text(error)}");
        }
    }

    private void End(CallFailure? failure, string text)
    {
        _reply = new UnixctlReply(failure, text);
        _socket.Dispose();
    }
}
