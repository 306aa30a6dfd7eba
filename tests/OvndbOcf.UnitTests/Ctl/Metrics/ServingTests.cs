using System.Net;
using System.Net.Sockets;
using System.Text;
using OvndbOcf.Ctl;
using OvndbOcf.Ctl.Serving;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl.Metrics;

/// <summary>What <c>ovndbctl metrics --listen</c> answers, over real connections.</summary>
public sealed class ServingTests
{
    private const int Limit = 30_000;

    [Theory]
    [InlineData("", RequestVerdict.Incomplete)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\r\n", RequestVerdict.Incomplete)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", RequestVerdict.Metrics)]
    [InlineData("GET /metrics HTTP/1.0\r\n\r\n", RequestVerdict.Metrics)]
    [InlineData("GET /metrics?name[]=ovndb_up HTTP/1.1\r\n\r\n", RequestVerdict.Metrics)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", RequestVerdict.NotFound)]
    [InlineData("GET /metrics/../etc HTTP/1.1\r\n\r\n", RequestVerdict.NotFound)]
    [InlineData("POST /other HTTP/1.1\r\n\r\n", RequestVerdict.NotFound)]
    [InlineData("HEAD /metrics HTTP/1.1\r\n\r\n", RequestVerdict.MethodNotAllowed)]
    [InlineData("POST /metrics HTTP/1.1\r\nContent-Length: 1\r\n\r\nx", RequestVerdict.MethodNotAllowed)]
    [InlineData("GET /metrics HTTP/2.0\r\n\r\n", RequestVerdict.Bad)]
    [InlineData("GET /metrics\r\n\r\n", RequestVerdict.Bad)]
    [InlineData("GET  /metrics HTTP/1.1\r\n\r\n", RequestVerdict.Bad)]
    [InlineData("\u0016\u0003\u0001\r\n\r\n", RequestVerdict.Bad)]
    internal void Each_request_has_its_answer(string received, RequestVerdict verdict) =>
        Assert.Equal(verdict, RequestJudge.Judge(Encoding.Latin1.GetBytes(received)));

    [Fact]
    public void A_request_is_not_read_without_end() =>
        Assert.Equal(RequestVerdict.TooLarge, RequestJudge.Judge(new byte[RequestJudge.HeadMaxBytes]));

    [Theory]
    [InlineData("9479", "127.0.0.1:9479")]
    [InlineData("10.0.0.2:9479", "10.0.0.2:9479")]
    [InlineData("0.0.0.0:1", "0.0.0.0:1")]
    [InlineData("[::1]:9479", "[::1]:9479")]
    [InlineData("0", null)]
    [InlineData("65536", null)]
    [InlineData("-1", null)]
    [InlineData("10.0.0.2", null)]
    [InlineData("10.0.0.2:", null)]
    [InlineData("::1", null)]
    [InlineData("node1:9479", null)]
    [InlineData("", null)]
    public void Where_to_listen(string text, string? endpoint) => Assert.Equal(endpoint, ListenAddress.Parse(text)?.ToString());

    [Fact(Timeout = Limit)]
    public async Task Metrics_are_served_and_everything_else_is_refused()
    {
        await using var server = new Server(() => Task.FromResult("ovndb_up 1\n"));
        using var client = new HttpClient { BaseAddress = server.Address };
        using var metrics = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, metrics.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType?.ToString());
        Assert.Equal("ovndb_up 1\n", await metrics.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var other = await client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);

        // More than fits into the first read: the answer must not be lost to a reset.
        using var content = new StringContent(new string('x', 20_000));
        using var posted = await client.PostAsync("/metrics", content, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET"), (posted.StatusCode, posted.Content.Headers.Allow.Single()));
    }

    [Fact(Timeout = Limit)]
    public async Task Clients_that_ask_at_the_same_time_share_one_run_and_later_ones_have_their_own()
    {
        var runs = 0;
        var go = new TaskCompletionSource();
        await using var server = new Server(async () =>
        {
            var run = Interlocked.Increment(ref runs);
            await go.Task;
            return $"run {run}\n";
        });
        using var client = new HttpClient { BaseAddress = server.Address };
        var asked = Enumerable.Range(0, 12).Select(_ => client.GetStringAsync("/metrics", TestContext.Current.CancellationToken)).ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        go.SetResult();
        Assert.All(await Task.WhenAll(asked), text => Assert.Equal("run 1\n", text));
        Assert.Equal("run 2\n", await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Limit)]
    public async Task Clients_that_send_nothing_are_sent_away_and_make_others_wait_no_longer()
    {
        await using var server = new Server(() => Task.FromResult("ovndb_up 1\n"));
        var idle = new List<Socket>();
        for (var number = 0; number < 20; number++)
        {
            idle.Add(await server.ConnectAsync());
        }

        using var client = new HttpClient { BaseAddress = server.Address };
        Assert.Equal("ovndb_up 1\n", await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken));
        Assert.Equal(0, await idle[0].ReceiveAsync(new byte[1], TestContext.Current.CancellationToken));
        idle.ForEach(socket => socket.Dispose());
    }

    [Fact(Timeout = Limit)]
    public async Task What_cannot_be_found_out_is_an_answer_and_the_next_one_is_served()
    {
        var runs = 0;
        await using var server = new Server(() => runs++ == 0 ? throw new CtlException("no such setting") : Task.FromResult("fine\n"));
        using var client = new HttpClient { BaseAddress = server.Address };
        using var failed = await client.GetAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "no such setting\n"),
            (failed.StatusCode, await failed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        );
        Assert.Equal("fine\n", await client.GetStringAsync("/metrics", TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Limit)]
    public async Task It_ends_when_it_is_told_to_also_while_it_serves()
    {
        var server = new Server(() => new TaskCompletionSource<string>().Task);
        using var client = new HttpClient { BaseAddress = server.Address };
        var asked = client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        using var silent = await server.ConnectAsync();
        await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        await server.DisposeAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => asked);
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_that_is_taken_is_told()
    {
        await using var server = new Server(() => Task.FromResult(""));
        var failure = Assert.Throws<CtlException>(() => MetricsListener.Open(server.Endpoint));
        Assert.StartsWith($"cannot listen on {server.Endpoint}: ", failure.Message, StringComparison.Ordinal);
    }

    private sealed class Server : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly MetricsListener _listener = MetricsListener.Open(new IPEndPoint(IPAddress.Loopback, 0));
        private readonly Task _running;

        public Server(Func<Task<string>> find) => _running = _listener.RunAsync(find, _end.Token);

        public IPEndPoint Endpoint => (IPEndPoint)_listener.Endpoint!;

        public Uri Address => new($"http://{Endpoint}");

        public async Task<Socket> ConnectAsync()
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(Endpoint, TestContext.Current.CancellationToken);
            return socket;
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _running.WaitAsync(TimeSpan.FromSeconds(10), CancellationToken.None);
            _listener.Dispose();
            _end.Dispose();
        }
    }
}
