using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>What matters most, on Debian 11: Pacemaker 2.0 with the roles Master and Slave, pcs 0.10, and Open vSwitch 2.15. ovn-northd is not there.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BullseyeTests(BullseyeCluster lifecycle) : FreshnessTests(lifecycle), IClassFixture<BullseyeCluster>
{
    [Fact(Timeout = 120_000)]
    public async Task Creation_counts_no_failure_and_leaves_scores_and_a_record()
    {
        var (view, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        Assert.Empty(Created.Status.FailedActions);
        Assert.All(Created.Status.Histories, history => Assert.Equal(0, history.FailCount));
        Assert.All(
            view.Nodes,
            node => Assert.Equal(node.Name == active.Name ? 10 : 5, view.Status.PromotionScore(Shape.Resource, node.Name))
        );
        Assert.Equal(active.Name, (await RecordAsync(active)).Marker.Node);
    }

    /// <summary>After a move a former active node's history has the monitors of both roles for a while.</summary>
    [Fact(Timeout = 120_000)]
    public async Task A_monitor_of_either_role_finds_what_it_expects()
    {
        await ReadyAsync(TestContext.Current.CancellationToken);
        var (status, promoted) = (Created.Status, Promoted(Created));
        Assert.All(
            status.Nodes,
            node => Assert.All(Monitors(status, node.Name), monitor => Assert.Equal(node.Name == promoted ? 8 : 0, monitor.ExitCode))
        );
        Assert.NotEmpty(Monitors(status, promoted));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_planned_move_loses_no_acknowledged_row()
    {
        var (before, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        var number = (await RecordAsync(active)).Marker.Number;
        var target = Backup(before).Name;
        await WriteDuringAsync(async () =>
        {
            await PcsAsync("resource", "move", Shape.CloneId, target, "--master");
            await Cluster.WaitForAsync(
                $"a promoted instance on {target}",
                status => status.PromotedNode(Shape.CloneId) == target && status.NodeOf(Shape.AddressResource!) == target,
                FailoverLimit,
                Cancellation
            );
            await PcsAsync("resource", "clear", Shape.CloneId);
        });
        var after = await HoldAsync("move", FailoverLimit);
        Assert.Equal(target, Promoted(after));
        var record = await RecordAsync(Cluster.Node(target));
        Assert.True(record.Marker.Number > number, "nobody was promoted");
        Assert.True(record.Complete, "the record does not say that the copy was complete");
    }

    [Fact(Timeout = 180_000)]
    public async Task Ovndbctl_moves_the_active_servers_and_leaves_no_preference()
    {
        var (before, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        var target = Backup(before).Name;
        await active.ExecCheckedAsync(["ovndbctl", "switchover", "--to", target], cancellationToken: Cancellation);
        var after = await HoldAsync("switchover", FailoverLimit);
        Assert.Equal(target, Promoted(after));
        var constraints = await active.ExecCheckedAsync(["cibadmin", "--query", "--scope", "constraints"], cancellationToken: Cancellation);
        Assert.DoesNotContain("cli-prefer", constraints.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 180_000)]
    public async Task Killed_servers_of_the_active_are_recovered_from()
    {
        var (view, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        int[] killed = [view[active.Name].Northbound.Pid, view[active.Name].Southbound.Pid];
        await SignalAsync(active, "KILL", killed);
        await HoldAsync(
            "SIGKILL",
            FailoverLimit,
            also: now =>
                killed.Intersect([now[active.Name].Northbound.Pid, now[active.Name].Southbound.Pid]).Any()
                    ? "it is still an old server"
                    : null
        );
    }

    [Fact(Timeout = 240_000)]
    public async Task The_active_node_goes_to_standby_loses_no_acknowledged_row_and_returns_as_a_backup()
    {
        var (_, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        await WriteDuringAsync(async () =>
        {
            await StandbyAsync(active);
            await HoldAsync("standby", FailoverLimit, absent: [active.Name]);
        });
        await PcsAsync("node", "unstandby", active.Name);
        var after = await HoldAsync("unstandby", FailoverLimit, also: AllCurrent);
        Assert.NotEqual(active.Name, Promoted(after));
    }

    [Fact(Timeout = 400_000)]
    public async Task A_copy_that_missed_rows_is_not_promoted_though_it_returns_first()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        var (fresh, stale) = (backups[0], backups[1]);
        await stale.PowerOffAsync(Cancellation);
        await MarkedAsync(active, stale);
        await WriteAsync(50);
        await HoldAsync($"{stale.Name} is away", FailoverLimit, absent: [stale.Name]);
        await LoseAllButStaleAsync(log, active, fresh, [stale, fresh]);
    }

    /// <summary>Writes to both databases before, while and after something is done; what was acknowledged goes to the ledger.</summary>
    private async Task WriteDuringAsync(Func<Task> action)
    {
        await using var northbound = Client(OvnDatabase.Northbound, 10);
        await using var southbound = Client(OvnDatabase.Southbound, 40);
        await WaitForWritesAsync(northbound, 40);
        await action();
        await WaitForWritesAsync(northbound, 40);
        await WaitForWritesAsync(southbound, 10);
        Ledger.Add(OvnDatabase.Northbound, (await northbound.StopAsync()).Acknowledged);
        Ledger.Add(OvnDatabase.Southbound, (await southbound.StopAsync()).Acknowledged);
    }
}

public sealed class BullseyeCluster() : LifecycleCluster(DebianRelease.Bullseye);
