using System.Text.Json;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>
/// Replication that fails while everything else between the nodes works. The kernel of the active node drops what its servers send to a backup.
/// </summary>
public abstract class UnsentRowsTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    [Fact(Timeout = 400_000)]
    public async Task A_backup_that_is_cut_off_from_replication_is_not_promoted_and_catches_up_later()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        var (connected, cut) = (backups[0], backups[1]);
        await DropAsync(active, "sport", cut);
        await WriteAsync(50);
        await UntilAsync(
            "a mark on the copy that is cut off",
            FailoverLimit,
            async () =>
                (await RecordAsync(active)).Outdated is [var only] && only == cut.Name ? null : $"{cut.Name} is not outdated, or not alone"
        );
        await Cluster.WaitForAsync(
            $"no usable score on {cut.Name}",
            status => status.PromotionScore(Shape.Resource, cut.Name) is null or < 0,
            FailoverLimit,
            Cancellation
        );
        await WriteAsync(50);

        // It takes the rules along.
        await active.PowerOffAsync(Cancellation);
        var without = await HoldAsync($"loss of {active.Name}", FailoverLimit, absent: [active.Name]);
        Assert.Equal(connected.Name, Promoted(without));
        await active.PowerOnAsync(Cancellation);
        await HoldAsync("catching up", ReturnLimit, also: AllCurrent);
        Assert.All(await log.PromotionsAsync(Cancellation), promotion => Assert.Equal(connected.Name, promotion.Node));
    }

    [Fact(Timeout = 400_000)]
    public async Task Rows_that_a_lost_active_had_not_sent_are_in_the_files_that_it_sets_aside_when_it_returns()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await WriteAsync(20);
        await HoldAsync("replicated rows", FailoverLimit);
        await Task.WhenAll(backups.Select(backup => DropAsync(active, "sport", backup)));
        var unsent = new Dictionary<OvnDatabase, IReadOnlyList<string>>();
        await using (var northbound = Client(OvnDatabase.Northbound, 25))
        await using (var southbound = Client(OvnDatabase.Southbound, 25))
        {
            await WaitForWritesAsync(northbound, 20);
            await WaitForWritesAsync(southbound, 20);
            await active.PowerOffAsync(Cancellation);
            unsent[OvnDatabase.Northbound] = [.. (await northbound.StopAsync()).Acknowledged.Select(write => write.Name)];
            unsent[OvnDatabase.Southbound] = [.. (await southbound.StopAsync()).Acknowledged.Select(write => write.Name)];
        }

        var without = await HoldAsync($"loss of {active.Name}", FailoverLimit, absent: [active.Name]);
        await active.PowerOnAsync(Cancellation);
        var with = await HoldAsync($"return of {active.Name}", ReturnLimit, also: AllCurrent);
        Assert.Equal(Promoted(without), Promoted(with));
        var files = await log.SetAsideAsync(active, Cancellation);
        Tell($"set aside: {string.Join(' ', files)}");
        Assert.Equal(2, files.Count);
        foreach (var (database, rows) in unsent)
        {
            var saved = await RowsOfFileAsync(active, files.Single(file => DatabaseOf(file) == database));
            var served = await RowReader.ReadLocalNamesAsync(database, Cluster.Node(Promoted(with)), Cancellation);
            Assert.Empty(rows.Intersect(served));
            Assert.Empty(rows.Except(saved));
            Assert.Empty(
                rows.Except(
                    await MissingByOvndbctlAsync(active, database, Path.GetFileName(files.Single(file => DatabaseOf(file) == database)))
                )
            );
            Assert.Equal(
                "600",
                (await active.ExecCheckedAsync(["stat", "--format=%a", files[0]], cancellationToken: Cancellation)).Stdout.Trim()
            );
        }
    }

    // The names of the rows that ovndbctl tells to be in the file alone.
    private static async Task<IReadOnlyList<string>> MissingByOvndbctlAsync(ClusterNode node, OvnDatabase database, string file)
    {
        var listed = await node.ExecCheckedAsync(["ovndbctl", "snapshots", "list"], cancellationToken: Cancellation);
        Assert.Contains($"/{file}\n", listed.Stdout, StringComparison.Ordinal);
        var shown = await node.ExecCheckedAsync(["ovndbctl", "snapshots", "show", file], cancellationToken: Cancellation);
        Assert.Contains(database.Table + " ", shown.Stdout, StringComparison.Ordinal);
        var whole = await node.ExecAsync(["ovndbctl", "snapshots", "diff", file, "--changed"], cancellationToken: Cancellation);
        Tell(whole.Output);
        Assert.True(whole.ExitCode == 1, whole.Output);
        var json = await node.ExecAsync(
            ["ovndbctl", "snapshots", "diff", file, "--table", database.Table, "--output", "json"],
            cancellationToken: Cancellation
        );
        Assert.True(json.ExitCode == 1, json.Output);
        using var document = JsonDocument.Parse(json.Stdout);
        return
        [
            .. document
                .RootElement.GetProperty("tables")[0]
                .GetProperty("missing")
                .EnumerateArray()
                .Select(row => row.GetProperty("name").GetString()!),
        ];
    }
}

[Collection(typeof(BookwormFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormUnsentRowsTests(BookwormFreshnessCluster lifecycle) : UnsentRowsTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
public sealed class TrixieUnsentRowsTests(TrixieFreshnessCluster lifecycle) : UnsentRowsTests(lifecycle);
