using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>Somebody puts other files where the databases are while an instance is stopped. Then the active node is lost while that instance returns.</summary>
public abstract class ReplacedFilesTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private const string Directory = "/var/lib/ovn";

    [Fact(Timeout = 400_000)]
    public Task Deleted_files_are_filled_again_and_never_promoted() =>
        ReplaceAsync((_, _) => Task.CompletedTask, TestContext.Current.CancellationToken);

    [Fact(Timeout = 400_000)]
    public Task An_older_state_of_the_files_is_never_promoted() =>
        ReplaceAsync(
            (node, _) =>
                node.ExecCheckedAsync(
                    ["sh", "-c", $"cp -p /root/ovnnb_db.db /root/ovnsb_db.db {Directory}/"],
                    cancellationToken: Cancellation
                ),
            TestContext.Current.CancellationToken
        );

    [Fact(Timeout = 400_000)]
    public async Task Files_of_other_databases_are_never_promoted_and_set_aside()
    {
        var (node, log) = await ReplaceAsync(ForeignAsync, TestContext.Current.CancellationToken);
        var files = await log.SetAsideAsync(node, Cancellation);
        foreach (var database in new[] { OvnDatabase.Northbound, OvnDatabase.Southbound })
        {
            Assert.Contains("foreign", await RowsOfFileAsync(node, files.First(file => DatabaseOf(file) == database)));
        }
    }

    /// <summary>NB without any marker, SB with the marker of another cluster's promotion that has the number of the latest one here.</summary>
    private async Task ForeignAsync(ClusterNode node, long number)
    {
        var northbound =
            """["OVN_Northbound",{"op":"insert","table":"NB_Global","row":{}},{"op":"insert","table":"Logical_Switch","row":{"name":"foreign"}}]""";
        var marker = $"{number} {Guid.NewGuid():D} elsewhere 2026-01-02T03:04:05Z open";
        var southbound = $$$"""
            ["OVN_Southbound",{"op":"insert","table":"SB_Global","row":{"external_ids":["map",[["ovndb-promotion","{{{marker}}}"]]]}},
            {"op":"insert","table":"Encap","uuid-name":"e","row":{"type":"geneve","ip":"192.0.2.7","chassis_name":"foreign"}},
            {"op":"insert","table":"Chassis","row":{"name":"foreign","encaps":["named-uuid","e"]}}]
            """;
        foreach (var (prefix, transaction) in new[] { ("nb", northbound), ("sb", southbound) })
        {
            var file = $"{Directory}/ovn{prefix}_db.db";
            await node.ExecCheckedAsync(
                ["ovsdb-tool", "create", file, $"/usr/share/ovn/ovn-{prefix}.ovsschema"],
                cancellationToken: Cancellation
            );
            await node.ExecCheckedAsync(["ovsdb-tool", "transact", file, transaction], cancellationToken: Cancellation);
        }
    }

    private async Task<(ClusterNode Node, AgentLog Log)> ReplaceAsync(
        Func<ClusterNode, long, Task> replaceAsync,
        CancellationToken cancellationToken
    )
    {
        var (_, active, backups) = await BeginAsync(cancellationToken);
        var (fresh, changed) = (backups[0], backups[1]);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await changed.ExecCheckedAsync(
            ["sh", "-c", $"cp -p {Directory}/ovnnb_db.db {Directory}/ovnsb_db.db /root/"],
            cancellationToken: Cancellation
        );
        await WriteAsync(30);
        await PcsAsync("node", "standby", changed.Name);
        await HoldAsync($"{changed.Name} in standby", FailoverLimit, absent: [changed.Name]);
        await changed.ExecCheckedAsync(["sh", "-c", $"rm {Directory}/ovn?b_db.db"], cancellationToken: Cancellation);
        await replaceAsync(changed, (await RecordAsync(active)).Marker.Number);

        // In this order: while the active one lives, the copy may be filled and become as good as the other one.
        await active.PowerOffAsync(Cancellation);
        await fresh.ExecCheckedAsync(["pcs", "node", "unstandby", changed.Name], cancellationToken: Cancellation);
        var without = await HoldAsync($"loss of {active.Name}", ReturnLimit, absent: [active.Name]);
        Assert.Equal(fresh.Name, Promoted(without));
        await active.PowerOnAsync(Cancellation);
        await HoldAsync($"return of {active.Name}", ReturnLimit, also: AllCurrent);
        Assert.All(await log.PromotionsAsync(Cancellation), promotion => Assert.Equal(fresh.Name, promotion.Node));
        return (changed, log);
    }
}

[Collection(typeof(BookwormFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormReplacedFilesTests(BookwormFreshnessCluster lifecycle) : ReplacedFilesTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
public sealed class TrixieReplacedFilesTests(TrixieFreshnessCluster lifecycle) : ReplacedFilesTests(lifecycle);
