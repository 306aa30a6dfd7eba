using System.Net.Sockets;
using System.Text;

namespace OvndbOcf.UnitTests.Ovsdb;

/// <summary>A listening unix socket whose queue of connections is full, as that of a stopped server becomes.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("ovsdb-test-").FullName;
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> _waiting = [];
    private readonly CancellationTokenSource _stop;

    public Crowd(CancellationToken cancellation)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Path = System.IO.Path.Combine(_directory, "crowd.ctl");
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen(1);
        while (Join()) { }
    }

    public string Path { get; }

    /// <summary>Accepts whoever waits, now and later; those that were in the queue first get no answer, whoever sends a request does.</summary>
    public Task ServeAll(string answer) => Task.Run(() => Serve(answer), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _waiting.ForEach(socket => socket.Dispose());
        _listener.Dispose();
        _stop.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task Serve(string answer)
    {
        var answered = false;
        while (!answered)
        {
            using var peer = await _listener.AcceptAsync(_stop.Token);
            _waiting.ForEach(socket => socket.Dispose());
            answered = await peer.ReceiveAsync(new byte[1000], _stop.Token) > 0;
            if (answered)
            {
                await peer.SendAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
            }
        }
    }

    private bool Join()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(Path));
            _waiting.Add(socket);
            return true;
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain)
        {
            socket.Dispose();
            return false;
        }
    }
}
