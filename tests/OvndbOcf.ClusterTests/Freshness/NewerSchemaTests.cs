using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>OVN is upgraded node by node; here its Northbound schema gets a higher version and one more column.</summary>
public abstract class NewerSchemaTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    [Fact(Timeout = 500_000)]
    public async Task A_cluster_is_upgraded_node_by_node_and_rolled_back_and_keeps_every_row()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        await WriteAsync(20);
        try
        {
            // An upgraded backup follows the older active one, and may be promoted.
            var first = backups[0];
            await UpgradeAsync(first);
            await HoldAsync($"{first.Name} is upgraded", ReturnLimit, also: AllCurrent);

            // Once it is promoted, the others cannot follow it.
            await PcsAsync("resource", "ban", Shape.CloneId, active.Name, "--promoted");
            await PcsAsync("resource", "ban", Shape.CloneId, backups[1].Name, "--promoted");
            ClusterNode[] older = [active, backups[1]];
            await Cluster.WaitForAsync(
                "older schemas to be reported",
                status =>
                    status.PromotedNode(Shape.CloneId) == first.Name
                    && older.All(node =>
                        IsTooOld(status.Attribute(node.Name, $"{Shape.Resource}-copy"))
                        && status.PromotionScore(Shape.Resource, node.Name) is null or < 0
                    ),
                FailoverLimit,
                Cancellation
            );
            await PcsAsync("resource", "clear", Shape.CloneId);
            await WriteAsync(20);
            var mixed = await ObserveAsync();
            Assert.All(older, node => AssertKept(mixed[node.Name]));

            foreach (var node in older)
            {
                await UpgradeAsync(node);
            }

            var all = await HoldAsync("all are upgraded", ReturnLimit, also: AllCurrent);
            Assert.Equal(first.Name, Promoted(all));
            await RollBackAsync();
        }
        catch
        {
            await BeginAnewAsync();
            throw;
        }
    }

    private static bool IsTooOld(string? copy) =>
        copy is not null
        && copy.StartsWith("SchemaTooOld ", StringComparison.Ordinal)
        && copy.Contains($"the active server {NewerSchema.Version}; upgrade OVN here", StringComparison.Ordinal);

    private static void AssertKept(NodeView node)
    {
        Assert.NotEqual("state: active", node.Northbound.Said);
        Assert.NotEqual("state: active", node.Southbound.Said);
        Assert.NotNull(node.Northbound.Rows);
        Assert.True(node.Northbound.Rows.Count >= 20, $"{node.Northbound.Rows.Count} rows in NB on {node.Name}");
    }

    private async Task UpgradeAsync(ClusterNode node)
    {
        await StandbyAsync(node);
        await NewerSchema.InstallAsync(node, OvnDatabase.Northbound, Cancellation);
        await PcsAsync("node", "unstandby", node.Name);
    }

    /// <summary>All nodes get the former OVN while nothing runs. The files lose what it does not know, and no row.</summary>
    private async Task RollBackAsync()
    {
        await WriteAsync(20);
        await PcsAsync("resource", "disable", Shape.CloneId, "--wait=60");
        foreach (var node in Cluster.Nodes)
        {
            await NewerSchema.RemoveAsync(node, OvnDatabase.Northbound, Cancellation);
        }

        await PcsAsync("resource", "enable", Shape.CloneId);

        // All copies have everything, and each file has the time of its own conversion: the first node that is chosen may give way to another one, whose file is later.
        await Cluster.WaitForAsync(
            "a promoted instance",
            status => status.PromotedNode(Shape.CloneId) is not null,
            ReturnLimit,
            Cancellation
        );
        await Cluster.Nodes[0].ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: Cancellation);
        await HoldAsync("rolled back", ReturnLimit, also: AllCurrent);
        foreach (var node in Cluster.Nodes)
        {
            Assert.Equal(
                await NewerSchema.OwnVersionAsync(node, OvnDatabase.Northbound, Cancellation),
                await NewerSchema.ServedVersionAsync(node, OvnDatabase.Northbound, Cancellation)
            );
            await node.ExecCheckedAsync(
                ["sh", "-c", $"ls {OvnDatabase.Northbound.File}.backup{NewerSchema.Version}-*"],
                cancellationToken: Cancellation
            );
        }
    }

    /// <summary>For the tests that follow: the newer files go, and the clone starts with new ones.</summary>
    private async Task BeginAnewAsync()
    {
        await PcsAsync("resource", "clear", Shape.CloneId);
        await PcsAsync("resource", "disable", Shape.CloneId, "--wait=60");
        foreach (var node in Cluster.Nodes)
        {
            await NewerSchema.RemoveAsync(node, OvnDatabase.Northbound, CancellationToken.None);
            await node.ExecCheckedAsync(["sh", "-c", "rm -f /var/lib/ovn/ovn?b_db.db"], cancellationToken: CancellationToken.None);
        }

        await Cluster
            .Nodes[0]
            .ExecCheckedAsync(
                [
                    "crm_attribute",
                    "--type",
                    "crm_config",
                    "--set-name",
                    "ovn_ovsdb_master_server",
                    "--name",
                    $"ovndb-promotion-{Shape.Resource}",
                    "--delete",
                ],
                cancellationToken: CancellationToken.None
            );
        Ledger.Forget(OvnDatabase.Northbound, Ledger.MissingIn(OvnDatabase.Northbound, new HashSet<string>()));
        Ledger.Forget(OvnDatabase.Southbound, Ledger.MissingIn(OvnDatabase.Southbound, new HashSet<string>()));
        await PcsAsync("resource", "enable", Shape.CloneId);
        await HoldAsync("the older schema is back", ReturnLimit);
    }
}

[Collection(typeof(BookwormFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormNewerSchemaTests(BookwormFreshnessCluster lifecycle) : NewerSchemaTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieNewerSchemaTests(TrixieFreshnessCluster lifecycle) : NewerSchemaTests(lifecycle);
