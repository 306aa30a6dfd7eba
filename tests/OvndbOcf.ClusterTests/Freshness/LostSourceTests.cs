using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>Backups that replicate through the virtual address, as where the nodes have no address in its network.</summary>
public abstract class LostSourceTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private static readonly TimeSpan ReturnOfServerLimit = TimeSpan.FromSeconds(20);

    [Fact(Timeout = 400_000)]
    public async Task A_server_of_a_backup_that_was_restarted_with_its_first_source_follows_the_virtual_address_again()
    {
        await BeginAsync(TestContext.Current.CancellationToken);
        try
        {
            await ReplicateFromAsync("master_ip");
            var view = await HoldAsync("replication through the virtual address", ReturnLimit, also: AllCurrent);
            var backup = Backup(view);
            var killed = view[backup.Name].Southbound;
            Assert.Equal(Shape.Remote(OvnDatabase.Southbound), killed.Status.Remote);

            // Its own monitor process starts it again, as it was started at first.
            await SignalAsync(backup, "SEGV", killed.Pid);
            var after = await HoldAsync(
                "SIGSEGV of a backup's SB server", ReturnOfServerLimit, also: now => now[backup.Name].Southbound.Process == killed.Process ? "it is the same server" : AllCurrent(now));
            Assert.Equal(Promoted(view), Promoted(after));
        }
        finally
        {
            await ReplicateFromAsync("");
        }

        await HoldAsync("replication from the nodes' own addresses", ReturnLimit, also: AllCurrent);
    }

    /// <summary>Restarts all instances.</summary>
    private async Task ReplicateFromAsync(string source)
    {
        await PcsAsync("resource", "update", Shape.Resource, $"replicate_from={source}");
        await Cluster.WaitForIdleAsync(ReturnLimit, Cancellation);
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormLostSourceTests(BookwormFreshnessCluster lifecycle) : LostSourceTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
public sealed class TrixieLostSourceTests(TrixieFreshnessCluster lifecycle) : LostSourceTests(lifecycle);
