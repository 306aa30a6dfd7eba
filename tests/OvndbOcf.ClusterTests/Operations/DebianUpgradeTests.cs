using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Three nodes of Debian 12, of which each becomes one of Debian 13.</summary>
public sealed class UpgradedCluster() : ClusterFixture(new ClusterOptions { Release = DebianRelease.Bookworm })
{
    /// <summary>The databases behind a virtual address.</summary>
    public ClusterShape Shape => new() { Address = Cluster.VirtualIp };

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken) =>
        await Cluster
            .Nodes[0]
            .RunExampleAsync("virtual-ip.sh", new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIp}" }, cancellationToken);
}

/// <summary>The nodes get the next Debian release one by one: another Pacemaker, another Open vSwitch, and an OVN with newer schemas.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class DebianUpgradeTests(UpgradedCluster upgraded) : IClassFixture<UpgradedCluster>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact(Timeout = 900_000)]
    public async Task Nodes_are_upgraded_one_by_one_the_promoted_one_last_and_no_row_is_lost()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (cluster, shape) = (upgraded.Cluster, upgraded.Shape);
        var invariants = upgraded.Invariants(shape);
        var view = await invariants.HoldAsync("creation", Limit);
        var active = cluster.Node(view.Status.PromotedNode(shape.CloneId)!);
        var empty = cluster.Nodes.First(node => node != active);
        await using var writer = AcknowledgedWriter.Start(new WriterOptions { Address = cluster.VirtualIp });
        await writer.WaitForWritesAsync(20, Limit, cancellation);
        var begin = writer.Elapsed;

        foreach (var node in cluster.Nodes.Where(node => node != active).Append(active))
        {
            // One of them comes as new machines do, with nothing.
            await cluster.ReinstallAsync(node, DebianRelease.Trixie, withDatabases: node != empty, cancellation);
            await cluster.WaitForNodesAsync(Limit, cancellation);
            view = await invariants.HoldAsync($"{node.Name} is upgraded", Limit);
            if (node != active)
            {
                Assert.Equal(active.Name, view.Status.PromotedNode(shape.CloneId));
            }
        }

        // Served in the former schema for as long as the active servers had it, and converted with the first promotion on an upgraded node.
        foreach (var node in cluster.Nodes)
        {
            var version = await node.ExecCheckedAsync(
                [
                    "ovsdb-client",
                    "--timeout=10",
                    "get-schema-version",
                    $"unix:{OvnDatabase.Northbound.Socket}",
                    OvnDatabase.Northbound.Name,
                ],
                cancellationToken: cancellation
            );
            Assert.Equal("7.11.0", version.Stdout.Trim());
        }

        var report = await writer.StopAsync();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{report.Acknowledged.Count} rows, longest time without writes {report.LongestGapAfter(begin)!.Length.TotalSeconds:0.00} s"
        );
        upgraded.Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
        await invariants.HoldAsync("all are upgraded", Limit);
    }
}
