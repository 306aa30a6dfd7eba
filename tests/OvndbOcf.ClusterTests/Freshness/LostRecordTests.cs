using System.Xml.Linq;
using System.Xml.XPath;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>The cluster's record of promotions is lost: automation replaces the whole configuration by its own, or the cluster is built anew around the files.</summary>
public abstract class LostRecordTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private const string Preference = "prefer-stale";
    private const string OwnSet = $"//cluster_property_set[@id='{RecordedPromotion.PropertySet}']";

    [Fact(Timeout = 400_000)]
    public async Task A_configuration_that_is_pushed_without_the_record_lets_no_copy_be_promoted_that_was_away()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var (fresh, stale) = (backups[0], backups[1]);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await stale.ShutDownAsync(Cancellation);
        await MarkedAsync(active, stale);
        await WriteAsync(30);
        await HoldAsync($"{stale.Name} is away", FailoverLimit, absent: [stale.Name]);

        var configuration = XElement.Parse(
            (await active.ExecCheckedAsync(["cibadmin", "--query", "--scope=configuration"], cancellationToken: Cancellation)).Stdout
        );
        configuration.XPathSelectElement(OwnSet)!.Remove();
        await active.ExecCheckedAsync(
            ["cibadmin", "--replace", "--scope=configuration", "--xml-pipe"],
            standardInput: configuration.ToString(),
            cancellationToken: Cancellation
        );
        await UntilAsync(
            "the record with what was in it",
            NoticeLimit,
            async () =>
                await FindRecordAsync(active) is not { } record ? "there is none"
                : record.Outdated is [var only] && only == stale.Name ? null
                : $"{stale.Name} is not outdated, or not alone: {record}"
        );

        // All that is left when power fails.
        await UntilAsync(
            $"the record on the disk of {fresh.Name}",
            NoticeLimit,
            async () =>
                await RecordedPromotion.FindOnDiskAsync(fresh, Shape.Resource, Cancellation) is { } record
                && record.Outdated.Contains(stale.Name)
                    ? null
                    : "it is not there"
        );
        await LoseAllButStaleAsync(log, active, fresh, [stale, fresh]);
    }

    [Fact(Timeout = 400_000)]
    public async Task Without_a_record_the_copies_that_hold_the_closing_marker_are_promoted_before_the_one_that_was_away()
    {
        var (_, _, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var stale = backups[0];
        await StandbyAsync(stale);
        await WriteAsync(30);
        await HoldAsync($"{stale.Name} in standby", FailoverLimit, absent: [stale.Name]);
        try
        {
            await PcsAsync("resource", "disable", Shape.CloneId, "--wait=60");
            await Cluster
                .Nodes[0]
                .ExecCheckedAsync(["cibadmin", "--delete", "--force", "--xpath", OwnSet], cancellationToken: Cancellation);
            await PreferAsync(stale);
            await PcsAsync("node", "unstandby", stale.Name);
            await PcsAsync("resource", "enable", Shape.CloneId);
            await Cluster.WaitForAsync(
                "somebody promoted",
                status => status.PromotedNode(Shape.CloneId) is not null,
                FailoverLimit,
                Cancellation
            );

            // A promotion that gave way to a better copy may be among the failures.
            await Cluster.Nodes[0].ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: Cancellation);
            var after = await HoldAsync("a cluster that was built anew", FailoverLimit, also: AllCurrent);
            Assert.NotEqual(stale.Name, Promoted(after));
        }
        finally
        {
            await Cluster
                .Nodes[0]
                .ExecAsync(
                    ["cibadmin", "--delete", "--scope=constraints", "--xml-text", $"<rsc_location id=\"{Preference}\"/>"],
                    cancellationToken: CancellationToken.None
                );
            await PcsAsync("resource", "enable", Shape.CloneId);
        }
    }

    /// <summary>Decides where the copies' scores are the same, and nothing else: copies that differ have scores that differ by more.</summary>
    private Task<ExecResult> PreferAsync(ClusterNode node) =>
        Cluster
            .Nodes[0]
            .ExecCheckedAsync(
                [
                    "cibadmin",
                    "--create",
                    "--scope=constraints",
                    "--xml-text",
                    $"<rsc_location id=\"{Preference}\" rsc=\"{Shape.CloneId}\" role=\"Promoted\" node=\"{node.Name}\" score=\"1\"/>",
                ],
                cancellationToken: Cancellation
            );
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormLostRecordTests(BookwormFreshnessCluster lifecycle) : LostRecordTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(Support.TestLength.Name, Support.TestLength.Long)]
public sealed class TrixieLostRecordTests(TrixieFreshnessCluster lifecycle) : LostRecordTests(lifecycle);
