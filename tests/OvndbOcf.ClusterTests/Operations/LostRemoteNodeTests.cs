using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>The databases run on remote nodes, and something between these and the cluster is lost while clients write.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class LostRemoteNodeTests(RemoteNodesOnBookworm fixture) : RemoteNodeSteps(fixture), IClassFixture<RemoteNodesOnBookworm>
{
    private const int Limit = 400_000;

    // As the node's oldest one; the name is longer than what pgrep compares by default.
    private static readonly string[] KillRemoted = ["pkill", "-KILL", "-f", "^pacemaker-remoted"];

    [Fact(Timeout = Limit)]
    public async Task The_servers_go_on_when_the_full_node_is_lost_that_has_the_connection()
    {
        var (active, _) = await fixture.BeginAsync(TestContext.Current.CancellationToken);
        var before = await fixture.Invariants(fixture.Shape).ObserveAsync(Cancellation);
        var holder = Cluster.Node(before.Status.NodeOf(active.Name)!);
        Assert.False(holder.IsRemote);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await using var clients = await ClientsAsync();

        clients.Interrupted();
        await holder.PowerOffAsync(Cancellation);
        await UntilAsync(
            $"a connection to {active.Name} from another node than {holder.Name}",
            status => status.NodeOf(active.Name) is { } other && other != holder.Name && status.Node(active.Name) is { Online: true }
        );
        await clients.WaitForWritesAsync(40);
        await Cluster.WaitForNodesAsync(ReturnLimit, Cancellation);
        var after = await fixture.HoldOnRemotesAsync($"{holder.Name} was lost and is back");

        Assert.Empty(await AccountForAsync(clients, active, active, log));
        Assert.Equal(before[active.Name].Northbound.Process, after[active.Name].Northbound.Process);
        Assert.Equal(before[active.Name].Southbound.Process, after[active.Name].Southbound.Process);
        Assert.Empty(await log.PromotionsAsync(Cancellation));
        await fixture.HoldOnRemotesAsync("each row is in every copy");
    }

    [Fact(Timeout = Limit)]
    public async Task An_active_remote_node_is_fenced_when_its_pacemaker_remote_dies()
    {
        var (active, backup) = await fixture.BeginAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        var presses = Cluster.Power!.Events.Count;
        await using var clients = await ClientsAsync();

        clients.Interrupted();
        await DoAsync(active, KillRemoted);
        await PromotedAsync(backup);
        await clients.WaitForWritesAsync(40);
        await Cluster.WaitForNodesAsync(ReturnLimit, Cancellation);
        await fixture.HoldOnRemotesAsync($"{active.Name} was fenced and is back");

        Assert.Contains(
            Cluster.Power!.Events.Skip(presses),
            press => press.Node == active.Name && press.Action == "reboot" && press.Failure is null
        );
        await AccountForAsync(clients, backup, active, log);
        var view = await fixture.HoldOnRemotesAsync("each row is in every copy");
        Assert.Equal(backup.Name, view.Status.PromotedNode(fixture.Shape.CloneId));
    }

    [Fact(Timeout = Limit)]
    public async Task The_promoted_remote_node_is_removed_after_a_planned_move_and_another_one_added()
    {
        var (active, backup) = await fixture.BeginAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await using var clients = await ClientsAsync();

        clients.Interrupted();
        await DoAsync(Cluster.Nodes[0], "ovndbctl", "switchover", "--to", backup.Name);
        await Cluster.RemoveRemoteNodeAsync(active, Cancellation);
        await clients.WaitForWritesAsync(40);
        await fixture.HoldOnRemotesAsync($"{active.Name} is removed");
        Assert.Null((await Cluster.GetStatusAsync(Cancellation)).Node(active.Name));
        Assert.Equal(backup.Name, Assert.Single(await log.PromotionsAsync(Cancellation)).Node);
        var added = await Cluster.AddRemoteNodeAsync(Cancellation);
        await Cluster.WaitForNodesAsync(ReturnLimit, Cancellation);
        await fixture.HoldOnRemotesAsync($"{added.Name} is added");

        Tell(await clients.StopAsync());
        foreach (var database in new[] { OvnDatabase.Northbound, OvnDatabase.Southbound })
        {
            foreach (var name in clients.Names(database))
            {
                fixture.Ledger.Add(database, name);
            }
        }

        var view = await fixture.HoldOnRemotesAsync("each row is in every copy");
        Assert.Equal(backup.Name, view.Status.PromotedNode(fixture.Shape.CloneId));
        await CheckIsCleanAsync();
    }
}
