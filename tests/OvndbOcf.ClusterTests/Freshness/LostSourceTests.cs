using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>Backups that replicate through the virtual address, as where the nodes have no address in its network.</summary>
public abstract class LostSourceTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private static readonly TimeSpan FollowingLimit = TimeSpan.FromSeconds(20);

    /// <summary>As after a notification that got lost: the server is where a start without a promoted instance leaves it.</summary>
    [Fact(Timeout = 400_000)]
    public async Task A_server_of_a_backup_that_follows_nobody_follows_the_virtual_address_again()
    {
        await BeginAsync(TestContext.Current.CancellationToken);
        try
        {
            await ReplicateFromAsync("master_ip");
            var view = await HoldAsync("replication through the virtual address", ReturnLimit, also: AllCurrent);
            var backup = Backup(view);
            Assert.Equal(Shape.Remote(OvnDatabase.Southbound), view[backup.Name].Southbound.Status.Remote);
            await LeaveAsync(backup);
            var after = await HoldAsync("a backup without a source", FollowingLimit, also: AllCurrent);
            Assert.Equal(Promoted(view), Promoted(after));
            Assert.Equal(Shape.Remote(OvnDatabase.Southbound), after[backup.Name].Southbound.Status.Remote);
        }
        finally
        {
            await ReplicateFromAsync("");
        }

        await HoldAsync("replication from the nodes' own addresses", ReturnLimit, also: AllCurrent);
    }

    /// <summary>The last of the commands is what makes the switch real from OVS 3.3 on.</summary>
    private async Task LeaveAsync(ClusterNode backup)
    {
        string[][] commands =
        [
            ["set-active-ovsdb-server", "tcp:192.0.2.254:6641"],
            ["connect-active-ovsdb-server"],
            ["set-active-ovsdb-server-probe-interval", "60000"],
        ];
        foreach (var command in commands)
        {
            await backup.ExecCheckedAsync(
                ["ovs-appctl", "-t", $"{Shape.RunDirectory}/ovnsb_db.ctl", $"ovsdb-server/{command[0]}", .. command[1..]],
                cancellationToken: Cancellation
            );
        }
    }

    /// <summary>Restarts all instances.</summary>
    private async Task ReplicateFromAsync(string source)
    {
        await PcsAsync("resource", "update", Shape.Resource, $"replicate_from={source}");
        await Cluster.WaitForIdleAsync(ReturnLimit, Cancellation);
    }
}

[Collection(typeof(BookwormFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormLostSourceTests(BookwormFreshnessCluster lifecycle) : LostSourceTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
public sealed class TrixieLostSourceTests(TrixieFreshnessCluster lifecycle) : LostSourceTests(lifecycle);
