using OvndbOcf.Bench.Clusters;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench.Failover;

/// <summary>What a person does when the cluster does not help itself: kill what hangs, and have Pacemaker look anew.</summary>
internal static class Repair
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Kills all servers of the node and cleans the resource up until a node is promoted.</summary>
    /// <exception cref="ClusterWaitException">None is.</exception>
    public static async Task RunAsync(BenchCluster bench, ClusterNode node, CancellationToken cancellationToken)
    {
        // Nothing is left to kill where the agent got rid of it in the end.
        await node.ExecAsync(["pkill", "-KILL", "-x", "ovsdb-server"], cancellationToken: cancellationToken);
        await bench.Cluster.WaitForIdleAsync(Limit, cancellationToken);
        await node.ExecCheckedAsync(["crm_resource", "--cleanup", "--resource", BenchCluster.Clone], cancellationToken: cancellationToken);
        await bench.Cluster.WaitForAsync(
            "a promoted node after the repair",
            status => status.PromotedNode(BenchCluster.Clone) is not null,
            Limit,
            cancellationToken
        );
    }
}
