using System.Diagnostics;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

[Collection(OneAtATime.Name)]
public sealed class DaemonStopperTests : IDisposable
{
    private readonly ControlFixture _control = new();

    public void Dispose() => _control.Dispose();

    [Fact(Timeout = 20000)]
    public async Task Where_nothing_runs_nothing_is_done()
    {
        _control.Folder.RecordingScript("ovn-ctl");
        Assert.True((await StopAsync(5)).IsDone);
        Assert.Empty(_control.Folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_that_exits_by_its_control_command_is_asked_nothing_else()
    {
        _control.Folder.RecordingScript("ovn-ctl");
        using var server = await _control.StartServerAsync(_control.Northbound);
        await using var control = FakeServer.OnUnixSocket(
            async peer =>
            {
                Assert.Contains("\"exit\"", await peer.ReadMessage(), StringComparison.Ordinal);
                File.Delete(_control.Northbound.Control);
                ProcessTable.Signal(server.Snapshot, Signal.Terminate);
                await peer.Write("""{"id":0,"result":"","error":null}""");
                await peer.HoldOpen();
            },
            TestContext.Current.CancellationToken
        );
        File.CreateSymbolicLink(_control.Northbound.Control, control.Path);
        await IsGoneAfterStopAsync(server, within: 4);
        Assert.Empty(_control.Folder.Calls);
        Assert.Empty(_control.Messages);
    }

    [Fact(Timeout = 20000)]
    public async Task Where_nobody_answers_on_the_control_socket_a_signal_is_enough()
    {
        _control.Folder.RecordingScript("ovn-ctl");
        using var server = await _control.StartServerAsync(_control.Northbound);
        await IsGoneAfterStopAsync(server, within: 4);
        Assert.DoesNotContain("killing", _control.Messages, StringComparison.Ordinal);
        Assert.Empty(_control.Folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_whose_control_socket_never_answers_is_gone_within_seconds()
    {
        using var server = await _control.StartServerAsync(_control.Northbound, ignoresTerm: true);
        await using var control = FakeServer.OnUnixSocket(
            async peer =>
            {
                await peer.ReadMessage();
                File.Delete(_control.Northbound.Control);
                await peer.HoldOpen();
            },
            TestContext.Current.CancellationToken
        );
        File.CreateSymbolicLink(_control.Northbound.Control, control.Path);
        await IsGoneAfterStopAsync(server, within: 17, sooner: 5);
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_that_was_started_with_another_spelling_of_its_socket_is_stopped()
    {
        using var server = await FakeDaemon.StartAsync(
            _control.Folder,
            "ovsdb-server",
            $"--unixctl={_control.Folder.Path}//./{Path.GetFileName(_control.Northbound.Control)}"
        );
        await IsGoneAfterStopAsync(server, within: 4);
    }

    [Theory(Timeout = 20000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_still_answers_on_a_socket_and_is_no_server_makes_the_stop_fail(bool control)
    {
        await using var other = FakeServer.OnUnixSocket(peer => peer.HoldOpen(), TestContext.Current.CancellationToken);
        var socket = control ? _control.Northbound.Control : _control.Northbound.Database;
        File.CreateSymbolicLink(socket, other.Path);
        var outcome = await StopAsync(5);
        Assert.StartsWith($"NB: process {Environment.ProcessId} (", outcome.Problem, StringComparison.Ordinal);
        Assert.Contains(
            $"answers on {socket} and is no ovsdb-server of this node; stop that process",
            outcome.Problem,
            StringComparison.Ordinal
        );
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_that_ignores_SIGTERM_is_killed_within_the_deadline()
    {
        using var server = await _control.StartServerAsync(_control.Northbound, ignoresTerm: true);
        await IsGoneAfterStopAsync(server, within: 4);
        Assert.Contains("did not stop when asked; killing the process", _control.Messages, StringComparison.Ordinal);
        Assert.False(File.Exists(_control.Northbound.PidFile));
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_stopped_by_a_signal_is_killed_at_once_without_asking()
    {
        using var server = await _control.StartServerAsync(_control.Northbound);
        await server.FreezeAsync(TestContext.Current.CancellationToken);
        await IsGoneAfterStopAsync(server, within: 2);
        Assert.Contains(
            $"cannot react (process {server.Snapshot.Id}, Stopped); killing the process",
            _control.Messages,
            StringComparison.Ordinal
        );
    }

    [Fact(Timeout = 20000)]
    public async Task What_watches_a_server_ends_with_it()
    {
        using var server = await _control.StartServerAsync(_control.Northbound, ignoresTerm: true, watched: true);
        var monitor = ProcessTable.Find(server.StartedId)!;
        await IsGoneAfterStopAsync(server, within: 4);
        Assert.False(ProcessTable.IsAlive(monitor));
    }

    [Fact(Timeout = 20000)]
    public async Task What_would_restart_a_crashed_server_is_ended()
    {
        using var server = await _control.StartServerAsync(_control.Northbound, watched: true);
        ProcessTable.Signal(server.Snapshot, Signal.Kill);
        await Poll.UntilAsync("the server to be gone", () => !ProcessTable.IsAlive(server.Snapshot), TestContext.Current.CancellationToken);
        var monitor = ProcessTable.Find(server.StartedId)!;
        Assert.True((await StopAsync(4)).IsDone);
        Assert.False(ProcessTable.IsAlive(monitor));
    }

    [Fact(Timeout = 20000)]
    public async Task A_pid_file_that_names_another_process_does_it_no_harm()
    {
        using var other = await _control.StartServerAsync(_control.Southbound);
        using var server = await _control.StartServerAsync(_control.Northbound);
        await File.WriteAllTextAsync(_control.Northbound.PidFile, $"{other.Snapshot.Id}\n", TestContext.Current.CancellationToken);
        await IsGoneAfterStopAsync(server, within: 4);
        Assert.True(ProcessTable.IsAlive(other.Snapshot));
    }

    [Fact(Timeout = 20000)]
    public async Task A_process_that_can_no_longer_be_found_while_it_exits_is_waited_for()
    {
        using var server = await _control.StartServerAsync(_control.Northbound);

        // A process that is exiting has no command line; this one is given a search that misses it as well.
        var sought = 0;
        DaemonProcesses Find() => sought++ == 0 ? new DaemonProcesses(server.Snapshot, null) : DaemonProcesses.None;
        var outcome = await new DaemonStopper(_control.Log).StopAsync(
            new Daemon("NB server", Find, _control.Northbound.PidFile, _ => _control.Northbound.Control),
            Deadline.After(TimeSpan.FromSeconds(4))
        );
        Assert.Null(outcome.Problem);
        Assert.True(sought > 1);
        Assert.False(ProcessTable.IsAlive(server.Snapshot));
    }

    [Fact(Timeout = 20000)]
    public async Task What_survives_SIGKILL_is_a_failure_that_says_what_to_do()
    {
        // A process that takes no signal, because it is not the one that was seen.
        var survivor = ProcessTable.Find(Environment.ProcessId)! with
        {
            StartTicks = 1,
            Activity = ProcessActivity.Blocked,
        };
        var clock = Stopwatch.StartNew();
        var outcome = await new DaemonStopper(_control.Log).StopAsync(
            new Daemon(
                "NB server",
                () => new DaemonProcesses(survivor, null),
                _control.Northbound.PidFile,
                _ => _control.Northbound.Control
            ),
            Deadline.After(TimeSpan.FromSeconds(2))
        );
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(5));
        Assert.Contains($"NB server survived SIGKILL (process {survivor.Id}, Blocked)", outcome.Problem, StringComparison.Ordinal);
        Assert.Contains("check the storage, or fence this node", outcome.Problem, StringComparison.Ordinal);
    }

    private async Task IsGoneAfterStopAsync(FakeDaemon server, int within, int? sooner = null)
    {
        var clock = Stopwatch.StartNew();
        var outcome = await StopAsync(within);
        Assert.Null(outcome.Problem);
        Assert.False(ProcessTable.IsAlive(server.Snapshot));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(sooner ?? within));
    }

    private Task<Outcome> StopAsync(int seconds) =>
        new DatabaseServer(
            _control.Parameters,
            NodeAddress.Topology(_control.Parameters),
            _control.Parameters.Northbound,
            new OvnCtl(_control.Parameters, _control.Log),
            new ResourceMemory(_control.Folder.Path, "ovndb", _control.Parameters.Directories),
            _control.Log
        ).StopAsync(Deadline.After(TimeSpan.FromSeconds(seconds)));
}
