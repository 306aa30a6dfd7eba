using OvndbOcf.ClusterTests.Lifecycle;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>
/// The closing marker says that nothing was written after it. Where something was, the record of the promotion stays open: the marker in the data alone proves nothing.
/// </summary>
public abstract class ClosedMarkerTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    [Fact(Timeout = 400_000)]
    public async Task A_copy_whose_closing_marker_is_not_on_record_is_not_promoted_in_place_of_one_with_later_rows()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var (fresh, stale) = (backups[0], backups[1]);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await StandbyAsync(stale);
        var marker = (await RecordAsync(active)).Marker;
        Assert.False(marker.Closed);
        foreach (var database in Databases)
        {
            await DatabaseFiles.MarkAsync(stale, database, marker with { Closed = true }, Cancellation);
        }

        await WriteAsync(30);
        await HoldAsync($"{stale.Name} in standby", FailoverLimit, absent: [stale.Name]);

        // Off before it may run again: the active servers would fill its copy.
        await stale.PowerOffAsync(Cancellation);
        await active.ExecCheckedAsync(["pcs", "node", "unstandby", stale.Name], cancellationToken: Cancellation);
        await LoseAllButStaleAsync(log, active, fresh, [stale, fresh]);
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormClosedMarkerTests(BookwormFreshnessCluster lifecycle) : ClosedMarkerTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class TrixieClosedMarkerTests(TrixieFreshnessCluster lifecycle) : ClosedMarkerTests(lifecycle);
