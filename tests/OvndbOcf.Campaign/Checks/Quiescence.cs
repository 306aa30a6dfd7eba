using System.Diagnostics;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Observation;

namespace OvndbOcf.Campaign.Checks;

/// <summary>How a wait for a whole cluster ended.</summary>
/// <param name="Problems">What was still wrong at the end; empty if nothing.</param>
/// <param name="View">The last that was seen; null if nothing could be seen.</param>
internal sealed record QuiescenceResult(IReadOnlyList<string> Problems, ClusterView? View)
{
    /// <summary>Whether everything is as it should be.</summary>
    public bool IsWhole => Problems.Count == 0;
}

/// <summary>Waits until nothing of a fault is left.</summary>
internal sealed class Quiescence(CampaignCluster campaign, RowLedger ledger)
{
    private const int Infinity = 1_000_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Waits until the invariants hold.</summary>
    /// <param name="limit">How long at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<QuiescenceResult> WaitAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var result = await LookAsync(cancellationToken);
            if (result.IsWhole || clock.Elapsed > limit)
            {
                return result;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task<QuiescenceResult> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RoleLogs.StartAsync(campaign.Cluster, cancellationToken);
            var nodes = Task.WhenAll(
                campaign.Cluster.Nodes.Select(node => NodeObserver.ObserveAsync(node, campaign.Shape, cancellationToken))
            );
            var status = await campaign.Cluster.GetStatusAsync(cancellationToken);
            var view = new ClusterView(status, await nodes);
            List<string> problems =
            [
                .. InvariantRules.Problems(view, campaign.Shape, [], ledger),
                .. status
                    .Resources.Where(instance => instance.Blocked || !instance.Managed)
                    .Select(instance => $"{instance.Id} on {instance.Node ?? "no node"} is blocked or unmanaged"),
                .. status
                    .Histories.Where(history => history.FailCount >= Infinity)
                    .Select(history => $"{history.Resource} may not run on {history.Node} any more: its fail-count is INFINITY"),
            ];
            return new QuiescenceResult(problems, view);
        }
        catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or ExecException)
        {
            return new QuiescenceResult([failure.Message], null);
        }
    }
}
