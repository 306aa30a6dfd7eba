using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Unixctl;
using Xunit;

namespace OvndbOcf.UnitTests.Ovsdb;

public sealed class UnixctlCallTests
{
    private const string Good = """{"id":0,"result":"state: active\n","error":null}""";

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    /// <summary>What the server sends, the failure that this is, and the text.</summary>
    public static TheoryData<string, CallFailure?, string> Answers =>
        new()
        {
            { Good, null, "state: active\n" },
            { """{"error":null,"unknown":{"a":[1]},"result":"","id":0}""", null, "" },
            { """{"id":0,"result":"\"quoted\" größer \u00e9","error":null}""", null, "\"quoted\" größer é" },
            {
                """{"id":0,"result":null,"error":"\"x\" is not a valid command\n"}""",
                CallFailure.ErrorReply,
                "\"x\" is not a valid command"
            },
            { Good + """{"id":0,"result":"the second","error":null}""", null, "state: active\n" },
            { """{"id":1,"result":"not ours","error":null}""", CallFailure.Unreadable, "does not carry the request's id" },
            { """{"result":"no id","error":null}""", CallFailure.Unreadable, "does not carry the request's id" },
            { """{"id":0,"result":{"no":"text"},"error":null}""", CallFailure.Unreadable, "neither a result nor an error text" },
            { """{"id":0,"result":null,"error":null}""", CallFailure.Unreadable, "neither a result nor an error text" },
            { """{"id":0,"result":"cut" "error":null}""", CallFailure.Unreadable, "" },
            { "SSH-2.0-OpenSSH_9.2\r\n", CallFailure.Unreadable, "not JSON" },
            { "[0]", CallFailure.Unreadable, "not JSON" },
            { new string('[', 5), CallFailure.Unreadable, "not JSON" },
            { "{\"a\":" + new string('[', 100), CallFailure.Unreadable, "too large or too deep" },
        };

    [Theory(Timeout = 10000)]
    [MemberData(nameof(Answers))]
    public async Task An_answer_is_read_for_what_it_is(string answer, CallFailure? failure, string text)
    {
        await using var server = FakeServer.Answering(answer, TestContext.Current.CancellationToken);
        var reply = Call(server.Path);
        Assert.Equal(failure, reply.Failure);
        Assert.Equal(failure is null, reply.Succeeded);
        if (failure is null or CallFailure.ErrorReply)
        {
            Assert.Equal(text, reply.Text);
        }
        else
        {
            Assert.StartsWith(server.Path, reply.Text, StringComparison.Ordinal);
            Assert.Contains(text, reply.Text, StringComparison.Ordinal);
        }
    }

