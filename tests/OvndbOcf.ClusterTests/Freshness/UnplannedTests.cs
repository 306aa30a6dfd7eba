using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

public abstract class UnplannedTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    /// <summary>Replication takes milliseconds: what was acknowledged that long before a crash is on the backups.</summary>
    private static readonly TimeSpan Replicated = TimeSpan.FromSeconds(1);

    [Fact(Timeout = 400_000)]
    public Task Whenever_the_active_servers_crash_somebody_takes_over_with_every_replicated_row() =>
        RepeatAsync(
            8,
            (view, active) => SignalAsync(active, "KILL", view[active.Name].Northbound.Pid, view[active.Name].Southbound.Pid),
            "NB and SB databases are demoted",
            TestContext.Current.CancellationToken
        );

    [Fact(Timeout = 600_000)]
    public Task Whenever_the_active_node_loses_power_another_takes_over_with_every_replicated_row() =>
        RepeatAsync(7, (_, active) => active.PowerOffAsync(Cancellation), ends: null, TestContext.Current.CancellationToken);

    private async Task RepeatAsync(
        int times,
        Func<ClusterView, ClusterNode, Task> failAsync,
        string? ends,
        CancellationToken cancellationToken
    )
    {
        var (view, active, _) = await BeginAsync(cancellationToken);
        for (var i = 1; i <= times; i++)
        {
            var number = (await RecordAsync(active)).Marker.Number;
            await using var northbound = Client(OvnDatabase.Northbound, 25);
            await using var southbound = Client(OvnDatabase.Southbound, 50);
            await WaitForWritesAsync(northbound, 40);
            await WaitForWritesAsync(southbound, 20);
            var (northboundFault, southboundFault) = (northbound.Elapsed, southbound.Elapsed);
            await failAsync(view, active);

            // From a client's point of view: somebody serves again.
            await WaitForWritesAsync(northbound, 10);
            await WaitForWritesAsync(southbound, 10);
            Note(OvnDatabase.Northbound, await northbound.StopAsync(), northboundFault);
            Note(OvnDatabase.Southbound, await southbound.StopAsync(), southboundFault);
            await active.PowerOnAsync(Cancellation);
            view = await HoldAsync($"failure {i} of the active, {active.Name}", ReturnLimit, also: SomeCurrent);
            active = Cluster.Node(Promoted(view));
            Assert.True((await RecordAsync(active)).Marker.Number > number, "nobody was promoted");
            await HasStoryAsync(active, ends);
        }
    }

    /// <summary>Notes what has to be there: rows that were replicated before the fault, and what the new active server acknowledged.</summary>
    private void Note(OvnDatabase database, WriterReport report, TimeSpan fault)
    {
        var outage = report.LongestGapAfter(fault)!;
        Tell($"{database}: outage {outage.Length.TotalSeconds:0.00} s");
        Ledger.Add(database, report.Acknowledged.Where(write => write.At < fault - Replicated || write.At >= outage.From + outage.Length));
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormUnplannedTests(BookwormFreshnessCluster lifecycle) : UnplannedTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieUnplannedTests(TrixieFreshnessCluster lifecycle) : UnplannedTests(lifecycle);
