using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Databases that were served without Pacemaker before: by a single ovn-central, or by a RAFT cluster. Their rows are the cluster's.</summary>
public abstract class AdoptedDataTests(IdleCluster cluster)
{
    private const int Limit = 240_000;
    private const string OvnCtl = "/usr/share/ovn/scripts/ovn-ctl";
    private const string Switch = "from-before";

    /// <summary>The node whose databases are to be the cluster's: not the one that Pacemaker would choose by itself.</summary>
    private ClusterNode Keeper => cluster.Cluster.Nodes[1];

    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_of_a_former_server_are_in_all_copies_of_the_new_cluster(bool raft)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await cluster.ResetAsync(maintenance: false, cancellation);
        await CleanAsync(cancellation);
        try
        {
            await ServeAsync(raft, cancellation);
            foreach (var node in cluster.Cluster.Nodes)
            {
                var command = new[] { ExampleScripts.Path("operations/adopt-data.sh"), node == Keeper ? "--keep" : "--aside" };
                await KillAsync(node, command, expected: raft || node != Keeper, cancellation);
                var result = await node.ExecCheckedAsync(command, cancellationToken: cancellation);
                TestContext.Current.TestOutputHelper?.WriteLine($"{node.Name}: {result.Output}");
            }

            await cluster.Node.RunExampleAsync(
                "virtual-ip.sh",
                new Dictionary<string, string> { ["VIP"] = $"{cluster.Cluster.VirtualIp}" },
                cancellation
            );
            var shape = new ClusterShape { Address = cluster.Cluster.VirtualIp };
            await new Invariants(cluster.Cluster, shape, new RowLedger()).HoldAsync("adopted", IdleCluster.Patience);

            foreach (var node in cluster.Cluster.Nodes)
            {
                Assert.Contains(Switch, await RowReader.ReadLocalNamesAsync(OvnDatabase.Northbound, node, cancellation));
            }

            var kept = await Keeper.ExecCheckedAsync(["ls", "/var/lib/ovn"], cancellationToken: cancellation);
            Assert.Equal(raft, kept.Stdout.Contains("ovnnb_db.db.before-cluster-", StringComparison.Ordinal));
        }
        finally
        {
            await cluster.ResetAsync(maintenance: false, CancellationToken.None);
            await CleanAsync(CancellationToken.None);
        }
    }

    /// <summary>At the worst moment: when a file is about to lose its name, or to get that of another one.</summary>
    private static async Task KillAsync(ClusterNode node, IEnumerable<string> command, bool expected, CancellationToken cancellationToken)
    {
        const string Tools = "/root/tools";
        await node.ExecCheckedAsync(["mkdir", "-p", Tools], cancellationToken: cancellationToken);
        await node.WriteFileAsync($"{Tools}/mv", "#!/bin/sh\nkill -KILL $PPID\n", "0755", cancellationToken);
        var killed = await node.ExecAsync(
            ["env", $"PATH={Tools}:/usr/sbin:/usr/bin:/sbin:/bin", .. command],
            cancellationToken: cancellationToken
        );
        Assert.Equal(expected ? 137 : 0, killed.ExitCode);
        await node.ExecCheckedAsync(["ls", "/var/lib/ovn/ovnnb_db.db", "/var/lib/ovn/ovnsb_db.db"], cancellationToken: cancellationToken);
    }

    /// <summary>Both nodes have servers that know nothing of each other, or are members of one RAFT cluster; a row is written.</summary>
    private async Task ServeAsync(bool raft, CancellationToken cancellationToken)
    {
        // The first member makes the cluster that the other one joins.
        foreach (var node in cluster.Cluster.Nodes.OrderBy(node => node != Keeper))
        {
            string[] addresses =
                node == Keeper
                    ? [$"--db-nb-cluster-local-addr={Keeper.Address}", $"--db-sb-cluster-local-addr={Keeper.Address}"]
                    :
                    [
                        $"--db-nb-cluster-local-addr={node.Address}",
                        $"--db-sb-cluster-local-addr={node.Address}",
                        $"--db-nb-cluster-remote-addr={Keeper.Address}",
                        $"--db-sb-cluster-remote-addr={Keeper.Address}",
                    ];
            await node.ExecCheckedAsync([OvnCtl, .. raft ? addresses : [], "start_ovsdb"], cancellationToken: cancellationToken);
        }

        await Keeper.ExecCheckedAsync(["ovn-nbctl", "--timeout=20", "ls-add", Switch], cancellationToken: cancellationToken);
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        foreach (var node in cluster.Cluster.Nodes)
        {
            await node.ExecAsync([OvnCtl, "stop_ovsdb"], cancellationToken: cancellationToken);
            await node.ExecCheckedAsync(["find", "/var/lib/ovn", "-mindepth", "1", "-delete"], cancellationToken: cancellationToken);
        }
    }
}

[Collection<SharedOnBookworm>]
public sealed class AdoptedDataOnBookwormTests(IdleClusterOnBookworm cluster) : AdoptedDataTests(cluster);

[Collection<SharedOnTrixie>]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class AdoptedDataOnTrixieTests(IdleClusterOnTrixie cluster) : AdoptedDataTests(cluster);