    [Fact(Timeout = 10000)]
    public async Task The_request_is_what_unixctl_expects()
    {
        string? request = null;
        await using var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                request = await peer.ReadMessage();
                await peer.Write(Good);
            },
            TestContext.Current.CancellationToken
        );
        Assert.True(UnixctlCall.Run(server.Path, "vlog/set", ["jsonrpc:dbg", "a\"b"], Long()).Succeeded);
        Assert.Equal("""{"id":0,"method":"vlog/set","params":["jsonrpc:dbg","a\u0022b"]}""", request);
    }

    [Fact(Timeout = 10000)]
    public async Task An_answer_that_comes_byte_by_byte_is_put_together()
    {
        await using var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                await peer.ReadMessage();
                foreach (var value in Encoding.UTF8.GetBytes(Good))
                {
                    await peer.Write(new[] { value });
                    await Task.Yield();
                }
            },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(new UnixctlReply(null, "state: active\n"), Call(server.Path));
    }

    [Fact(Timeout = 10000)]
    public async Task An_answer_that_trickles_past_the_deadline_has_timed_out()
    {
        await using var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                await peer.ReadMessage();
                await peer.Write("{\"id\":0,\"result\":\"");
                while (true)
                {
                    await peer.Write("x");
                    await Task.Delay(10, TestContext.Current.CancellationToken);
                }
            },
            TestContext.Current.CancellationToken
        );
        AssertTimesOut(server.Path);
    }

    [Fact(Timeout = 10000)]
    public async Task A_silent_server_has_timed_out()
    {
        await using var server = FakeServer.OnUnixSocket(peer => peer.HoldOpen(), TestContext.Current.CancellationToken);
        AssertTimesOut(server.Path);
    }

    [Fact(Timeout = 20000)]
    public async Task An_answer_without_end_is_cut_off_at_the_limit()
    {
        await using var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                await peer.ReadMessage();
                await peer.Write("{\"id\":0,\"result\":\"");
                var chunk = Encoding.UTF8.GetBytes(new string('x', 65536));
                while (true)
                {
                    await peer.Write(chunk);
                }
            },
            TestContext.Current.CancellationToken
        );
        var reply = Call(server.Path);
        Assert.Equal(CallFailure.Unreadable, reply.Failure);
        Assert.Contains("too large", reply.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task An_answer_below_the_limit_is_taken_however_long()
    {
        var text = new string('x', ProtocolLimits.UnixctlMessageBytes - 100);
        await using var server = FakeServer.Answering(
            "{\"id\":0,\"result\":\"" + text + "\",\"error\":null}",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(new UnixctlReply(null, text), Call(server.Path));
    }

    [Fact(Timeout = 10000)]
    public async Task A_server_that_closes_at_once_has_closed()
    {
        await using var server = FakeServer.OnUnixSocket(_ => Task.CompletedTask, TestContext.Current.CancellationToken);
        Assert.Equal(CallFailure.Closed, Call(server.Path).Failure);
    }

    [Fact(Timeout = 10000)]
    public async Task A_server_that_closes_amid_its_answer_has_closed()
    {
        await using var server = FakeServer.OnUnixSocket(
            async peer =>
            {
                await peer.ReadMessage();
                await peer.Write(Good[..20]);
            },
            TestContext.Current.CancellationToken
        );
        var reply = Call(server.Path);
        Assert.Equal(CallFailure.Closed, reply.Failure);
        Assert.Equal($"{server.Path}: closed before the answer was complete", reply.Text);
    }

    [Fact(Timeout = 10000)]
    public async Task No_socket_file_is_nobody_to_connect_to()
    {
        await using var server = FakeServer.Answering(Good, TestContext.Current.CancellationToken);
        var reply = Call(server.Path + ".absent");
        Assert.Equal(new UnixctlReply(CallFailure.CannotConnect, $"{server.Path}.absent: No such file or directory"), reply);
    }

    [Fact(Timeout = 10000)]
    public async Task No_directory_is_nobody_to_connect_to()
    {
        await using var server = FakeServer.Answering(Good, TestContext.Current.CancellationToken);
        Assert.Equal(CallFailure.CannotConnect, Call(server.Path + ".absent/x.ctl").Failure);
        Assert.Equal(CallFailure.CannotConnect, Call($"{server.Path}.absent/{new string('x', 80)}/{new string('y', 80)}/x.ctl").Failure);
    }

    [Fact(Timeout = 10000)]
    public async Task A_socket_file_that_its_server_left_behind_refuses()
    {
        await using var server = FakeServer.Answering(Good, TestContext.Current.CancellationToken);
        var path = server.Path + ".stale";
        using (var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            // Moved away under another name, so that the listener does not find it to delete when it is closed.
            listener.Bind(new UnixDomainSocketEndPoint(path + "0"));
            listener.Listen();
            File.Move(path + "0", path);
        }

        Assert.Equal(new UnixctlReply(CallFailure.CannotConnect, $"{path}: Connection refused"), Call(path));
    }

    [Fact(Timeout = 10000)]
    public async Task A_queue_that_stays_full_has_timed_out()
    {
        await using var crowd = new Crowd(TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();
        var reply = UnixctlCall.Run(crowd.Path, "version", [], Deadline.After(Short));
        Assert.Equal(new UnixctlReply(CallFailure.TimedOut, $"{crowd.Path}: does not accept connections"), reply);
        Assert.InRange(watch.Elapsed, Short / 2, Short * 5);
    }

    [Fact(Timeout = 10000)]
    public async Task A_queue_that_empties_in_time_is_got_through()
    {
        await using var crowd = new Crowd(TestContext.Current.CancellationToken);
        using var call = UnixctlCall.Send(crowd.Path, "version");
        Assert.False(call.IsDone);
        var serving = crowd.ServeAll(Good);
        Assert.Equal("state: active\n", call.Finish(Long()).Text);
        await serving;
    }

    [Fact(Timeout = 10000)]
    public async Task A_path_longer_than_a_socket_address_is_reached_through_its_directory()
    {
        var directory = Directory.CreateTempSubdirectory("ovsdb-test-").FullName;
        var deep = Path.Combine(directory, new string('d', 120));
        await using var server = FakeServer.Answering(Good, TestContext.Current.CancellationToken);
        Directory.CreateSymbolicLink(deep, Path.GetDirectoryName(server.Path)!);
        try
        {
            Assert.Equal("state: active\n", Call(Path.Combine(deep, Path.GetFileName(server.Path))).Text);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact(Timeout = 10000)]
    public async Task A_file_name_longer_than_a_socket_address_is_a_local_failure()
    {
        await using var server = FakeServer.Answering(Good, TestContext.Current.CancellationToken);
        var path = Path.Combine(Path.GetDirectoryName(server.Path)!, new string('n', 120));
        Assert.Equal(new UnixctlReply(CallFailure.LocalFailure, $"{path}: File name too long"), Call(path));
    }

    [Fact(Timeout = 10000)]
    public async Task A_hung_server_takes_no_time_from_the_one_beside_it()
    {
        await using var hung = FakeServer.OnUnixSocket(peer => peer.HoldOpen(), TestContext.Current.CancellationToken);
        await using var healthy = FakeServer.Answering(Good, TestContext.Current.CancellationToken);
        var deadline = Deadline.After(Short);
        using var first = UnixctlCall.Send(hung.Path, "version");
        using var second = UnixctlCall.Send(healthy.Path, "version");
        Assert.Equal(CallFailure.TimedOut, first.Finish(deadline).Failure);
        Assert.True(deadline.HasPassed);
        Assert.Equal("state: active\n", second.Finish(deadline).Text);
    }

    [Fact(Timeout = 10000)]
    public async Task Calls_finished_together_each_get_their_own_outcome()
    {
        await using var hung = FakeServer.OnUnixSocket(peer => peer.HoldOpen(), TestContext.Current.CancellationToken);
        await using var healthy = FakeServer.Answering(Good, TestContext.Current.CancellationToken);
        await using var crowd = new Crowd(TestContext.Current.CancellationToken);
        UnixctlCall[] calls =
        [
            UnixctlCall.Send(hung.Path, "version"),
            UnixctlCall.Send(crowd.Path, "version"),
            UnixctlCall.Send(healthy.Path, "version"),
            UnixctlCall.Send(healthy.Path + ".absent", "version"),
        ];
        var serving = crowd.ServeAll(Good);
        var replies = UnixctlCall.FinishAll(calls, Deadline.After(TimeSpan.FromSeconds(1)));
        Assert.Equal([CallFailure.TimedOut, null, null, CallFailure.CannotConnect], replies.Select(reply => reply.Failure));
        await serving;
    }

    [Fact(Timeout = 10000)]
    public async Task A_call_given_up_does_not_wait()
    {
        await using var server = FakeServer.OnUnixSocket(peer => peer.HoldOpen(), TestContext.Current.CancellationToken);
        var call = UnixctlCall.Send(server.Path, "version");
        call.Dispose();
        Assert.Equal(CallFailure.LocalFailure, call.Finish(Long()).Failure);
    }

    private static Deadline Long() => Deadline.After(TimeSpan.FromSeconds(8));

    private static UnixctlReply Call(string path) => UnixctlCall.Run(path, "ovsdb-server/sync-status", [], Long());

    private static void AssertTimesOut(string path)
    {
        var watch = Stopwatch.StartNew();
        var reply = UnixctlCall.Run(path, "version", [], Deadline.After(Short));
        Assert.Equal(new UnixctlReply(CallFailure.TimedOut, $"{path}: no answer in time"), reply);
        Assert.InRange(watch.Elapsed, Short / 2, Short * 5);
    }
}
