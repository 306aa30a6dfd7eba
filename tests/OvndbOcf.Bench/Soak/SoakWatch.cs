using OvndbOcf.Bench.Clusters;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench.Soak;

/// <summary>Looks for what must not happen in a soak.</summary>
/// <param name="cluster">The cluster.</param>
internal sealed class SoakWatch(Cluster cluster)
{
    private const string Log = "/var/log/pacemaker/pacemaker.log";
    private static readonly TimeSpan LookPause = TimeSpan.FromSeconds(10);
    private readonly HashSet<string> failed = [];

    /// <summary>The failed actions that were seen, each once.</summary>
    public IReadOnlyCollection<string> Failed => failed;

    /// <summary>Looks every few seconds until it is told to stop: a failure disappears from the status after its failure-timeout.</summary>
    /// <exception cref="InvalidOperationException">No node tells the status.</exception>
    public async Task LookAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var status = await cluster.GetStatusAsync(CancellationToken.None);
            failed.UnionWith(
                status.FailedActions.Select(action =>
                    $"{action.Operation} on {action.Node}: {action.ExitCode} ({action.ExecutionStatus}) {action.ExitReason}"
                )
            );
            await Task.WhenAny(Task.Delay(LookPause, stopping));
        }
    }

    /// <summary>How many promotions all nodes have carried out since they were started, as Pacemaker's logs tell.</summary>
    public async Task<int> PromotionsAsync(CancellationToken cancellationToken)
    {
        var counts = await Task.WhenAll(
            cluster.Nodes.Select(async node => Count((await node.ReadFileAsync(Log, cancellationToken)).Split('\n')))
        );
        return counts.Sum();
    }

    /// <summary>The results of promote actions in lines of the log; the node itself writes one for each.</summary>
    internal static int Count(IEnumerable<string> lines) =>
        lines.Count(line =>
            line.Contains("pacemaker-controld", StringComparison.Ordinal)
            && line.Contains($"Result of promote operation for {BenchCluster.Resource} ", StringComparison.Ordinal)
        );
}
