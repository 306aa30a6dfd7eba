using System.Net;
using System.Net.Sockets;

namespace OvndbOcf.Ctl.Serving;

/// <summary>
/// Serves metrics over HTTP. Its own, as Kestrel would add megabytes, and .NET's HttpListener has no time limit for slow clients on Linux, no limit of connections, and brings TLS with OpenSSL, which is not
/// linked. So many clients at a time; others wait.
/// </summary>
internal sealed class MetricsListener : IDisposable
{
    private const int MostConnections = 16;
    private const int UnreadMaxBytes = 1 << 16;

    private static readonly TimeSpan ReceiveTimeout = TimeSpan.FromSeconds(5);

    // Each question to the cluster has a limit of its own.
    private static readonly TimeSpan FindTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _free = new(MostConnections, MostConnections);
    private readonly Socket _socket;

    private MetricsListener(Socket socket) => _socket = socket;

    /// <summary>Where it listens.</summary>
    public EndPoint? Endpoint => _socket.LocalEndPoint;

    /// <summary>Begins to listen.</summary>
    /// <exception cref="CtlException">That is not possible there.</exception>
    public static MetricsListener Open(IPEndPoint endpoint)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(endpoint);
            socket.Listen(MostConnections);
            return new MetricsListener(socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new CtlException($"cannot listen on {endpoint}: {exception.Message}; choose another address or port");
        }
    }

    /// <summary>Answers until it is told to end; requests that last end then, too.</summary>
    /// <param name="find">Finds out the metrics, at most once at a time.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Func<Task<string>> find, CancellationToken cancellation)
    {
        var shared = new SharedRun<string>(find);
        while (!cancellation.IsCancellationRequested)
        {
            // A place that is taken by nobody is given back at once.
            if (await TakePlaceAsync(cancellation).ConfigureAwait(false))
            {
                _ = await AcceptAsync(cancellation).ConfigureAwait(false) is { } client
                    ? Task.Run(() => ServeAsync(client, shared, cancellation), CancellationToken.None)
                    : Task.FromResult(_free.Release());
            }
        }

        _socket.Dispose();
        for (var place = 0; place < MostConnections; place++)
        {
            await _free.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _free.Dispose();
    }

    private async Task<bool> TakePlaceAsync(CancellationToken cancellation)
    {
        try
        {
            await _free.WaitAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<Socket?> AcceptAsync(CancellationToken cancellation)
    {
        try
        {
            return await _socket.AcceptAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (SocketException)
        {
            // The client went at once, or there are no file descriptors left, which lasts.
            await Task.Delay(PauseAfterFailure, CancellationToken.None).ConfigureAwait(false);
            return null;
        }
    }

    private async Task ServeAsync(Socket client, SharedRun<string> metrics, CancellationToken ending)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ending);
        limit.CancelAfter(RequestTimeout);
        try
        {
            using (client)
            {
                var verdict = await ReceiveAsync(client, limit.Token).ConfigureAwait(false);
                if (verdict != RequestVerdict.Incomplete)
                {
                    var answer = HttpAnswer.Refusal(verdict) ?? await FindAsync(metrics, limit.Token).ConfigureAwait(false);
                    await SendAsync(client, answer, limit.Token).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The client went, or was too slow.
        }
        finally
        {
            _free.Release();
        }
    }

    private static async Task<RequestVerdict> ReceiveAsync(Socket client, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ReceiveTimeout);
        var room = new byte[RequestJudge.HeadMaxBytes];
        var length = 0;
        while (true)
        {
            var count = await client.ReceiveAsync(room.AsMemory(length), limit.Token).ConfigureAwait(false);
            length += count;
            var verdict = RequestJudge.Judge(room.AsSpan(0, length));
            if (count == 0 || verdict != RequestVerdict.Incomplete)
            {
                return verdict;
            }
        }
    }

    private static async Task<byte[]> FindAsync(SharedRun<string> metrics, CancellationToken cancellation)
    {
        try
        {
            return HttpAnswer.Metrics(await metrics.GetAsync().WaitAsync(FindTimeout, cancellation).ConfigureAwait(false));
        }
        catch (Exception exception) when (exception is CtlException or TimeoutException)
        {
            return HttpAnswer.Failed(exception.Message);
        }
    }

    private static async Task SendAsync(Socket client, byte[] answer, CancellationToken cancellation)
    {
        for (var sent = 0; sent < answer.Length; )
        {
            sent += await client.SendAsync(answer.AsMemory(sent), cancellation).ConfigureAwait(false);
        }

        client.Shutdown(SocketShutdown.Send);

        // A connection that is closed while something lies unread in it is reset, and the answer with it.
        var room = new byte[RequestJudge.HeadMaxBytes];
        var unread = UnreadMaxBytes;
        while (unread > 0 && await client.ReceiveAsync(room, cancellation).ConfigureAwait(false) is > 0 and var count)
        {
            unread -= count;
        }
    }
}
