using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>
/// A virtual address outside the nodes' networks, with a route for it alone, as where BGP announces it.
/// </summary>
public sealed class RoutedAddressTests(RoutedAddress fixture) : ShapeTests(fixture), IClassFixture<RoutedAddress>
{
    [Fact(Timeout = Limit)]
    public async Task Backups_replicate_from_the_active_nodes_own_address()
    {
        var (view, active, backup) = await fixture.LookAsync(TestContext.Current.CancellationToken);
        Assert.Equal(fixture.Shape.Source(OvnDatabase.Northbound, active), view[backup.Name].Northbound.Status.Remote);
        Assert.Equal(fixture.Shape.Source(OvnDatabase.Southbound, active), view[backup.Name].Southbound.Status.Remote);
        var log = await active.ReadFileAsync("/var/log/pacemaker/pacemaker.log", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("no own address", log, StringComparison.Ordinal);
    }
}

/// <summary>virtual-ip.sh with such an address, on two nodes.</summary>
public sealed class RoutedAddress() : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Nodes = 2 })
{
    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string>
        {
            ["VIP"] = $"{Cluster.VirtualIp}",
            ["VIP_PREFIX"] = "32",
            ["VIP_NIC"] = "eth0",
        };

    /// <inheritdoc/>
    protected override ClusterShape Describe() => new() { Address = Cluster.VirtualIp };

    /// <inheritdoc/>
    protected override Task BeforeScriptAsync(CancellationToken cancellationToken) => Cluster.RouteVirtualIpAsync(cancellationToken);
}
