using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Packages;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Two nodes that are configured by <c>pcs-examples/ha_cluster.yml</c>.</summary>
public sealed class ConfiguredByRole() : ShapeFixture(new ClusterOptions { Nodes = 2 })
{
    /// <inheritdoc/>
    protected override string? Script => null;
}

/// <summary>The example for the Ansible role makes a cluster as virtual-ip.sh does, and the role may run again at any time.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class HaClusterRoleTests(ConfiguredByRole fixture) : IClassFixture<ConfiguredByRole>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Fact(Timeout = 240_000)]
    public async Task The_role_configures_the_databases_and_its_next_run_disturbs_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var variables = await VariablesAsync(cancellation);
        await HaClusterRole.RunAsync(fixture.Cluster.Nodes[0], variables, cancellation);
        Assert.Empty((await fixture.HoldAsync("creation")).Status.FailedActions);
        await CheckRun.FindsNothingThatMattersAsync(fixture.Cluster, fixture.Shape.Resource, cancellation);
        await fixture.SwitchOverAsync(cancellation);

        var (before, active, _) = await fixture.LookAsync(cancellation);
        var record = await FindAsync(active, cancellation);
        await using var writer = AcknowledgedWriter.Start(new WriterOptions { Address = fixture.Shape.Address });
        await writer.WaitForWritesAsync(20, Patience, cancellation);
        var begin = writer.Elapsed;
        await HaClusterRole.RunAsync(active, variables, cancellation);
        await Eventually.EqualAsync([record], async () => [await FindAsync(active, cancellation)], cancellation);
        await writer.WaitForWritesAsync(20, Patience, cancellation);
        var report = await writer.StopAsync();
        fixture.Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);

        var after = await fixture.HoldAsync("after the second run");
        Assert.Empty(after.Status.FailedActions);
        Assert.All(before.Nodes, node => Assert.Equal(node.Northbound.Process, after[node.Name].Northbound.Process));
        Assert.Equal(active.Name, after.Status.PromotedNode(fixture.Shape.CloneId));
        Assert.InRange(report.LongestGapAfter(begin)!.Length, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    /// <summary>The example with this cluster's address, and, as it has no fence devices, a property that says so.</summary>
    private async Task<string> VariablesAsync(CancellationToken cancellationToken)
    {
        var example = await File.ReadAllTextAsync(Path.Combine(AgentPackage.Root, "pcs-examples", "ha_cluster.yml"), cancellationToken);
        return example.Replace("10.0.0.9", $"{fixture.Cluster.VirtualIp}", StringComparison.Ordinal)
            + """

                ha_cluster_cluster_properties:
                  - attrs:
                      - name: stonith-enabled
                        value: "false"
                """;
    }

    private async Task<PromotionMarker?> FindAsync(ClusterNode node, CancellationToken cancellationToken) =>
        (await RecordedPromotion.FindAsync(node, fixture.Shape.Resource, cancellationToken))?.Marker;
}
