using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OvndbOcf.UnitTests.Ovsdb;

/// <summary>A server on a unix socket in a directory of its own, or on a TCP port, that does to each connection what a test says.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly string? _directory;
    private readonly CancellationTokenSource _stop;
    private readonly Socket _listener;
    private readonly Func<Peer, Task> _serve;
    private readonly Task _running;

    private FakeServer(EndPoint endpoint, string? directory, string? path, Func<Peer, Task> serve, CancellationToken cancellation)
    {
        _directory = directory;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Path = path ?? "";
        _serve = serve;
        _listener =
            endpoint is UnixDomainSocketEndPoint
                ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
                : new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(endpoint);
        _listener.Listen();

        // Away from the test's thread, which waits inside the client.
        _running = Task.Run(Accept, CancellationToken.None);
    }

    /// <summary>The unix socket's path.</summary>
    public string Path { get; }

    /// <summary>The TCP port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public static FakeServer OnUnixSocket(Func<Peer, Task> serve, CancellationToken cancellation)
    {
        var directory = Directory.CreateTempSubdirectory("ovsdb-test-").FullName;
        var path = System.IO.Path.Combine(directory, "fake.ctl");
        return new FakeServer(new UnixDomainSocketEndPoint(path), directory, path, serve, cancellation);
    }

    public static FakeServer OnTcp(IPAddress address, Func<Peer, Task> serve, CancellationToken cancellation) =>
        new(new IPEndPoint(address, 0), null, null, serve, cancellation);

    /// <summary>Sends the text as soon as a request has arrived.</summary>
    public static FakeServer Answering(string text, CancellationToken cancellation) =>
        OnUnixSocket(
            async peer =>
            {
                await peer.ReadMessage();
                await peer.Write(text);
                await peer.HoldOpen();
            },
            cancellation
        );

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        _stop.Dispose();
        if (_directory is not null)
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private async Task Accept()
    {
        List<Task> peers = [];
        try
        {
            while (true)
            {
                peers.Add(Serve(await _listener.AcceptAsync(_stop.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(peers);
        }
    }

    private async Task Serve(Socket socket)
    {
        using (socket)
        {
            try
            {
                await _serve(new Peer(socket, _stop.Token));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The test is over, or the client has seen enough.
            }
        }
    }

    /// <summary>One accepted connection.</summary>
    internal sealed class Peer(Socket socket, CancellationToken stop)
    {
        /// <summary>Reads until something has arrived that ends like a message; null if the client has closed.</summary>
        public async Task<string?> ReadMessage()
        {
            var text = new StringBuilder();
            var bytes = new byte[65536];
            do
            {
                var count = await socket.ReceiveAsync(bytes, stop);
                if (count == 0)
                {
                    return null;
                }

                text.Append(Encoding.UTF8.GetString(bytes, 0, count));
            } while (text[^1] != '}');
            return text.ToString();
        }

        public Task Write(string text) => Write(Encoding.UTF8.GetBytes(text));

        public async Task Write(ReadOnlyMemory<byte> bytes)
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await socket.SendAsync(bytes, stop)..];
            }
        }

        /// <summary>Keeps the connection until the test is over.</summary>
        public Task HoldOpen() => Task.Delay(Timeout.Infinite, stop);
    }
}
