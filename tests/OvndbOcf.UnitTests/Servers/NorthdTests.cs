using System.Diagnostics;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

[Collection(OneAtATime.Name)]
public sealed class NorthdTests : IDisposable
{
    private readonly ControlFixture _control = new();

    private static Deadline Soon => Deadline.After(TimeSpan.FromSeconds(5));

    public void Dispose() => _control.Dispose();

    [Fact(Timeout = 20000)]
    public async Task What_it_does_is_seen()
    {
        Assert.Equal(NorthdState.NotRunning, Managed().Observe());
        using var northd = await StartAsync();
        Assert.Equal(NorthdState.Running, Managed().Observe());
        await northd.FreezeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(NorthdState.Hung, Managed().Observe());
        Assert.Equal(NorthdState.NotManaged, Managed("no").Observe());
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_is_not_managed_is_left_alone()
    {
        _control.Folder.RecordingScript("ovn-ctl");
        using var northd = await StartAsync();
        Assert.True((await Managed("no").StopAsync(Soon)).IsDone);
        Assert.True((await Managed("no").StartAsync(Soon)).IsDone);
        Assert.True(ProcessTable.IsAlive(northd.Snapshot));
        Assert.Empty(_control.Folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_is_managed_is_stopped_without_ovn_ctl()
    {
        _control.Folder.RecordingScript("ovn-ctl");
        using var northd = await StartAsync();
        Assert.True((await Managed().StopAsync(Soon)).IsDone);
        Assert.False(ProcessTable.IsAlive(northd.Snapshot));
        Assert.Empty(_control.Folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_runs_is_not_started_again()
    {
        _control.Folder.RecordingScript("ovn-ctl");
        using var northd = await StartAsync();
        Assert.True((await Managed().StartAsync(Soon)).IsDone);
        Assert.Empty(_control.Folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_does_not_start_is_told_of_with_what_ovn_ctl_said()
    {
        _control.Folder.RecordingScript("ovn-ctl", "echo 'ovn-northd: error: no such database' >&2; exit 1");
        var outcome = await Managed().StartAsync(Soon);
        Assert.Contains("ovn-northd did not start", outcome.Problem, StringComparison.Ordinal);
        Assert.Contains("no such database", outcome.Problem, StringComparison.Ordinal);
        Assert.Equal(["ovn-ctl|--ovn-manage-ovsdb=no|start_northd"], _control.Folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task What_would_restart_a_crashed_one_is_ended()
    {
        using var northd = await FakeDaemon.StartWatchedAsync(_control.Folder, "ovn-northd", "--watched");
        await File.WriteAllTextAsync(PidFile, $"{northd.Snapshot.Id}\n", TestContext.Current.CancellationToken);
        ProcessTable.Signal(northd.Snapshot, Signal.Kill);
        await Poll.UntilAsync("northd to be gone", () => !ProcessTable.IsAlive(northd.Snapshot), TestContext.Current.CancellationToken);
        var monitor = ProcessTable.Find(northd.StartedId)!;
        Assert.True((await Managed().StopAsync(Soon)).IsDone);
        Assert.False(ProcessTable.IsAlive(monitor));
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_computes_is_not_waited_for_but_killed()
    {
        _control.Folder.RecordingScript("ovn-ctl", "exec sleep 30");
        using var northd = await StartAsync(ignoresTerm: true);
        await using var control = await ControlAsync(northd, _ => null);
        var clock = Stopwatch.StartNew();
        Assert.True((await Managed().StopAsync(Deadline.After(TimeSpan.FromSeconds(15)))).IsDone);
        Assert.False(ProcessTable.IsAlive(northd.Snapshot));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2.5));
        Assert.Empty(_control.Folder.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("Status: active", "connected", NorthdState.Running)]
    [InlineData("Status: standby", "connected", NorthdState.Running)]
    [InlineData("Status: paused", "connected", NorthdState.Paused)]
    [InlineData("Status: standby", "not connected", NorthdState.Disconnected)]
    [InlineData(null, null, NorthdState.Running)]
    public async Task What_it_says_itself_is_seen(string? status, string? connection, NorthdState state)
    {
        using var northd = await StartAsync();
        await using var control = await ControlAsync(
            northd,
            request => request.Contains("\"status\"", StringComparison.Ordinal) ? status : connection
        );
        Assert.Equal(state, Managed().Ask(Soon));
        Assert.Equal(NorthdState.Running, Managed().Observe());
        Assert.Equal(NorthdState.NotManaged, Managed("no").Ask(Soon));
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_was_told_to_connect_elsewhere_is_seen()
    {
        using var northd = await FakeDaemon.StartAsync(
            _control.Folder,
            "ovn-northd",
            ["--pidfile=" + PidFile, "--ovnnb-db=tcp:10.0.0.1:6641"]
        );
        Assert.Equal(NorthdState.Misdirected, Managed().Ask(Soon));
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_is_paused_is_told_to_go_on()
    {
        using var northd = await StartAsync();
        var told = new List<string>();
        await using var control = await ControlAsync(
            northd,
            request =>
            {
                told.Add(request);
                return "";
            }
        );
        Assert.True(Managed().Resume(Soon).IsDone);
        Assert.Contains("\"resume\"", Assert.Single(told), StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_file_that_names_other_servers_is_kept_from_ovn_ctl_and_told_of()
    {
        StartScript();
        Directory.CreateDirectory(_control.Folder["etc/ovn"]);
        var file = _control.Folder.Write(
            "etc/ovn/ovn-northd-db-params.conf",
            "--ovnnb-db=tcp:10.0.0.1:6641 --ovnsb-db=tcp:10.0.0.1:6642\n"
        );
        Assert.Null((await Managed().StartAsync(Soon)).Problem);
        Assert.Equal(
            _control.Folder.Path,
            await File.ReadAllTextAsync(_control.Folder["configuration"], TestContext.Current.CancellationToken)
        );
        Assert.Contains(
            $"{file} names --ovnnb-db=tcp:10.0.0.1:6641, not the servers of this resource",
            _control.Messages,
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(file));
        Assert.True((await Managed().StopAsync(Soon)).IsDone);
    }

    [Fact(Timeout = 20000)]
    public async Task A_file_that_names_the_servers_of_this_node_is_left_to_ovn_ctl()
    {
        StartScript();
        Directory.CreateDirectory(_control.Folder["etc/ovn"]);
        _control.Folder.Write("etc/ovn/ovn-northd-db-params.conf", $"--ovnnb-db=unix:{_control.Northbound.Database} --n-threads=2\n");
        Assert.Null((await Managed().StartAsync(Soon)).Problem);
        Assert.Equal(
            _control.Folder["etc"],
            await File.ReadAllTextAsync(_control.Folder["configuration"], TestContext.Current.CancellationToken)
        );
        Assert.DoesNotContain("WARNING", _control.Messages, StringComparison.Ordinal);
        Assert.True((await Managed().StopAsync(Soon)).IsDone);
    }

    [Fact(Timeout = 20000)]
    public async Task One_that_the_agent_started_is_stopped_though_it_is_not_managed_any_more()
    {
        StartScript();
        Assert.Null((await Managed().StartAsync(Soon)).Problem);
        var northd = DaemonFinder.FindNorthd(_control.Folder.Path).Daemon!;
        Assert.True((await Managed("no").StopAsync(Soon)).IsDone);
        Assert.False(ProcessTable.IsAlive(northd));

        using var other = await StartAsync();
        Assert.True((await Managed("no").StopAsync(Soon)).IsDone);
        Assert.True(ProcessTable.IsAlive(other.Snapshot));
    }

    private string PidFile => DaemonFinder.NorthdPidFile(_control.Folder.Path);

    private Northd Managed(string managed = "yes")
    {
        var parameters = Configured.Parameters(
            ("ovn_rundir", _control.Folder.Path),
            ("ovn_sysconfdir", _control.Folder["etc"]),
            ("ovn_ctl", _control.Folder["ovn-ctl"]),
            ("manage_northd", managed)
        );
        return new Northd(
            parameters,
            NodeAddress.Topology(parameters),
            new OvnCtl(parameters, _control.Log),
            new ResourceMemory(_control.Folder.Path, "ovndb", parameters.Directories),
            _control.Log
        );
    }

    private Task<FakeDaemon> StartAsync(bool ignoresTerm = false) =>
        FakeDaemon.StartAsync(_control.Folder, "ovn-northd", "--pidfile=" + PidFile, ignoresTerm);

    /// <summary>An ovn-ctl that notes which configuration directory it was given, and starts a process like ovn-northd.</summary>
    private void StartScript() =>
        _control.Folder.RecordingScript(
            "ovn-ctl",
            $"printf %s \"$OVN_SYSCONFDIR\" >'{_control.Folder["configuration"]}'\n"
                + $"setsid '{_control.Folder.ShellNamed("ovn-northd")}' -c 'echo $$ >{PidFile}; for second in {{1..30}}; do sleep 1; done' ovn-northd '--pidfile={PidFile}' >/dev/null 2>&1 &\n"
                + $"until [ -s '{PidFile}' ]; do sleep 0.02; done"
        );

    /// <summary>The control socket of a process, which answers what a test says, or not at all.</summary>
    private async Task<FakeServer> ControlAsync(FakeDaemon northd, Func<string, string?> answer)
    {
        await File.WriteAllTextAsync(PidFile, $"{northd.Snapshot.Id}\n", TestContext.Current.CancellationToken);
        var control = FakeServer.OnUnixSocket(
            async peer =>
            {
                if (await peer.ReadMessage() is { } request && answer(request) is { } text)
                {
                    await peer.Write($$"""{"id":0,"result":"{{text}}","error":null}""");
                }

                await peer.HoldOpen();
            },
            TestContext.Current.CancellationToken
        );
        File.CreateSymbolicLink(_control.Folder[$"ovn-northd.{northd.Snapshot.Id}.ctl"], control.Path);
        return control;
    }
}
