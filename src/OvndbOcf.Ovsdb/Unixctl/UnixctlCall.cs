using System.Text;
using System.Text.Json;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Json;
using OvndbOcf.Ovsdb.Sockets;

namespace OvndbOcf.Ovsdb.Unixctl;

/// <summary>What came of a unixctl command.</summary>
/// <param name="Failure">Why there is no result; null if the command succeeded.</param>
/// <param name="Text">
/// The command's output; for <see cref="CallFailure.ErrorReply"/> the server's error text; for the other failures what happened, in a
/// few words.
/// </param>
public readonly record struct UnixctlReply(CallFailure? Failure, string Text)
{
    /// <summary>Whether the command succeeded.</summary>
    public bool Succeeded => Failure is null;

    /// <summary>Reads a message as the reply to a command.</summary>
    internal static UnixctlReply Parse(ReadOnlySpan<byte> message)
    {
        try
        {
            return Read(message);
        }
        catch (JsonException exception)
        {
            return Unreadable(exception.Message);
        }
        catch (InvalidOperationException)
        {
            // GetString on bytes that are not UTF-8.
            return Unreadable("the reply's text is not UTF-8");
        }
    }

    private static UnixctlReply Read(ReadOnlySpan<byte> message)
    {
        string? result = null;
        string? error = null;
        var ours = false;
        var reader = new Utf8JsonReader(message);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                result = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                error = ReadText(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                ours = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var id) && id == 0;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return ours switch
        {
            false => Unreadable("the reply does not carry the request's id"),
            true when error is not null => new UnixctlReply(CallFailure.ErrorReply, error.TrimEnd()),
            true when result is not null => new UnixctlReply(null, result),
            _ => Unreadable("the reply has neither a result nor an error text"),
        };
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    private static UnixctlReply Unreadable(string text) => new(CallFailure.Unreadable, text);
}

/// <summary>
/// A command over the control socket of an OVS or OVN daemon (the <c>.ctl</c> file): JSON-RPC 1.0, where parameters, results and errors are strings (ovs-appctl(8); RFC 7047 section 4). Several can be under
/// way at once: send them all, then finish them with the same deadline; what one server takes is not taken from the other, as an answer that is there by then is always read. Never throws for what the server
/// does or fails to do, and never waits beyond the deadline. <see cref="Finish"/> frees the socket; a call that is not finished has to be disposed. Not safe for several threads.
/// </summary>
public sealed class UnixctlCall : IDisposable
{
    private readonly StreamSocket _socket = new();
    private readonly MessageBuffer _received = new(ProtocolLimits.UnixctlMessageBytes);
    private readonly string _path;
    private ReadOnlyMemory<byte> _unsent;
    private bool _connected;
    private UnixctlReply? _reply;

    private UnixctlCall(string socketPath, ReadOnlyMemory<byte> request)
    {
        _path = socketPath;
        _unsent = request;
        Advance();
    }

    /// <summary>Connects and sends the command without waiting.</summary>
    /// <param name="socketPath">The control socket; paths longer than <c>sun_path</c> work too.</param>
    /// <param name="method">The command, such as <c>ovsdb-server/sync-status</c>.</param>
    /// <param name="arguments">The command's arguments.</param>
    public static UnixctlCall Send(string socketPath, string method, params ReadOnlySpan<string> arguments) =>
        new(socketPath, Request(method, arguments));

    /// <summary>Runs one command and waits for its reply until the deadline.</summary>
    public static UnixctlReply Run(string socketPath, string method, ReadOnlySpan<string> arguments, Deadline deadline) =>
        Send(socketPath, method, arguments).Finish(deadline);

    /// <summary>Whether the outcome is known already, so that <see cref="Finish"/> will not wait.</summary>
    public bool IsDone => _reply is not null;

    /// <summary>Why there is no result; null if there is one, or the outcome is not known yet.</summary>
    public CallFailure? Failure => _reply?.Failure;

    /// <summary>Waits for the reply until the deadline. An answer that has already arrived is returned even if the deadline has passed.</summary>
    public UnixctlReply Finish(Deadline deadline) => FinishAll([this], deadline)[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _reply ??= new UnixctlReply(CallFailure.LocalFailure, "the call was given up");
    }

    /// <summary>
    /// Waits for all calls together until the deadline; those without a reply by then have failed. Unlike finishing them one by one, this also keeps trying to connect to a server whose queue is full while
    /// another is awaited.
    /// </summary>
    /// <returns>The replies, in the order of the calls.</returns>
    public static UnixctlReply[] FinishAll(ReadOnlySpan<UnixctlCall> calls, Deadline deadline)
    {
        WaitAll(calls, deadline);
        var replies = new UnixctlReply[calls.Length];
        for (var i = 0; i < replies.Length; i++)
        {
            var call = calls[i];
            if (!call.IsDone)
            {
                call.End(
                    CallFailure.TimedOut,
                    call._connected ? $"{call._path}: no answer in time" : $"{call._path}: does not accept connections"
                );
            }

            replies[i] = call._reply!.Value;
        }

        return replies;
    }

    /// <summary>Waits for all calls together until the deadline, and leaves those without a reply under way; whether all have one.</summary>
    public static bool WaitAll(ReadOnlySpan<UnixctlCall> calls, Deadline deadline)
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
        if (!IsDone && (_connected || Connect()) && (_unsent.IsEmpty || SendRest()))
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

    private bool SendRest()
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
                var reply = UnixctlReply.Parse(message.Span);
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

    // Each connection carries one request only, so its id is always 0.
    private static ReadOnlyMemory<byte> Request(string method, ReadOnlySpan<string> arguments)
    {
        var parameters = new string[arguments.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Quoted(arguments[i]);
        }

        return Encoding.UTF8.GetBytes($$"""{"id":0,"method":{{Quoted(method)}},"params":[{{string.Join(',', parameters)}}]}""");
    }

    // Whatever may have to be escaped has the platform lay out tables of all of Unicode first, which takes a monitor as long as all else that it does. Its question needs none.
    private static string Quoted(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '/')
            ? $"\"{text}\""
            : $"\"{JsonEncodedText.Encode(text)}\"";
}
