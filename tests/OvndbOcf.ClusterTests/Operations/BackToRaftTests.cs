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
    private const string Tool = "/usr/bin/ovsdb-tool";
    private const string Held = "/root/conversion-holds";

    // One of both databases is a member's by then, and the other one is about to be.
    private const string HoldConversion = $"""
        #!/bin/sh
        case "$*" in
            "create-cluster "*sb_db*) touch {Held}; sleep 600 ;;
        esac
        exec "$0.real" "$@"
        """;
    private const string NorthboundFile = "/var/lib/ovn/ovnnb_db.db";
    private const int Rows = 100;
    private static readonly string Script = ExampleScripts.Path("operations/to-raft.sh");
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

        await DeleteAsync(former, cancellation);
        // The worst moment: the first member loses power while one of its databases has become another one.
        await using (await ReplacedTool.InstallAsync([first], Tool, HoldConversion, cancellation))
        {
            var interrupted = StartAsync(first, member: null, cancellation);
            await Eventually.EqualAsync(
                [0],
                async () => [(await first.ExecAsync(["test", "-e", Held], cancellationToken: cancellation)).ExitCode],
                cancellation
            );
            await first.PowerOffAsync(cancellation);
            Assert.NotEqual(0, (await interrupted).ExitCode);
            await first.PowerOnAsync(cancellation);
            await former.Cluster.WaitForNodesAsync(Limit, cancellation);
        }

        // Everything twice, as somebody does who does not know how far he came.
        foreach (var _ in Enumerable.Range(0, 2))
        {
            AssertSucceeded(await StartAsync(first, member: null, cancellation));
            AssertSucceeded(await StartAsync(second, first, cancellation));
        }

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

    /// <summary>A first member never begins with nothing, and nothing is converted that a server has open.</summary>
    [Fact(Timeout = 240_000)]
    public async Task A_first_member_without_its_file_and_servers_that_still_run_are_refused()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var former = new BookwormPairCluster();
        await former.InitializeAsync();
        var node = former.Cluster.Nodes[0];
        AssertRefused("Pacemaker still has the resource ovndb", await StartAsync(node, member: null, cancellation));
        await former.Invariants(former.Shape).HoldAsync("nothing was changed", Limit);
        await DeleteAsync(former, cancellation);
        await node.ExecCheckedAsync(["/usr/share/ovn/scripts/ovn-ctl", "start_ovsdb"], cancellationToken: cancellation);
        AssertRefused("still runs: stop it first", await StartAsync(node, member: null, cancellation));
        await node.ExecCheckedAsync(["/usr/share/ovn/scripts/ovn-ctl", "stop_ovsdb"], cancellationToken: cancellation);
        await node.ExecCheckedAsync(["mv", NorthboundFile, $"{NorthboundFile}.moved"], cancellationToken: cancellation);
        AssertRefused($"{NorthboundFile} is missing", await StartAsync(node, member: null, cancellation));
        AssertRefused("write --first ADDRESS", await node.ExecAsync([Script, "--join", "10.0.0.11"], cancellationToken: cancellation));
    }

    /// <summary>Pacemaker stops the servers, and looks after them no more.</summary>
    private static async Task DeleteAsync(LifecycleCluster former, CancellationToken cancellationToken)
    {
        foreach (var resource in new[] { "ovn-vip", former.Shape.Resource })
        {
            await former
                .Cluster.Nodes[0]
                .ExecCheckedAsync(["pcs", "resource", "delete", resource], TimeSpan.FromSeconds(90), cancellationToken: cancellationToken);
        }
    }

    /// <summary>Makes the first member out of the files, or another one that fetches all from <paramref name="member"/>.</summary>
    private static Task<ExecResult> StartAsync(ClusterNode node, ClusterNode? member, CancellationToken cancellationToken)
    {
        string[] role = member is null ? ["--first", $"{node.Address}"] : ["--join", $"{node.Address}", $"{member.Address}"];
        return node.ExecAsync([Script, .. role], cancellationToken: cancellationToken);
    }

    private static void AssertSucceeded(ExecResult result)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(result.Output);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    private static void AssertRefused(string reason, ExecResult result)
    {
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Output, StringComparison.Ordinal);
    }
}
