using System.Diagnostics;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Clusters;

/// <summary>What is different from a cluster that nobody does anything to.</summary>
/// <param name="Absent">The node that is told to run nothing; null if none is.</param>
/// <param name="NotPromoted">The node that has to have lost the promotion; null if any may have it.</param>
internal sealed record Expectation(string? Absent = null, string? NotPromoted = null);

/// <summary>Tells when nothing of a fault is left: the next one shall not find the cluster weakened by the last.</summary>
/// <param name="bench">The cluster.</param>
/// <param name="expectation">What is different from a cluster that nobody does anything to.</param>
internal sealed class Wholeness(BenchCluster bench, Expectation expectation)
{
    private const string Separator = "\u001d";
    private static readonly TimeSpan LookLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    // One command a node and look: each costs a start of the docker client on the machine that is measured.
    private const string Look = """
        for database in nb sb; do
            timeout 10 ovs-appctl -t /var/run/ovn/ovn${database}_db.ctl ovsdb-server/sync-status 2>&1
            printf '\035'
        done
        pgrep -x ovn-northd
        """;

    /// <summary>Waits for it; returns the promoted node.</summary>
    /// <exception cref="ClusterWaitException">It did not come in time.</exception>
    public async Task<ClusterNode> WaitAsync(string what, TimeSpan limit, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var status = await bench.Cluster.WaitForAsync(what, LooksWell, limit - clock.Elapsed, cancellationToken);
            var promoted = bench.Cluster.Node(status.PromotedNode(BenchCluster.Clone)!);
            var looks = await Task.WhenAll(Present.Select(node => IsRightAsync(node, node == promoted, cancellationToken)));
            if (looks.All(right => right))
            {
                return promoted;
            }

            if (clock.Elapsed > limit)
            {
                // Asks once more for what it cannot get, for the message with the status.
                await bench.Cluster.WaitForAsync($"{what}: all servers active or following", _ => false, TimeSpan.Zero, cancellationToken);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private IEnumerable<ClusterNode> Present => bench.Cluster.Nodes.Where(node => node.Name != expectation.Absent);

    private bool LooksWell(ClusterStatus status) =>
        status.PromotedNode(BenchCluster.Clone) is { } promoted
        && status.NodeOf(BenchCluster.AddressResource) == promoted
        && promoted != expectation.Absent
        && promoted != expectation.NotPromoted
        && status
            .NodesInRole(BenchCluster.Clone, ResourceRole.Unpromoted)
            .Order()
            .SequenceEqual(Present.Select(node => node.Name).Where(name => name != promoted).Order())
        && status.Instances(BenchCluster.Resource).All(instance => !instance.Blocked && instance.Pending is null or "Monitoring")
        && Present.All(node => status.PromotionScore(BenchCluster.Resource, node.Name) > 0);

    private async Task<bool> IsRightAsync(ClusterNode node, bool promoted, CancellationToken cancellationToken)
    {
        ExecResult result;
        try
        {
            result = await node.ExecAsync(["sh", "-s"], LookLimit, standardInput: Look, cancellationToken: cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }

        return result.Stdout.Split(Separator) is [var northbound, var southbound, var northd]
            && IsRight(northbound, OvnDatabase.Northbound, promoted)
            && IsRight(southbound, OvnDatabase.Southbound, promoted)
            && northd.Trim().Length > 0 == (promoted && bench.Shape.Northd);
    }

    private static bool IsRight(string said, OvnDatabase database, bool promoted)
    {
        var status = SyncStatus.Parse(said).For(database.Name);
        return promoted ? status.Role == SyncRole.Active : status is { Role: SyncRole.Backup, Replication: Replication.Replicating };
    }
}
