using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using Xunit;

namespace OvndbOcf.UnitTests.Ovsdb;

public sealed class OvsdbClientTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    /// <summary>The reply's members after the id, and the failure that this is.</summary>
    public static TheoryData<string, CallFailure> BadReplies =>
        new()
        {
            { """ "result":null,"error":{"error":"unknown database","details":"no db"} """, CallFailure.ErrorReply },
            { """ "result":null,"error":"unknown method" """, CallFailure.ErrorReply },
            { """ "result":null,"error":5 """, CallFailure.Unreadable },
            { """ "result":null,"error":null """, CallFailure.Unreadable },
            { """ "result":[],"error":null """, CallFailure.Unreadable },
            { """ "result":["text"],"error":null """, CallFailure.Unreadable },
            { """ "result":[{"error":5}],"error":null """, CallFailure.Unreadable },
            { """ "result":[{}],"result":[{}],"error":null """, CallFailure.Unreadable },
            { """ "result":[{"rows":[{"a":1,"a":2}]}],"error":null """, CallFailure.Unreadable },
            { """ "result":[{"error":"x","error":"y"}],"error":null """, CallFailure.Unreadable },
            { """ "result":null,"error":{"error":"x","error":"y"} """, CallFailure.Unreadable },
            { """ "result":[{"error":"\ud800"}],"error":null """, CallFailure.Unreadable },
            { """ "result":[{"rows":[{"\uDC00":1}]}],"error":null """, CallFailure.Unreadable },
            { """ "result":[{}] "error":null """, CallFailure.Unreadable },
            { """ "result":[{ ] """, CallFailure.Unreadable },
        };

    [Fact(Timeout = 10000)]
    public async Task A_transaction_is_sent_and_its_results_are_read()
    {
        string? request = null;
        await using var server = Serving(
            text =>
            {
                request = text;
                return """
                    {"id":1,"error":null,"result":[{"uuid":["uuid","36bef046-7da7-43a5-905a-c17899216fcb"]},
                    {"rows":[{"a":1},{"a":2}]},{"count":3},{}]}
                    """;
            },
            TestContext.Current.CancellationToken
        );
        using var client = Connect(server);
        var result = client.Transact("DB", [OvsdbOperation.Insert("T", []), Select(), OvsdbOperation.Delete("T", []), Select()], Long());

        Assert.Equal(
            """
            {"id":1,"method":"transact","params":["DB",{"op":"insert","table":"T","row":{}},{"op":"select","table":"T","where":[]},
            {"op":"delete","table":"T","where":[]},{"op":"select","table":"T","where":[]}]}
            """.ReplaceLineEndings(""),
            request
        );
        Assert.True(result.Committed);
        Assert.Equal(4, result.Operations.Count);
        Assert.Equal(Guid.Parse("36bef046-7da7-43a5-905a-c17899216fcb"), result.Operations[0].Uuid);
        Assert.Equal([1L, 2L], result.Operations[1].Rows.Select(row => OvsdbValue.Number(row["a"])));
        Assert.Equal(3, result.Operations[2].Count);
        Assert.All(result.Operations, operation => Assert.True(operation.Executed));
    }

    [Fact(Timeout = 10000)]
    public async Task A_failed_operation_is_told_from_those_not_carried_out()
    {
        await using var server = Serving(
            _ => """{"id":1,"error":null,"result":[{"count":1},{"error":"timed out","details":"x"},null]}""",
            TestContext.Current.CancellationToken
        );
        using var client = Connect(server);
        var result = client.Transact("DB", [Select(), Select(), Select()], Long());
        Assert.False(result.Committed);
        Assert.Equal(new OvsdbError(OvsdbErrorKind.TimedOut, "timed out", "x"), result.Error);
        Assert.Equal([true, true, false], result.Operations.Select(operation => operation.Executed));
        Assert.Equal([false, true, false], result.Operations.Select(operation => operation.Error is not null));
    }

    [Fact(Timeout = 10000)]
    public async Task A_failed_commit_is_an_error_although_all_operations_succeeded()
    {
        await using var server = Serving(
            _ => """{"id":1,"error":null,"result":[{},{"error":"referential integrity violation"}]}""",
            TestContext.Current.CancellationToken
        );
        using var client = Connect(server);
        var result = client.Transact("DB", [Select()], Long());
        Assert.Equal(OvsdbErrorKind.ReferentialIntegrityViolation, result.Error?.Kind);
        Assert.Null(Assert.Single(result.Operations).Error);
    }

    [Theory(Timeout = 10000)]
    [MemberData(nameof(BadReplies))]
    public async Task A_reply_that_cannot_be_used_is_thrown(string members, CallFailure failure)
    {
        await using var server = Serving(_ => "{\"id\":1," + members + "}", TestContext.Current.CancellationToken);
        using var client = Connect(server);
        var exception = Assert.Throws<OvsdbCallException>(() => client.Transact("DB", [Select()], Long()));
        Assert.Equal(failure, exception.Failure);
        Assert.Equal(failure == CallFailure.ErrorReply, exception.Error is not null);
    }

    [Fact(Timeout = 10000)]
    public async Task A_session_survives_an_error_reply()
    {
        await using var server = Serving(
            text =>
                text.Contains("\"id\":1,", StringComparison.Ordinal)
                    ? """{"id":1,"result":null,"error":"no"}"""
                    : """{"id":2,"result":["A","B"],"error":null}""",
            TestContext.Current.CancellationToken
        );
        using var client = Connect(server);
        Assert.Throws<OvsdbCallException>(() => client.GetSchema("DB", Long()));
        Assert.Equal(["A", "B"], client.ListDatabases(Long()));
    }

    [Fact(Timeout = 10000)]
    public async Task Probes_are_answered_and_notifications_passed_over_before_the_reply()
    {
        string? answer = null;
        await using var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                await peer.ReadMessage();
                await peer.Write(
                    """
                    {"id":null,"method":"update","params":[null,{}]}{"id":"echo","method":"echo","params":["x",{"y":1}]}
                    {"id":7,"method":"stolen","params":[]}{"id":99,"result":["not ours"],"error":null}
                    """
                );
                answer = await peer.ReadMessage();
                await peer.Write("""{"id":1,"result":"36bef046-7da7-43a5-905a-c17899216fcb","error":null}""");
                await peer.HoldOpen();
            },
            TestContext.Current.CancellationToken
        );
        using var client = Connect(server);
        Assert.Equal(Guid.Parse("36bef046-7da7-43a5-905a-c17899216fcb"), client.GetServerId(Long()));
        Assert.Equal("""{"id":"echo","result":["x",{"y":1}],"error":null}""", answer);
    }

    [Fact(Timeout = 10000)]
    public async Task The_next_reply_may_be_in_the_same_packet_as_a_probe_for_the_call_after()
    {
        await using var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                await peer.ReadMessage();
                await peer.Write("""{"id":1,"result":["A"],"error":null}{"id":"e","method":"echo","params":[]}""");
                await peer.ReadMessage();
                await peer.Write("""{"id":2,"result":["B"],"error":null}""");
                await peer.HoldOpen();
            },
            TestContext.Current.CancellationToken
        );
        using var client = Connect(server);
        Assert.Equal(["A"], client.ListDatabases(Long()));
        Assert.Equal(["B"], client.ListDatabases(Long()));
    }

    [Fact(Timeout = 10000)]
    public async Task A_silent_server_has_timed_out_and_the_session_is_over()
    {
        await using var server = FakeServer.OnUnixSocket(peer => peer.HoldOpen(), TestContext.Current.CancellationToken);
        using var client = Connect(server);
        AssertTimesOut(() => client.ListDatabases(Deadline.After(Short)));
        Assert.Equal(CallFailure.Closed, Assert.Throws<OvsdbCallException>(() => client.ListDatabases(Long())).Failure);
    }

    [Fact(Timeout = 10000)]
    public async Task A_server_that_chatters_without_answering_has_timed_out()
    {
        await using var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                while (true)
                {
                    await peer.Write("""{"id":null,"method":"update","params":[]}""");
                }
            },
            TestContext.Current.CancellationToken
        );
        using var client = Connect(server);
        AssertTimesOut(() => client.ListDatabases(Deadline.After(Short)));
    }

    [Fact(Timeout = 10000)]
    public async Task A_server_that_takes_no_requests_has_timed_out()
    {
        await using var server = FakeServer.OnUnixSocket(peer => peer.HoldOpen(), TestContext.Current.CancellationToken);
        using var client = Connect(server);
        var huge = OvsdbOperation.Comment(new string('x', 5_000_000));
        AssertTimesOut(() => client.Transact("DB", [huge], Deadline.After(Short)));
    }

    [Fact(Timeout = 10000)]
    public async Task A_server_that_closes_has_closed()
    {
        await using var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                await peer.ReadMessage();
                await peer.Write("{\"id\":1,");
            },
            TestContext.Current.CancellationToken
        );
        using var client = Connect(server);
        Assert.Equal(CallFailure.Closed, Assert.Throws<OvsdbCallException>(() => client.ListDatabases(Long())).Failure);
    }

    [Fact(Timeout = 10000)]
    public async Task Garbage_is_unreadable()
    {
        await using var server = FakeServer.Answering("HTTP/1.1 400 Bad Request\r\n", TestContext.Current.CancellationToken);
        using var client = Connect(server);
        Assert.Equal(CallFailure.Unreadable, Assert.Throws<OvsdbCallException>(() => client.ListDatabases(Long())).Failure);
    }

    [Fact(Timeout = 10000)]
    public async Task Requests_and_replies_of_megabytes_pass_whole()
    {
        var text = new string('x', 3_000_000);
        await using var server = Serving(
            request => "{\"id\":1,\"error\":null,\"result\":[{\"rows\":[{\"a\":\"" + request.Length + text + "\"}]}]}",
            TestContext.Current.CancellationToken
        );
        using var client = Connect(server);
        var row = Assert.Single(client.Transact("DB", [OvsdbOperation.Comment(text)], Long()).Operations[0].Rows);
        Assert.EndsWith(text, OvsdbValue.Text(row["a"]), StringComparison.Ordinal);
        const string Envelope = """{"id":1,"method":"transact","params":["DB",{"op":"comment","comment":""}]}""";
        Assert.Equal(Envelope.Length + text.Length, int.Parse(OvsdbValue.Text(row["a"])!.TrimEnd('x'), null));
    }

    [Theory(Timeout = 10000)]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task TCP_works_over_both_kinds_of_addresses(string address)
    {
        await using var server = FakeServer.OnTcp(
            IPAddress.Parse(address),
            async peer =>
            {
                await peer.ReadMessage();
                await peer.Write("""{"id":1,"result":["A"],"error":null}""");
            },
            TestContext.Current.CancellationToken
        );
        using var client = OvsdbClient.Connect(OvsdbEndpoint.Tcp(IPAddress.Parse(address), server.Port), Long());
        Assert.Equal(["A"], client.ListDatabases(Long()));
    }

    [Fact(Timeout = 10000)]
    public async Task Nobody_there_cannot_be_connected_to()
    {
        var server = FakeServer.OnTcp(IPAddress.Loopback, peer => peer.HoldOpen(), TestContext.Current.CancellationToken);
        var port = server.Port;
        await server.DisposeAsync();
        foreach (var endpoint in (OvsdbEndpoint[])[OvsdbEndpoint.Tcp(IPAddress.Loopback, port), OvsdbEndpoint.Unix("/nowhere/x.sock")])
        {
            var exception = Assert.Throws<OvsdbCallException>(() => OvsdbClient.Connect(endpoint, Long()));
            Assert.Equal(CallFailure.CannotConnect, exception.Failure);
            Assert.StartsWith(endpoint.ToString(), exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 10000)]
    public async Task A_full_queue_has_timed_out()
    {
        await using var crowd = new Crowd(TestContext.Current.CancellationToken);
        AssertTimesOut(() => OvsdbClient.Connect(OvsdbEndpoint.Unix(crowd.Path), Deadline.After(Short)));
    }

    [Fact(Timeout = 10000)]
    public async Task A_TCP_queue_that_takes_no_more_has_timed_out()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(0);
        var endpoint = (IPEndPoint)listener.LocalEndPoint!;
        using var first = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await first.ConnectAsync(endpoint, TestContext.Current.CancellationToken);
        AssertTimesOut(() => OvsdbClient.Connect(OvsdbEndpoint.Tcp(endpoint.Address, endpoint.Port), Deadline.After(Short)));
    }

    private static FakeServer Serving(Func<string, string> answer, CancellationToken cancellation) =>
        FakeServer.OnUnixSocket(
            async peer =>
            {
                while (await peer.ReadMessage() is { } request)
                {
                    await peer.Write(answer(request));
                }
            },
            cancellation
        );

    private static JsonObject Select() => OvsdbOperation.Select("T", []);

    private static Deadline Long() => Deadline.After(TimeSpan.FromSeconds(8));

    private static OvsdbClient Connect(FakeServer server) => OvsdbClient.Connect(OvsdbEndpoint.Unix(server.Path), Long());

    private static void AssertTimesOut(Action call)
    {
        var watch = Stopwatch.StartNew();
        Assert.Equal(CallFailure.TimedOut, Assert.Throws<OvsdbCallException>(call).Failure);
        Assert.InRange(watch.Elapsed, Short / 2, Short * 5);
    }
}
