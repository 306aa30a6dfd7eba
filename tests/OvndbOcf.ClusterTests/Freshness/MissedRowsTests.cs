using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

public abstract class MissedRowsTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    [Fact(Timeout = 400_000)]
    public Task A_copy_that_was_shut_down_while_rows_were_written_is_not_promoted_though_it_returns_first() =>
        ReturnAsync((backup, _) => backup.ShutDownAsync(Cancellation), isStaleFirst: true, TestContext.Current.CancellationToken);

    [Fact(Timeout = 400_000)]
    public Task A_copy_that_lost_power_while_rows_were_written_is_not_promoted_though_it_returns_last() =>
        ReturnAsync(LosePowerAsync, isStaleFirst: false, TestContext.Current.CancellationToken);

    /// <summary>A container's processes end before its network does; those of a machine that loses power cannot close a connection any more.</summary>
    private static async Task LosePowerAsync(ClusterNode node, ClusterNode active)
    {
        await DropAsync(node, "dport", active);
        await node.PowerOffAsync(Cancellation);
    }

    private async Task ReturnAsync(
        Func<ClusterNode, ClusterNode, Task> takeAwayAsync,
        bool isStaleFirst,
        CancellationToken cancellationToken
    )
    {
        var (_, active, backups) = await BeginAsync(cancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        var (fresh, stale) = (backups[0], backups[1]);
        await takeAwayAsync(stale, active);
        await Cluster.WaitForAsync(
            $"a cluster without {stale.Name}",
            status => status.Node(stale.Name) is { Online: false },
            FailoverLimit,
            Cancellation
        );
        await MarkedAsync(active, stale);
        await WriteAsync(50);
        await HoldAsync($"{stale.Name} is away", FailoverLimit, absent: [stale.Name]);
        await LoseAllButStaleAsync(log, active, fresh, isStaleFirst ? [stale, fresh] : [fresh, stale]);
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormMissedRowsTests(BookwormFreshnessCluster lifecycle) : MissedRowsTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieMissedRowsTests(TrixieFreshnessCluster lifecycle) : MissedRowsTests(lifecycle);
