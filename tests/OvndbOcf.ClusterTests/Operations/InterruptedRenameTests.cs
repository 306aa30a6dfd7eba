using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Three nodes, one of which gets another name.</summary>
public sealed class NamedNodesCluster() : LifecycleCluster(DebianRelease.Bookworm);

/// <summary>
/// A node is renamed in place, and that stops after one of its steps: the promoted node is lost before anybody goes on. Without interruption it is in <see cref="RenamedNodeTests"/>.
/// </summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class InterruptedRenameTests(NamedNodesCluster lifecycle) : InterruptedSteps(lifecycle), IClassFixture<NamedNodesCluster>
{
    private static readonly TimeSpan BootTime = TimeSpan.FromSeconds(10);

    /// <summary>Nothing starts on the machine by itself, as the cluster is disabled there: until the procedure is completed it is a node that is away.</summary>
    [Fact(Timeout = 500_000)]
    public async Task The_promoted_node_is_lost_before_the_renamed_one_starts()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var (renamed, follower) = (backups[0], backups[1]);
        var former = renamed.Name;
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await using var clients = await ClientsAsync();
        await renamed.ShutDownAsync(Cancellation);
        await clients.WaitForWritesAsync(40);
        await Cluster.WriteNameAsync(renamed, "waits", editor: follower, Cancellation);

        // Two of three nodes are away: nobody takes over until one is back, and that one is the renamed one.
        clients.Interrupted();
        await active.PowerOffAsync(Cancellation);
        await Cluster.TellNamesAsync(Cancellation);
        await Cluster.ForgetNameAsync(renamed, former, Cancellation);
        await renamed.PowerOnAsync(Cancellation);
        await PromotedAsync(follower);
        await clients.WaitForWritesAsync(40);
        await CompleteAsync(clients, renamed, active, log);
    }

    /// <summary>Somebody starts it too early: Pacemaker knows its id by another name on the other nodes.</summary>
    /// <param name="told">Whether all nodes have the new name, and only the former one was not forgotten; else it is in the renamed node's own file alone.</param>
    [Theory(Timeout = 500_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_starts_half_renamed_and_the_promoted_node_is_lost(bool told)
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var (renamed, follower) = (backups[0], backups[1]);
        var former = renamed.Name;
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await using var clients = await ClientsAsync();
        await renamed.ShutDownAsync(Cancellation);
        await clients.WaitForWritesAsync(40);
        await Cluster.WriteNameAsync(renamed, told ? "told" : "written", editor: renamed, Cancellation);
        if (told)
        {
            await Cluster.TellNamesAsync(Cancellation);
        }

        // The servers go on, whatever Pacemaker does about the two names.
        await renamed.PowerOnAsync(Cancellation);
        await Task.Delay(BootTime, Cancellation);
        await clients.WaitForWritesAsync(40);
        clients.Interrupted();
        await active.PowerOffAsync(Cancellation);
        await Task.Delay(BootTime, Cancellation);
        Tell(
            $"promoted before it is completed: {(await follower.GetClusterStatusAsync(Cancellation)).PromotedNode(Shape.CloneId) ?? "nobody"}"
        );

        await renamed.ShutDownAsync(Cancellation);
        await Cluster.TellNamesAsync(Cancellation);
        await Cluster.ForgetNameAsync(renamed, former, Cancellation);
        await renamed.PowerOnAsync(Cancellation);
        await PromotedAsync(follower);
        await clients.WaitForWritesAsync(40);
        await CompleteAsync(clients, renamed, active, log);
    }

    /// <summary>The lost node is back, and the renamed one is one of them: it can be promoted.</summary>
    private async Task CompleteAsync(InterruptedClients clients, ClusterNode renamed, ClusterNode lost, AgentLog log)
    {
        await lost.PowerOnAsync(Cancellation);
        await ReturnedAsync(lost);
        await HoldAsync("renamed", ReturnLimit, also: AllCurrent);
        Tell(await clients.StopAsync());
        await AccountForAsync(clients, lost, log);
        await PcsAsync("resource", "move", Shape.CloneId, renamed.Name, "--promoted");
        await HoldAsync("moved", FailoverLimit, also: view => Promoted(view) == renamed.Name ? AllCurrent(view) : "not moved yet");
        await PcsAsync("resource", "clear", Shape.CloneId);
        await CheckRun.FindsNothingThatMattersAsync(Cluster, resource: null, Cancellation);
    }
}
