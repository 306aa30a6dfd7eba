using System.Diagnostics;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Unixctl;
using Xunit;

namespace OvndbOcf.ClusterTests.Protocol;

public abstract class UnixctlProtocolTests(OvsdbContainer servers) : ProtocolTests(servers)
{
    /// <summary>What the version begins with.</summary>
    protected abstract string Version { get; }

    [Fact(Timeout = 60000)]
    public async Task A_server_tells_its_version()
    {
        await Servers.Start("versioned").WaitAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith(Version, Text("versioned", "version"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60000)]
    public async Task A_command_that_is_not_understood_is_an_error_reply()
    {
        await Servers.Start("strict").WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            new UnixctlReply(
                CallFailure.ErrorReply,
                "\"nonsense\" is not a valid command (use \"list-commands\" to see a list of valid commands)"
            ),
            Call("strict", "nonsense")
        );
        Assert.Equal(
            new UnixctlReply(CallFailure.ErrorReply, "\"ovsdb-server/set-active-ovsdb-server\" command requires at least 1 arguments"),
            Call("strict", "ovsdb-server/set-active-ovsdb-server")
        );
    }

    [Fact(Timeout = 60000)]
    public async Task A_stopped_server_times_out_at_the_deadline_while_the_other_answers()
    {
        var limit = TimeSpan.FromMilliseconds(500);
        await Servers.Start("hung").WaitAsync(TestContext.Current.CancellationToken);
        await Servers.Start("fine").WaitAsync(TestContext.Current.CancellationToken);
        using var session = Connect("hung");
        await Servers.Signal("hung", "STOP");

        var watch = Stopwatch.StartNew();
        var deadline = Deadline.After(limit);
        using var hung = UnixctlCall.Send(Servers.Control("hung"), "version");
        using var fine = UnixctlCall.Send(Servers.Control("fine"), "version");
        Assert.Equal(CallFailure.TimedOut, hung.Finish(deadline).Failure);
        Assert.Null(fine.Finish(deadline).Failure);
        Assert.InRange(watch.Elapsed, limit / 2, limit * 3);

        var exception = Assert.Throws<OvsdbCallException>(() => session.ListDatabases(Deadline.After(limit)));
        Assert.Equal(CallFailure.TimedOut, exception.Failure);
        Assert.InRange(watch.Elapsed, limit, limit * 6);

        await Servers.Signal("hung", "CONT");
        Assert.StartsWith(Version, Text("hung", "version"), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60000)]
    public async Task A_stopped_server_whose_queue_is_full_times_out_too()
    {
        await Servers.Start("crowded").WaitAsync(TestContext.Current.CancellationToken);
        await Servers.Signal("crowded", "STOP");
        List<UnixctlCall> crowd = [];
        try
        {
            // OVS lets 64 connections wait (listen(2)).
            for (var i = 0; i < 80; i++)
            {
                crowd.Add(UnixctlCall.Send(Servers.Control("crowded"), "version"));
            }

            var reply = UnixctlCall.Run(Servers.Control("crowded"), "version", [], Deadline.After(TimeSpan.FromMilliseconds(200)));
            Assert.Equal(CallFailure.TimedOut, reply.Failure);
            Assert.EndsWith("does not accept connections", reply.Text, StringComparison.Ordinal);

            await Servers.Signal("crowded", "CONT");
            var replies = UnixctlCall.FinishAll([.. crowd], Soon());
            Assert.All(replies, answer => Assert.StartsWith(Version, answer.Text, StringComparison.Ordinal));
        }
        finally
        {
            crowd.ForEach(call => call.Dispose());
        }
    }

    [Fact(Timeout = 60000)]
    public async Task A_killed_server_leaves_a_socket_that_refuses()
    {
        await Servers.Start("killed").WaitAsync(TestContext.Current.CancellationToken);
        await Servers.Signal("killed", "KILL");
        var watch = Stopwatch.StartNew();
        UnixctlReply reply;
        do
        {
            // Between the signal and the end of the process the socket still takes connections.
            reply = Call("killed", "version");
        } while (reply.Failure == CallFailure.Closed && watch.Elapsed < TimeSpan.FromSeconds(5));
        Assert.Equal(CallFailure.CannotConnect, reply.Failure);
        Assert.EndsWith("Connection refused", reply.Text, StringComparison.Ordinal);
    }
}

public sealed class BookwormUnixctlTests(BookwormServers servers) : UnixctlProtocolTests(servers), IClassFixture<BookwormServers>
{
    protected override string Version => "ovsdb-server (Open vSwitch) 3.1.";
}

public sealed class TrixieUnixctlTests(TrixieServers servers) : UnixctlProtocolTests(servers), IClassFixture<TrixieServers>
{
    protected override string Version => "ovsdb-server (Open vSwitch) 3.5.";
}
