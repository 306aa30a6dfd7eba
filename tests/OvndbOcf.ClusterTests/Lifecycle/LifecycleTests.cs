using System.Globalization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>
/// What all lifecycle tests do. Each begins with the invariants, which includes that every acknowledged row is in every copy: replication is
/// asynchronous, and a crash may only lose what had not been copied.
/// </summary>
public abstract class LifecycleTests(LifecycleCluster lifecycle)
{
    /// <summary>How long a failover may take, from the fault to the proof that everything is in order again.</summary>
    protected static readonly TimeSpan FailoverLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    /// <summary>The cluster.</summary>
    protected Cluster Cluster => lifecycle.Cluster;

    /// <summary>What its servers acknowledged.</summary>
    protected RowLedger Ledger => lifecycle.Ledger;

    /// <summary>The cluster just after the creation.</summary>
    protected ClusterView Created => lifecycle.Created;

    /// <summary>What the agents of all nodes logged until then.</summary>
    protected IReadOnlyList<string> CreationLog => lifecycle.CreationLog;

    /// <summary>How the databases are configured.</summary>
    protected ClusterShape Shape => lifecycle.Shape;

    /// <summary>The running test's token.</summary>
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Waits for the invariants before a fault; returns the cluster and its promoted node.</summary>
    protected async Task<(ClusterView View, ClusterNode Active)> ReadyAsync(CancellationToken cancellationToken)
    {
        await TidyAsync(cancellationToken);
        var view = await HoldAsync("before", ReadyLimit, also: NotPromotable);
        return (view, Cluster.Node(Promoted(view)));
    }

    /// <summary>A backup that has just come back counts from its next monitor on.</summary>
    protected string? NotPromotable(ClusterView view) =>
        view
            .Nodes.Where(node => view.Status.PromotionScore(Shape.Resource, node.Name) is not (5 or 10))
            .Select(node => $"{node.Name} is not promotable yet")
            .FirstOrDefault();

    /// <summary>After a test that failed: what it left is not what the next one is about.</summary>
    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Cluster.Nodes.Select(node => node.PowerOnAsync(cancellationToken)));
        var status = await Cluster.WaitForNodesAsync(ReadyLimit, cancellationToken);
        if (status.Nodes.Any(node => node.Standby))
        {
            await PcsAsync("node", "unstandby", "--all");
        }

        if (InvariantRules.Unforgivable(status, Shape).Any())
        {
            await Cluster.Nodes[0].ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: cancellationToken);
        }

        await Cluster
            .Nodes[0]
            .ExecCheckedAsync(["crm_resource", "--clear", "--resource", Shape.CloneId], cancellationToken: cancellationToken);
    }

    /// <summary>Waits for the invariants after a fault.</summary>
    protected Task<ClusterView> HoldAsync(
        string occasion,
        TimeSpan within,
        IReadOnlyCollection<string>? absent = null,
        Func<ClusterView, string?>? also = null
    ) => lifecycle.Invariants(Shape).HoldAsync(occasion, within, absent, also);

    /// <summary>Looks once.</summary>
    protected Task<ClusterView> ObserveAsync() => lifecycle.Invariants(Shape).ObserveAsync(Cancellation);

    /// <summary>The promoted node of a cluster for which the invariants hold.</summary>
    protected string Promoted(ClusterView view) => view.Status.PromotedNode(Shape.CloneId)!;

    /// <summary>The node that comes first among the unpromoted ones.</summary>
    protected ClusterNode Backup(ClusterView view) => Cluster.Nodes.First(node => node.Name != Promoted(view));

    /// <summary>Sends a signal to processes of a node at the same time.</summary>
    protected static Task SignalAsync(ClusterNode node, string signal, params IEnumerable<int> pids) =>
        node.ExecCheckedAsync(
            ["kill", "-s", signal, .. pids.Select(pid => pid.ToString(CultureInfo.InvariantCulture))],
            cancellationToken: Cancellation
        );

    /// <summary>Runs pcs on the first node that is on.</summary>
    protected Task PcsAsync(params IEnumerable<string> arguments) =>
        Cluster.Nodes[0].ExecCheckedAsync(["pcs", .. arguments], cancellationToken: Cancellation);

    /// <summary>Fails unless these processes of a node are the same as before.</summary>
    protected static void AssertUntouched(ClusterView before, ClusterView after, string node)
    {
        Assert.Equal(before[node].Northbound.Process, after[node].Northbound.Process);
        Assert.Equal(before[node].Southbound.Process, after[node].Southbound.Process);
    }

    /// <summary>The last result of each recurring monitor of the instance on a node.</summary>
    protected IEnumerable<OperationResult> Monitors(ClusterStatus status, string node) =>
        status
            .Histories.Where(history => history.Resource == Shape.Resource && history.Node == node)
            .SelectMany(history => history.Operations)
            .Where(operation => operation.Task == "monitor" && operation.Interval > TimeSpan.Zero);
}
