using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

public abstract class NodeTests(LifecycleCluster lifecycle) : LifecycleTests(lifecycle)
{
    /// <summary>A node has to boot and join, then a server has to start and fetch everything.</summary>
    private static readonly TimeSpan ReturnLimit = TimeSpan.FromSeconds(90);

    [Fact(Timeout = 240_000)]
    public async Task The_active_node_goes_to_standby_and_returns_as_a_backup()
    {
        var (_, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        await PcsAsync("node", "standby", active.Name);
        var without = await HoldAsync("standby", FailoverLimit, absent: [active.Name]);
        await PcsAsync("node", "unstandby", active.Name);
        var with = await HoldAsync("unstandby", FailoverLimit);
        Assert.Equal(Promoted(without), Promoted(with));
        AssertUntouched(without, with, Promoted(with));
    }

    [Fact(Timeout = 300_000)]
    public async Task The_active_node_loses_power_and_returns_as_a_backup()
    {
        var (_, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        await active.PowerOffAsync(Cancellation);
        var without = await HoldAsync("power-off of the active node", FailoverLimit, absent: [active.Name]);
        await active.PowerOnAsync(Cancellation);
        var with = await HoldAsync("its return", ReturnLimit);
        Assert.Equal(Promoted(without), Promoted(with));
        AssertUntouched(without, with, Promoted(with));
    }

    [Fact(Timeout = 300_000)]
    public async Task A_backup_node_loses_power_and_returns_while_the_active_serves()
    {
        var (before, active) = await ReadyAsync(TestContext.Current.CancellationToken);
        var backup = Backup(before);
        await backup.PowerOffAsync(Cancellation);
        await HoldAsync("power-off of a backup node", FailoverLimit, absent: [backup.Name]);
        await backup.PowerOnAsync(Cancellation);
        var with = await HoldAsync("its return", ReturnLimit);
        Assert.Equal(active.Name, Promoted(with));
        AssertUntouched(before, with, active.Name);
    }

    [Fact(Timeout = 300_000)]
    public async Task All_nodes_lose_power_at_once_and_return_with_every_row()
    {
        await ReadyAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(Cluster.Nodes.Select(node => node.PowerOffAsync(Cancellation)));
        await Cluster.StartClusterAsync(Cancellation);
        await HoldAsync("power-off of all nodes, and their return", ReturnLimit);
    }

    [Fact(Timeout = 300_000)]
    public async Task The_whole_cluster_is_shut_down_and_returns_with_every_row()
    {
        await ReadyAsync(TestContext.Current.CancellationToken);
        await Cluster.StopClusterAsync(Cancellation);
        await Cluster.StartClusterAsync(Cancellation);
        await HoldAsync("shut-down of all nodes, and their return", ReturnLimit);
    }
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormNodeTests(BookwormLifecycleCluster lifecycle) : NodeTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class TrixieNodeTests(TrixieLifecycleCluster lifecycle) : NodeTests(lifecycle);
