using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>A node gets another name: what is on record of its copy has to hold of it by that name, too.</summary>
public abstract class RenamedNodeTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    [Fact(Timeout = 500_000)]
    public async Task A_copy_that_lacks_rows_is_not_promoted_because_its_node_has_another_name()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var stale = backups[0];
        var former = stale.Name;
        await StandbyAsync(stale);
        await HoldAsync($"{former} is away", FailoverLimit, absent: [former]);
        await WriteAsync(30);
        await MarkedAsync(active, stale);
        await stale.ShutDownAsync(Cancellation);
        await active.PowerOffAsync(Cancellation);

        // The worst moment: nobody is there who could say what it lacks.
        await Cluster.RenameNodeAsync(stale, "renamed", Cancellation);
        await RunsPacemakerAsync(stale);
        await stale.ExecCheckedAsync(["pcs", "node", "unstandby", "--all"], cancellationToken: Cancellation);
        await UntilAsync(
            "a refusal",
            ReturnLimit,
            async () =>
                await stale.GetClusterStatusAsync(Cancellation) is var status
                && status.PromotedNode(Shape.CloneId) is null
                && status.PromotionScore(Shape.Resource, stale.Name) == -1_000_000
                    ? null
                    : $"promoted: {status.PromotedNode(Shape.CloneId) ?? "nobody"}, score {status.PromotionScore(Shape.Resource, stale.Name)}"
        );
        await StaysAsync(
            "nobody is promoted",
            TimeSpan.FromSeconds(10),
            async () =>
                (await stale.GetClusterStatusAsync(Cancellation)).NodesInRole(Shape.CloneId, ResourceRole.Promoted) is [var promoted, ..]
                    ? $"{promoted} is promoted"
                    : null
        );
        Tell((await stale.ExecAsync(["ovndbctl", "why"], cancellationToken: Cancellation)).Output);

        await active.PowerOnAsync(Cancellation);
        await HoldAsync($"return of {active.Name}", ReturnLimit, also: AllCurrent);
        await active.ExecCheckedAsync(["crm_node", "--force", "--remove", former], cancellationToken: Cancellation);

        // By its new name it has everything, and is one of them.
        await PcsAsync("resource", "move", Shape.CloneId, stale.Name, "--promoted");
        await HoldAsync("moved", FailoverLimit, also: view => Promoted(view) == stale.Name ? AllCurrent(view) : "not moved yet");
        await PcsAsync("resource", "clear", Shape.CloneId);
    }

    [Fact(Timeout = 500_000)]
    public async Task The_promoted_node_is_renamed_and_its_copy_counts_as_before()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        await using var writer = Client(OvnDatabase.Northbound, 25);
        await WaitForWritesAsync(writer, 40);
        var begin = writer.Elapsed;
        await Cluster.RenameNodeAsync(active, "another", Cancellation);
        var view = await HoldAsync("renamed", ReturnLimit, also: AllCurrent);
        Assert.Equal(backups[0].Name, Promoted(view));
        await WaitForWritesAsync(writer, 10);
        var report = await writer.StopAsync();
        Tell($"{report.Acknowledged.Count} rows, longest time without writes {report.LongestGapAfter(begin)!.Length.TotalSeconds:0.00} s");
        Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
        await HoldAsync("all rows are there", ReturnLimit, also: AllCurrent);
    }
}

[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class BookwormRenamedNodeTests(BookwormPairCluster lifecycle)
    : RenamedNodeTests(lifecycle),
        IClassFixture<BookwormPairCluster>;
