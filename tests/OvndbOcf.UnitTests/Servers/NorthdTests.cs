using OvndbOcf.Ovsdb;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.State;
using OvndbOcf.UnitTests.Processes;
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

    private string PidFile => DaemonFinder.NorthdPidFile(_control.Folder.Path);

    private Northd Managed(string managed = "yes")
    {
        var parameters = Configured.Parameters(("ovn_rundir", _control.Folder.Path), ("ovn_ctl", _control.Folder["ovn-ctl"]), ("manage_northd", managed));
        return new Northd(parameters, new OvnCtl(parameters, _control.Log), _control.Log);
    }

    private Task<FakeDaemon> StartAsync() => FakeDaemon.StartAsync(_control.Folder, "ovn-northd", "--pidfile=" + PidFile);
}
