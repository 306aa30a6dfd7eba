using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>The databases leave Pacemaker and become a RAFT cluster of OVN's own; the way here from one is in <see cref="AdoptedDataTests"/>.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BackToRaftTests
{
    private const string OvnCtl = "/usr/share/ovn/scripts/ovn-ctl";
    private const int Rows = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly OvnDatabase[] Databases = [OvnDatabase.Northbound, OvnDatabase.Southbound];

    [Fact(Timeout = 240_000)]
    public async Task Members_of_a_RAFT_cluster_serve_the_rows_of_the_node_that_was_promoted_last()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var former = new BookwormPairCluster();
        await former.InitializeAsync();
        var first = former.Cluster.Node(former.Created.Status.PromotedNode(former.Shape.CloneId)!);
        var second = former.Cluster.Nodes.Single(node => node != first);
        var rows = await WriteAsync(former, cancellation);
        await first.ExecCheckedAsync(["ovn-nbctl", "--timeout=30", "--wait=sb", "sync"], cancellationToken: cancellation);
        var before = await CopyDump.ReadAsync(first, cancellation);

        await first.ExecCheckedAsync(
            ["pcs", "resource", "disable", former.Shape.CloneId, "--wait=60"],
            TimeSpan.FromSeconds(70),
            cancellationToken: cancellation
        );
        await StartAsync(first, member: null, cancellation);
        await StartAsync(second, first, cancellation);

        // As somebody does who was interrupted.
        await StartAsync(first, member: null, cancellation);
        await StartAsync(second, first, cancellation);
        await first.ExecCheckedAsync(["ovn-nbctl", "--timeout=20", "set-connection", "ptcp:6641"], cancellationToken: cancellation);
        await first.ExecCheckedAsync(["ovn-sbctl", "--timeout=20", "set-connection", "ptcp:6642"], cancellationToken: cancellation);

        foreach (var node in new[] { first, second })
        {
            foreach (var database in Databases)
            {
                Assert.Empty(rows.MissingIn(database, await RowReader.ReadLocalNamesAsync(database, node, cancellation)));
                var status = await node.ExecCheckedAsync(
                    ["ovs-appctl", "-t", database.Control, "cluster/status", database.Name],
                    cancellationToken: cancellation
                );
                Assert.Contains("Status: cluster member", status.Stdout, StringComparison.Ordinal);
                Assert.All(
                    former.Cluster.Nodes,
                    member => Assert.Contains($"at tcp:{member.Address}:", status.Stdout, StringComparison.Ordinal)
                );
            }

            await Eventually.EqualAsync(before, async () => await CopyDump.ReadAsync(node, cancellation), cancellation);
        }

        // Clients have all members, and find the leader.
        var remotes = string.Join(',', former.Cluster.Nodes.Select(node => $"tcp:{node.Address}:6641"));
        await second.ExecCheckedAsync(["ovn-nbctl", "--timeout=20", $"--db={remotes}", "ls-add", "after"], cancellationToken: cancellation);
        await Eventually.EqualAsync(
            [true, true],
            async () =>
                [
                    (await RowReader.ReadLocalNamesAsync(OvnDatabase.Northbound, first, cancellation)).Contains("after"),
                    (await RowReader.ReadLocalNamesAsync(OvnDatabase.Northbound, second, cancellation)).Contains("after"),
                ],
            cancellation
        );
    }

    private static async Task<RowLedger> WriteAsync(LifecycleCluster former, CancellationToken cancellationToken)
    {
        var rows = new RowLedger();
        foreach (var database in Databases)
        {
            await using var client = AcknowledgedWriter.Start(
                new WriterOptions
                {
                    Address = former.Cluster.VirtualIp,
                    Database = database,
                    Pause = TimeSpan.FromMilliseconds(5),
                }
            );
            await client.WaitForWritesAsync(Rows, Limit, cancellationToken);
            rows.Add(database, (await client.StopAsync()).Acknowledged);
        }

        return rows;
    }

    /// <summary>Makes the first member out of the files, or another one that fetches all from <paramref name="member"/>.</summary>
    private static Task<ExecResult> StartAsync(ClusterNode node, ClusterNode? member, CancellationToken cancellationToken)
    {
        string[] own = [$"--db-nb-cluster-local-addr={node.Address}", $"--db-sb-cluster-local-addr={node.Address}"];
        string[] others = member is null
            ? []
            : [$"--db-nb-cluster-remote-addr={member.Address}", $"--db-sb-cluster-remote-addr={member.Address}"];
        return node.ExecCheckedAsync([OvnCtl, .. own, .. others, "start_ovsdb"], cancellationToken: cancellationToken);
    }
}
