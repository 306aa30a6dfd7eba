using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>Files in the run directory that somebody removed, such as a zealous clean-up job.</summary>
public abstract class LostFileTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    [Fact(Timeout = 150_000)]
    public async Task A_lost_control_socket_of_the_active_is_recovered_from()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var old = before[active.Name].Northbound.Process;
        await RemoveAsync(active, "ovnnb_db.ctl");
        await HoldAsync(
            "loss of the NB control socket",
            FailoverLimit,
            also: view => view[active.Name].Northbound.Process == old ? "it is the same server" : null
        );
    }

    [Fact(Timeout = 240_000)]
    public async Task A_lost_pidfile_of_the_active_disturbs_neither_the_databases_nor_a_later_stop()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        await RemoveAsync(active, "ovnnb_db.pid");

        // Forgetting everything makes Pacemaker probe, and start the monitors anew.
        await active.ExecCheckedAsync(["crm_resource", "--refresh", "--resource", Shape.Resource], cancellationToken: Cancellation);
        var probed = await HoldAsync("loss of the NB pidfile", FailoverLimit, also: Probed);
        Assert.Equal(active.Name, Promoted(probed));
        AssertUntouched(before, probed, active.Name);

        // Whoever stops or starts the server now has to find it without the file, and must not start a second one.
        await PcsAsync("node", "standby", active.Name);
        await HoldAsync("standby without the NB pidfile", FailoverLimit, absent: [active.Name]);
        await PcsAsync("node", "unstandby", active.Name);
        var back = await HoldAsync("unstandby", FailoverLimit);
        Assert.Equal(back[active.Name].Northbound.Pid, await active.ReadPidAsync($"{Shape.RunDirectory}/ovnnb_db.pid", Cancellation));
    }

    private string? Probed(ClusterView view) =>
        Monitors(view.Status, Promoted(view)).Any(monitor => monitor.ExitCode == 8) ? null : "the promoted instance has not been monitored";

    private Task<ExecResult> RemoveAsync(ClusterNode node, string file) =>
        node.ExecCheckedAsync(["rm", $"{Shape.RunDirectory}/{file}"], cancellationToken: Cancellation);
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormLostFileTests(BookwormLifecycleCluster lifecycle) : LostFileTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class TrixieLostFileTests(TrixieLifecycleCluster lifecycle) : LostFileTests(lifecycle);
