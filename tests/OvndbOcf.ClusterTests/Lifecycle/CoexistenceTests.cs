using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>
/// A migration half-way: one node still has OVN's shell agent. Only on Debian 12, since the shell agent does not start with the Open vSwitch of
/// Debian 13.
/// </summary>
public sealed class MixedCluster() : ClusterFixture(new ClusterOptions { Release = DebianRelease.Bookworm })
{
    /// <summary>The node with the shell agent.</summary>
    public ClusterNode Shell => Cluster.Nodes[2];

    /// <summary>The databases behind a virtual address.</summary>
    public ClusterShape Shape => new() { Address = Cluster.VirtualIp };

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await Shell.ExecCheckedAsync(
            ["install", "-m", "755", "/usr/share/ovn/scripts/ovndb-servers.ocf", "/usr/lib/ocf/resource.d/ovn/ovndb-servers"],
            cancellationToken: cancellationToken
        );
        var variables = new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIp}", ["VIP_PREFIX"] = "24" };
        await Cluster.Nodes[0].RunExampleAsync("virtual-ip.sh", variables, cancellationToken);
    }
}

public sealed class CoexistenceTests(MixedCluster mixed) : IClassFixture<MixedCluster>
{
    private const string ShellAgent = "/usr/share/ovn/scripts/ovndb-servers.ocf";
    private const string Place = "/usr/lib/ocf/resource.d/ovn/ovndb-servers";
    private const string Before = "/root/agent-before";
    private const string NativeAgent = "/usr/share/doc/ovndb-ocf/agent/ovndb-servers";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [Fact(Timeout = 400_000)]
    public async Task The_promotion_moves_to_and_fro_between_the_shell_agent_and_this_one()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var invariants = mixed.Invariants(mixed.Shape);
        var view = await invariants.HoldAsync("creation", Limit);
        var native = mixed.Cluster.Nodes.First(node => node != mixed.Shell);
        foreach (var target in new[] { mixed.Shell, native, mixed.Shell, native })
        {
            if (Promoted(view) != target.Name)
            {
                await MoveAsync(invariants, target, cancellation);
            }

            view = await invariants.HoldAsync(
                $"move to {target.Name}",
                Limit,
                also: now => Promoted(now) == target.Name ? null : $"promoted is {Promoted(now)}, not {target.Name}"
            );
        }
    }

    [Fact(Timeout = 600_000)]
    public async Task A_cluster_in_use_gets_the_shell_agent_on_all_nodes_and_this_one_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var invariants = mixed.Invariants(mixed.Shape);
        var start = await invariants.HoldAsync("before", Limit);
        if (Promoted(start) == mixed.Shell.Name)
        {
            // Where the shell agent promoted, nothing is on record, and the first planned move by this one is refused once.
            var native = mixed.Cluster.Nodes.First(node => node != mixed.Shell);
            await MoveAsync(invariants, native, cancellation);
            await invariants.HoldAsync("promoted by this agent", Limit, also: view => Promoted(view) == native.Name ? null : "not moved");
        }

        foreach (var agent in new[] { ShellAgent, NativeAgent })
        {
            await using var writer = AcknowledgedWriter.Start(
                new WriterOptions { Address = mixed.Cluster.VirtualIp, Pause = TimeSpan.FromMilliseconds(20) }
            );
            await writer.WaitForWritesAsync(20, Limit, cancellation);
            var begin = writer.Elapsed;
            var status = await mixed.Cluster.GetStatusAsync(cancellation);
            var active = mixed.Cluster.Node(status.PromotedNode(mixed.Shape.CloneId)!);
            foreach (var node in mixed.Cluster.Nodes.Where(node => node != active).Append(active))
            {
                await ReplaceAsync(node, agent, cancellation);
                await invariants.HoldAsync($"{agent} on {node.Name}", Limit, also: NothingFailed);
            }

            var report = await writer.StopAsync();
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"{agent} on all nodes: {report.Acknowledged.Count} rows, longest time without writes {report.LongestGapAfter(begin)!.Length.TotalSeconds:0.00} s"
            );
            mixed.Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
            await invariants.HoldAsync($"{agent} on all nodes", Limit, also: NothingFailed);
        }

        var before = Promoted(await invariants.ObserveAsync(cancellation));
        var target = mixed.Cluster.Nodes.First(node => node.Name != before);
        await MoveAsync(invariants, target, cancellation);
        await invariants.HoldAsync("moved", Limit, also: view => Promoted(view) == target.Name ? NothingFailed(view) : "not moved");
    }

    // pcs refuses to move to a node without a promotion score, and a backup gets its score at its next monitor.
    private async Task MoveAsync(Invariants invariants, ClusterNode target, CancellationToken cancellationToken)
    {
        await invariants.HoldAsync(
            $"before the move to {target.Name}",
            Limit,
            also: view =>
                view.Status.PromotionScore(mixed.Shape.Resource, target.Name) is > 0 ? null : $"{target.Name} has no promotion score"
        );
        await mixed
            .Cluster.Nodes[0]
            .ExecCheckedAsync(
                ["pcs", "resource", "move", mixed.Shape.CloneId, target.Name, "--promoted"],
                cancellationToken: cancellationToken
            );
    }

    // A second time, as after an interruption: what was there before is still kept. One node has the shell agent to begin with.
    private static async Task ReplaceAsync(ClusterNode node, string agent, CancellationToken cancellationToken)
    {
        string[] replace = [ExampleScripts.Path("operations/replace-agent.sh"), agent];
        await node.ExecCheckedAsync(["cp", Place, Before], cancellationToken: cancellationToken);
        await node.ExecCheckedAsync(replace, cancellationToken: cancellationToken);
        await node.ExecCheckedAsync(replace, cancellationToken: cancellationToken);
        await node.ExecCheckedAsync(["cmp", agent, Place], cancellationToken: cancellationToken);
        await node.ExecCheckedAsync(
            ["sh", "-c", $"cmp -s {Before} {agent} || cmp {Before} {Place}.former"],
            cancellationToken: cancellationToken
        );
    }

    private static string? NothingFailed(ClusterView view) =>
        view.Status.FailedActions.Select(action => $"{action.Operation} failed on {action.Node}: {action.ExitReason}").FirstOrDefault();

    private string? Promoted(ClusterView view) => view.Status.PromotedNode(mixed.Shape.CloneId);
}
