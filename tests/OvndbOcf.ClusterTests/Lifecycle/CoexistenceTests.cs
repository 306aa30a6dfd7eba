using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
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
                await mixed
                    .Cluster.Nodes[0]
                    .ExecCheckedAsync(
                        ["pcs", "resource", "move", mixed.Shape.CloneId, target.Name, "--promoted"],
                        cancellationToken: cancellation
                    );
            }

            view = await invariants.HoldAsync(
                $"move to {target.Name}",
                Limit,
                also: now => Promoted(now) == target.Name ? null : $"promoted is {Promoted(now)}, not {target.Name}"
            );
        }
    }

    private string? Promoted(ClusterView view) => view.Status.PromotedNode(mixed.Shape.CloneId);
}
