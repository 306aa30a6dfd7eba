using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>Somebody runs the promote action of a backup past Pacemaker, which goes on with the active servers that it knows of.</summary>
public abstract class PromotionByHandTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    [Theory(Timeout = 300_000)]
    [InlineData("pcs resource debug-promote RESOURCE")]
    [InlineData("crm_resource --resource RESOURCE --force-promote")]
    public async Task A_backup_is_not_promoted_by_hand_while_another_instance_is_promoted(string command)
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var record = await RecordAsync(active);
        try
        {
            var result = await backups[0]
                .ExecAsync(
                    command.Replace("RESOURCE", Shape.Resource, StringComparison.Ordinal).Split(' '),
                    cancellationToken: Cancellation
                );
            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains(active.Name, result.Output, StringComparison.Ordinal);

            // Until after the next monitors of all instances.
            await StaysAsync(
                "one active node",
                TimeSpan.FromSeconds(5),
                async () =>
                    (await ObserveAsync()).Nodes.FirstOrDefault(node => node.Name != active.Name && IsActive(node)) is { } second
                        ? $"{second.Name} is active, too"
                        : null
            );
            Assert.Equal(record.Marker, (await RecordAsync(active)).Marker);
            var after = await HoldAsync("a promotion by hand", FailoverLimit, also: AllCurrent);
            Assert.Equal(active.Name, Promoted(after));
        }
        finally
        {
            await RestoreRecordAsync(active);
        }
    }

    private static bool IsActive(NodeView node) =>
        node.Northbound.Said.Contains("state: active", StringComparison.Ordinal)
        || node.Southbound.Said.Contains("state: active", StringComparison.Ordinal);

    /// <summary>After a test that failed: what names another node is in the way of later tests; the promoted instance writes a missing record again.</summary>
    private async Task RestoreRecordAsync(ClusterNode active)
    {
        if (await FindRecordAsync(active) is { } record && record.Marker.Node != active.Name)
        {
            await active.ExecCheckedAsync(
                ["cibadmin", "--delete", "--force", "--xpath", $"//cluster_property_set[@id='{RecordedPromotion.PropertySet}']"],
                cancellationToken: CancellationToken.None
            );
        }
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormPromotionByHandTests(BookwormFreshnessCluster lifecycle) : PromotionByHandTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixiePromotionByHandTests(TrixieFreshnessCluster lifecycle) : PromotionByHandTests(lifecycle);
