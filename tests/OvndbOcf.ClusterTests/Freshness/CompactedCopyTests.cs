using System.Globalization;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>When a file was last written to says nothing of what is in it: compaction and schema conversion write without new data.</summary>
public abstract class CompactedCopyTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    [Fact(Timeout = 400_000)]
    public async Task Rows_of_a_backup_are_set_aside_though_the_older_copy_that_a_person_promoted_was_written_to_later()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var (older, newer) = (backups[0], backups[1]);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await StandbyAsync(older);
        await WriteAsync(20);
        await HoldAsync($"{older.Name} in standby", FailoverLimit, absent: [older.Name]);
        await StandbyAsync(newer);
        var number = (await RecordAsync(active)).Marker.Number;
        await active.PowerOffAsync(Cancellation);
        await older.ExecCheckedAsync(["pcs", "node", "unstandby", older.Name], cancellationToken: Cancellation);
        await Cluster.WaitForAsync(
            $"a refused copy on {older.Name}",
            status => status.PromotionScore(Shape.Resource, older.Name) < 0,
            FailoverLimit,
            Cancellation
        );
        foreach (var server in new[] { "ovnnb_db", "ovnsb_db" })
        {
            await older.ExecCheckedAsync(
                ["ovs-appctl", "-t", $"{Shape.RunDirectory}/{server}.ctl", "ovsdb-server/compact"],
                cancellationToken: Cancellation
            );
        }

        var lost = Databases.ToDictionary(database => database, database => Ledger.MissingIn(database, new HashSet<string>()));
        foreach (var (database, rows) in lost)
        {
            Ledger.Forget(database, rows);
        }

        await older.ExecCheckedAsync(
            [
                "attrd_updater",
                "-n",
                $"allow-outdated-{Shape.Resource}",
                "-U",
                number.ToString(CultureInfo.InvariantCulture),
                "-N",
                older.Name,
            ],
            cancellationToken: Cancellation
        );
        await HoldAsync("the loss is accepted", ReturnLimit, absent: [active.Name, newer.Name]);
        await older.ExecCheckedAsync(["pcs", "node", "unstandby", newer.Name], cancellationToken: Cancellation);
        var after = await HoldAsync($"return of {newer.Name}", ReturnLimit, absent: [active.Name]);
        Assert.Equal(older.Name, Promoted(after));
        await active.PowerOnAsync(Cancellation);
        await HoldAsync($"return of {active.Name}", ReturnLimit, also: AllCurrent);

        var files = await log.SetAsideAsync(newer, Cancellation);
        foreach (var (database, rows) in lost)
        {
            var missing = rows.Except(await RowReader.ReadLocalNamesAsync(database, older, Cancellation)).ToList();
            Assert.NotEmpty(missing);
            Assert.Contains(database, files.Select(DatabaseOf));
            Assert.Empty(missing.Except(await RowsOfFileAsync(newer, files.Single(file => DatabaseOf(file) == database))));
        }
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormCompactedCopyTests(BookwormFreshnessCluster lifecycle) : CompactedCopyTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieCompactedCopyTests(TrixieFreshnessCluster lifecycle) : CompactedCopyTests(lifecycle);
