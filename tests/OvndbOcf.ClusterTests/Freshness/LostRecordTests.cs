using System.Xml.Linq;
using System.Xml.XPath;
using OvndbOcf.ClusterTests.Lifecycle;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>The cluster's record of promotions is lost: automation replaces the whole configuration by its own, or the cluster is built anew around the files.</summary>
public abstract class LostRecordTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
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

        var configuration = XElement.Parse((await active.ExecCheckedAsync(["cibadmin", "--query", "--scope=configuration"], cancellationToken: Cancellation)).Stdout);
        configuration.XPathSelectElement(OwnSet)!.Remove();
        await active.ExecCheckedAsync(
            ["cibadmin", "--replace", "--scope=configuration", "--xml-pipe"], standardInput: configuration.ToString(), cancellationToken: Cancellation);
        await UntilAsync("the record with what was in it", NoticeLimit, async () => await FindRecordAsync(active) is not { } record ? "there is none"
            : record.Outdated is [var only] && only == stale.Name ? null : $"{stale.Name} is not outdated, or not alone: {record}");
        await LoseAllButStaleAsync(log, active, fresh, [stale, fresh]);
    }

    [Fact(Timeout = 400_000)]
    public async Task Without_a_record_the_copies_that_hold_the_closing_marker_are_promoted_before_the_one_that_was_away()
    {
        // What Pacemaker prefers where all scores are the same.
        var preferred = Cluster.Nodes[1];
        var (_, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        if (active == preferred)
        {
            await PcsAsync("resource", "move", Shape.CloneId, Cluster.Nodes[0].Name, "--promoted");
            await HoldAsync("move", FailoverLimit, also: view => Promoted(view) == preferred.Name ? "the move has not ended" : AllCurrent(view));
        }

        await StandbyAsync(preferred);
        await WriteAsync(30);
        await HoldAsync($"{preferred.Name} in standby", FailoverLimit, absent: [preferred.Name]);
        try
        {
            await PcsAsync("resource", "disable", Shape.CloneId, "--wait=60");
            await Cluster.Nodes[0].ExecCheckedAsync(["cibadmin", "--delete", "--force", "--xpath", OwnSet], cancellationToken: Cancellation);
            await PcsAsync("node", "unstandby", preferred.Name);
        }
        finally
        {
            await PcsAsync("resource", "enable", Shape.CloneId);
        }

        // One promotion that gave way to a better copy may be among the failures.
        await Cluster.WaitForAsync("somebody promoted", status => status.PromotedNode(Shape.CloneId) is not null, FailoverLimit, Cancellation);
        await Cluster.Nodes[0].ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: Cancellation);
        var after = await HoldAsync("a cluster that was built anew", FailoverLimit, also: AllCurrent);
        Assert.NotEqual(preferred.Name, Promoted(after));
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormLostRecordTests(BookwormFreshnessCluster lifecycle) : LostRecordTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
public sealed class TrixieLostRecordTests(TrixieFreshnessCluster lifecycle) : LostRecordTests(lifecycle);
