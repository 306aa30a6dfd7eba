using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>With a migration threshold of one, Pacemaker gives a node up at its first failure, whatever its copy holds.</summary>
public abstract class MigrationThresholdTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    [Fact(Timeout = 300_000)]
    public async Task A_start_warns_of_a_migration_threshold_of_one()
    {
        var (_, _, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        try
        {
            await PcsAsync("resource", "meta", Shape.Resource, "migration-threshold=1");
            await StandbyAsync(backups[0]);
            var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
            await PcsAsync("node", "unstandby", backups[0].Name);
            await HoldAsync("start", FailoverLimit);
            Assert.Contains(
                await log.LinesAsync(backups[0], Cancellation),
                line => line.Contains("WARNING", StringComparison.Ordinal) && line.Contains("migration-threshold", StringComparison.Ordinal)
            );
        }
        finally
        {
            await PcsAsync("resource", "meta", Shape.Resource, "migration-threshold=");
        }
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormMigrationThresholdTests(BookwormFreshnessCluster lifecycle) : MigrationThresholdTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieMigrationThresholdTests(TrixieFreshnessCluster lifecycle) : MigrationThresholdTests(lifecycle);
