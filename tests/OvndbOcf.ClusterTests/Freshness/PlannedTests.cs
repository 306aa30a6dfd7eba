using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

public abstract class PlannedTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private const int Switchovers = 15;

    /// <summary>4 ms and the answer make about 200 writes a second on a machine that is not busy with much else.</summary>
    private const double Pause = 4;

    [Fact(Timeout = 600_000)]
    public async Task Planned_switchovers_under_load_lose_no_acknowledged_row()
    {
        var (view, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        var first = (await RecordAsync(active)).Marker.Number;
        for (var i = 0; i < Switchovers; i++)
        {
            await using var northbound = Client(OvnDatabase.Northbound, Pause);
            await using var southbound = Client(OvnDatabase.Southbound, 10 * Pause);
            await WaitForWritesAsync(northbound, 100);
            var rate = northbound.Count / northbound.Elapsed.TotalSeconds;
            await SwitchOverAsync(i % 3, active, Current(view).First());
            await WaitForWritesAsync(northbound, 50);
            await WaitForWritesAsync(southbound, 5);
            Ledger.Add(OvnDatabase.Southbound, (await southbound.StopAsync()).Acknowledged);
            var report = await northbound.StopAsync();
            Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
            view = await HoldAsync($"switchover {i + 1}", ReturnLimit, also: SomeCurrent);
            Assert.NotEqual(active.Name, Promoted(view));
            active = Cluster.Node(Promoted(view));
            Tell(
                $"to {active.Name}: {report.Acknowledged.Count} rows, {rate:0} a second, outage {report.LongestGap.Length.TotalSeconds:0.00} s"
            );
            await HasStoryAsync(active, "closed, nothing was written after the closing marker");
            Assert.True((await RecordAsync(active)).Complete, "the record does not say that the copy was complete");
            await PruneAsync(active);
        }

        var promotions = await log.PromotionsAsync(Cancellation);
        Assert.Equal(Enumerable.Range(1, Switchovers).Select(i => first + i), promotions.Select(promotion => promotion.Number));
        Assert.All(promotions, promotion => Assert.True(promotion.IsComplete, $"promotion {promotion.Number}: {promotion.Words}"));
    }

    private async Task SwitchOverAsync(int way, ClusterNode active, ClusterNode target)
    {
        switch (way)
        {
            case 0:
                // Sets a constraint, waits until the promotion has moved, and removes the constraint again.
                await PcsAsync("resource", "move", Shape.CloneId, target.Name, "--promoted");
                break;

            case 1:
                await PcsAsync("resource", "ban", Shape.CloneId, active.Name, "--promoted");
                await LeavesAsync(active);
                await PcsAsync("resource", "clear", Shape.CloneId);
                break;

            default:
                await PcsAsync("node", "standby", active.Name);
                await LeavesAsync(active);
                await PcsAsync("node", "unstandby", active.Name);
                break;
        }
    }

    private async Task LeavesAsync(ClusterNode active) =>
        await Cluster.WaitForAsync(
            $"a promoted instance elsewhere than on {active.Name}",
            status =>
                status.PromotedNode(Shape.CloneId) is { } promoted
                && promoted != active.Name
                && status.NodeOf(Shape.AddressResource!) == promoted,
            FailoverLimit,
            Cancellation
        );
}

[Collection(typeof(BookwormFreshness))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class BookwormPlannedTests(BookwormFreshnessCluster lifecycle) : PlannedTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
public sealed class TrixiePlannedTests(TrixieFreshnessCluster lifecycle) : PlannedTests(lifecycle);
