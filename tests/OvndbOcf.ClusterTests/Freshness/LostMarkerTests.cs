using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>Somebody changes the active servers' data so that the marker of the promotion is gone, or an older one is there.</summary>
public abstract class LostMarkerTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    [Fact(Timeout = 300_000)]
    public async Task A_marker_that_somebody_removed_is_written_again_and_a_crash_is_recovered_from()
    {
        var (_, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        await WriteAsync(10);
        await active.ExecCheckedAsync(
            ["ovn-nbctl", "--timeout=10", "clear", "NB_Global", ".", "external_ids"],
            cancellationToken: Cancellation
        );
        await active.ExecCheckedAsync(
            ["ovn-sbctl", "--timeout=10", "clear", "SB_Global", ".", "external_ids"],
            cancellationToken: Cancellation
        );
        await MarkedAgainAsync(active);
    }

    [Fact(Timeout = 300_000)]
    public async Task Databases_that_were_restored_from_a_backup_of_an_earlier_promotion_are_marked_again_and_a_crash_is_recovered_from()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        await WriteAsync(10);
        foreach (var database in Databases)
        {
            var copy = (
                await active.ExecCheckedAsync(
                    ["ovsdb-client", "--timeout=20", "backup", $"unix:{database.Socket}", database.Name],
                    cancellationToken: Cancellation
                )
            ).Stdout;
            await backups[0].WriteFileAsync(BackupOf(database), copy, cancellationToken: Cancellation);
        }

        await PcsAsync("resource", "move", Shape.CloneId, backups[0].Name, "--promoted");
        await HoldAsync(
            "move",
            FailoverLimit,
            also: view => Promoted(view) == backups[0].Name ? AllCurrent(view) : "the move has not ended"
        );
        foreach (var database in Databases)
        {
            await backups[0]
                .ExecCheckedAsync(
                    ["sh", "-c", $"ovsdb-client --timeout=20 restore unix:{database.Socket} {database.Name} < {BackupOf(database)}"],
                    cancellationToken: Cancellation
                );

            // What was written since is gone, as whoever restores wants it to be.
            Ledger.Forget(database, Ledger.MissingIn(database, await RowReader.ReadLocalNamesAsync(database, backups[0], Cancellation)));
        }

        await MarkedAgainAsync(backups[0]);
    }

    private static string BackupOf(OvnDatabase database) => $"/root/{database.Name}.backup";

    private async Task MarkedAgainAsync(ClusterNode active)
    {
        try
        {
            await UntilAsync("markers that agree with the record", NoticeLimit, () => DisagreementAsync(active));
        }
        finally
        {
            await MarkByHandAsync(active);
        }

        var view = await HoldAsync("markers again", NoticeLimit, also: AllCurrent);
        Assert.Equal(active.Name, Promoted(view));
        var killed = view[active.Name].Northbound;
        await SignalAsync(active, "KILL", killed.Pid);
        await HoldAsync(
            "crash after that",
            FailoverLimit,
            also: after => after[active.Name].Northbound.Process == killed.Process ? "it is the same server" : AllCurrent(after)
        );
    }

    /// <summary>After a test that failed: without a marker nobody may be promoted in later tests.</summary>
    private async Task MarkByHandAsync(ClusterNode active)
    {
        if (await DisagreementAsync(active) is not null && await FindRecordAsync(active) is { } record)
        {
            await active.ExecAsync(
                ["ovn-nbctl", "--timeout=10", "set", "NB_Global", ".", $"external_ids:{PromotionMarker.Key}=\"{record.Marker}\""],
                cancellationToken: Cancellation
            );
            await active.ExecAsync(
                ["ovn-sbctl", "--timeout=10", "set", "SB_Global", ".", $"external_ids:{PromotionMarker.Key}=\"{record.Marker}\""],
                cancellationToken: Cancellation
            );
        }
    }

    private async Task<string?> DisagreementAsync(ClusterNode active)
    {
        var record = await FindRecordAsync(active);
        foreach (var database in Databases)
        {
            var result = await active.ExecAsync(
                [
                    "ovsdb-client",
                    "--timeout=10",
                    "--format=csv",
                    "--data=bare",
                    "--no-headings",
                    "dump",
                    $"unix:{database.Socket}",
                    database.Name,
                    DatabaseFiles.GlobalTable(database),
                    "external_ids",
                ],
                cancellationToken: Cancellation
            );
            if (
                record is null
                || record.Marker.Closed
                || !result.Stdout.Contains($"{PromotionMarker.Key}={record.Marker}", StringComparison.Ordinal)
            )
            {
                return $"{database}: {result.Output.Trim()}; on record: {record}";
            }
        }

        return null;
    }
}

[Collection(typeof(BookwormFreshness))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class BookwormLostMarkerTests(BookwormFreshnessCluster lifecycle) : LostMarkerTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
public sealed class TrixieLostMarkerTests(TrixieFreshnessCluster lifecycle) : LostMarkerTests(lifecycle);
