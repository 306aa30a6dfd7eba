using System.Diagnostics;
using System.Text.Json;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

[Collection(OneAtATime.Name)]
public sealed class ServerInquiryTests : IDisposable
{
    private const string Active = "state: active\n";
    private const string OldBackup = "state: backup\nreplicating: tcp:10.0.0.9:6641\ndatabase: OVN_Northbound\n";
    private const string NewBackup = "database: OVN_Southbound\nstate: backup\nconnecting: tcp:192.0.2.254:6641\n";

    private readonly ControlFixture _control = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _control.Dispose();

    [Fact]
    public void Where_nothing_is_nothing_runs()
    {
        var seen = Observe(seconds: 5, out var elapsed);
        Assert.Equal((ServerState.NotRunning, ServerState.NotRunning), (seen.Northbound.State, seen.Southbound.State));
        Assert.InRange(elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact(Timeout = 20000)]
    public async Task Each_server_is_what_it_says_in_either_shape()
    {
        await using var northbound = Answering(_control.Northbound, OldBackup);
        await using var southbound = Answering(_control.Southbound, NewBackup);
        var seen = Observe(seconds: 5, out _);
        Assert.Equal(new ServerObservation(ServerState.Replicating, "tcp:10.0.0.9:6641", ""), seen.Northbound);
        Assert.Equal(new ServerObservation(ServerState.Disconnected, "tcp:192.0.2.254:6641", ""), seen.Southbound);
        Assert.Equal(
            seen.Northbound,
            ServerInquiry.Observe(_control.Parameters, _control.Parameters.Northbound, Deadline.After(TimeSpan.FromSeconds(5)))
        );
    }

    [Fact(Timeout = 20000)]
    public async Task An_active_server_beside_a_dead_one_is_seen_as_such()
    {
        await using var southbound = Answering(_control.Southbound, Active);
        var seen = Observe(seconds: 5, out _);
        Assert.Equal((ServerState.NotRunning, ServerState.Active), (seen.Northbound.State, seen.Southbound.State));
    }

    [Fact(Timeout = 20000)]
    public async Task A_busy_server_that_answers_late_is_not_hung()
    {
        await using var northbound = Serving(
            _control.Northbound,
            async peer =>
            {
                await peer.ReadMessage();
                await Task.Delay(1300, Stop);
                await peer.Write(Reply(Active));
                await peer.HoldOpen();
            }
        );
        using var process = await _control.StartServerAsync(_control.Northbound);
        var seen = Observe(seconds: 8, out var elapsed);
        Assert.Equal(ServerState.Active, seen.Northbound.State);
        Assert.InRange(elapsed, TimeSpan.FromSeconds(1.2), TimeSpan.FromSeconds(6));
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_that_has_not_slept_for_long_is_hung_only_at_the_deadline()
    {
        await using var northbound = Silent(_control.Northbound);
        await using var southbound = Answering(_control.Southbound, Active);
        using var process = await _control.StartServerAsync(_control.Northbound);
        var seen = Observe(seconds: 2, out var elapsed);
        Assert.Equal(
            new ServerObservation(ServerState.Hung, null, $"process {process.Snapshot.Id} does not answer in time", process.Snapshot),
            seen.Northbound
        );
        Assert.Equal(ServerState.Active, seen.Southbound.State);
        Assert.InRange(elapsed, TimeSpan.FromSeconds(1.8), TimeSpan.FromSeconds(5));
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_that_sleeps_over_a_question_is_hung_after_four_seconds()
    {
        await using var northbound = Silent(_control.Northbound);
        await using var southbound = Answering(_control.Southbound, Active);
        using var process = await _control.StartServerAsync(_control.Northbound);
        var seen = Observe(seconds: 12, out var elapsed);
        Assert.Equal(
            new ServerObservation(ServerState.Hung, null, $"process {process.Snapshot.Id} sleeps and does not answer", process.Snapshot),
            seen.Northbound
        );
        Assert.Equal(ServerState.Active, seen.Southbound.State);
        Assert.InRange(elapsed, SilenceWatch.MaxIdleness, TimeSpan.FromSeconds(7));
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_that_works_and_does_not_answer_is_busy_at_the_deadline()
    {
        await using var northbound = Silent(_control.Northbound);
        await using var southbound = Answering(_control.Southbound, Active);
        using var process = await FakeDaemon.StartBusyAsync(
            _control.Folder,
            "ovsdb-server",
            ControlFixture.ArgumentOf(_control.Northbound)
        );
        var seen = Observe(seconds: 6, out var elapsed);
        Assert.Equal((ServerState.Busy, process.Snapshot.Id), (seen.Northbound.State, seen.Northbound.Process?.Id));
        Assert.InRange(elapsed, TimeSpan.FromSeconds(5.8), TimeSpan.FromSeconds(9));
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_stopped_by_a_signal_is_known_to_be_hung_long_before_the_deadline()
    {
        await using var northbound = Silent(_control.Northbound);
        await using var southbound = Silent(_control.Southbound);
        using var first = await _control.StartServerAsync(_control.Northbound);
        using var second = await _control.StartServerAsync(_control.Southbound);
        await first.FreezeAsync(Stop);
        await second.FreezeAsync(Stop);
        var seen = Observe(seconds: 12, out var elapsed);
        Assert.Equal($"process {first.Snapshot.Id} is stopped by a signal", seen.Northbound.Detail);
        Assert.Equal((ServerState.Hung, ServerState.Hung), (seen.Northbound.State, seen.Southbound.State));
        Assert.InRange(elapsed, TimeSpan.FromSeconds(0.1), TimeSpan.FromSeconds(1.5));
    }

    [Fact(Timeout = 20000)]
    public async Task Somebody_who_accepts_connections_without_a_server_process_is_unclear()
    {
        await using var northbound = Silent(_control.Northbound);
        var seen = Observe(seconds: 5, out var elapsed);
        Assert.Equal(ServerState.Unclear, seen.Northbound.State);
        Assert.InRange(elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_that_works_and_takes_no_connection_yet_reads_its_file()
    {
        await using var southbound = Answering(_control.Southbound, Active);
        using var process = await FakeDaemon.StartBusyAsync(
            _control.Folder,
            "ovsdb-server",
            ControlFixture.ArgumentOf(_control.Northbound)
        );
        var seen = Observe(seconds: 3, out var elapsed);
        Assert.Equal((ServerState.Busy, process.Snapshot.Id), (seen.Northbound.State, seen.Northbound.Process?.Id));
        Assert.Equal(ServerState.Active, seen.Southbound.State);
        Assert.InRange(elapsed, TimeSpan.FromSeconds(2.8), TimeSpan.FromSeconds(6));
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_that_has_read_its_file_is_heard_soon_after()
    {
        using var process = await FakeDaemon.StartBusyAsync(
            _control.Folder,
            "ovsdb-server",
            ControlFixture.ArgumentOf(_control.Northbound)
        );
        var observing = Task.Run(() => Observe(seconds: 12, out _), Stop);
        await Task.Delay(1500, Stop);
        await using var northbound = Answering(_control.Northbound, OldBackup);
        var clock = Stopwatch.StartNew();
        // Its process has no connection to the source that it names.
        Assert.Equal(ServerState.Disconnected, (await observing).Northbound.State);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact(Timeout = 20000)]
    public async Task Whether_a_process_listens_at_all_is_seen_in_the_kernels_table()
    {
        using var listener = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified
        );
        listener.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(_control.Northbound.Database));
        Assert.False(ListeningSockets.HasAny(Environment.ProcessId) is null);
        listener.Listen();
        Assert.True(ListeningSockets.HasAny(Environment.ProcessId));
        using var process = await _control.StartServerAsync(_control.Northbound);
        Assert.False(ListeningSockets.HasAny(process.Snapshot.Id));
        Assert.Null(ListeningSockets.HasAny(int.MaxValue));
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_without_its_socket_is_unclear()
    {
        using var process = await _control.StartServerAsync(_control.Northbound);
        var seen = Observe(seconds: 5, out _);
        Assert.Equal(ServerState.Unclear, seen.Northbound.State);
        Assert.Equal(process.Snapshot, seen.Northbound.Process);
    }

    [Fact(Timeout = 20000)]
    public async Task A_crashed_server_that_is_about_to_come_back_is_unclear()
    {
        using var process = await _control.StartServerAsync(_control.Northbound, watched: true);
        ProcessTable.Signal(process.Snapshot, Signal.Kill);
        await Poll.UntilAsync("the server to be gone", () => !ProcessTable.IsAlive(process.Snapshot), Stop);
        Assert.Equal(ServerState.Unclear, Observe(seconds: 5, out _).Northbound.State);
    }

    [Theory(Timeout = 20000)]
    [InlineData("""{"id":0,"result":null,"error":"\"ovsdb-server/sync-status\" is not a valid command\n"}""")]
    [InlineData("""{"id":0,"result":"nothing that is understood","error":null}""")]
    [InlineData("""{"id":0,"result":"database: OVN_Southbound\nstate: active\n","error":null}""")]
    [InlineData("garbage")]
    public async Task An_answer_that_says_nothing_of_the_database_is_unclear(string answer)
    {
        await using var northbound = Serving(
            _control.Northbound,
            async peer =>
            {
                await peer.ReadMessage();
                await peer.Write(answer);
                await peer.HoldOpen();
            }
        );
        Assert.Equal(ServerState.Unclear, Observe(seconds: 5, out _).Northbound.State);
    }

    private static string Reply(string status) => $$"""{"id":0,"result":{{JsonSerializer.Serialize(status)}},"error":null}""";

    private static FakeServer Answering(ServerPaths paths, string status) => Linked(paths, FakeServer.Answering(Reply(status), Stop));

    private static FakeServer Silent(ServerPaths paths) => Serving(paths, peer => peer.HoldOpen());

    private static FakeServer Serving(ServerPaths paths, Func<FakeServer.Peer, Task> serve) =>
        Linked(paths, FakeServer.OnUnixSocket(serve, Stop));

    // The socket is in a directory of the fake's own.
    private static FakeServer Linked(ServerPaths paths, FakeServer server)
    {
        File.CreateSymbolicLink(paths.Control, server.Path);
        return server;
    }

    private ServerPair Observe(int seconds, out TimeSpan elapsed)
    {
        var clock = Stopwatch.StartNew();
        var seen = ServerInquiry.Observe(_control.Parameters, Deadline.After(TimeSpan.FromSeconds(seconds)));
        elapsed = clock.Elapsed;
        return seen;
    }
}
