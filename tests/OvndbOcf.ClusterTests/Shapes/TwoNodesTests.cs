using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Two nodes, and other ports than the usual ones.</summary>
public sealed class TwoNodesTests(TwoNodesOnBookworm fixture) : ShapeTests(fixture), IClassFixture<TwoNodesOnBookworm>
{
    [Fact(Timeout = Limit)]
    public async Task Only_the_ports_of_the_parameters_are_open()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var address = fixture.Cluster.VirtualIp;

        Assert.True(await Ports.IsOpenAsync(address, fixture.Shape.NorthboundPort, cancellation));
        Assert.True(await Ports.IsOpenAsync(address, fixture.Shape.SouthboundPort, cancellation));
        Assert.False(await Ports.IsOpenAsync(address, 6641, cancellation));
        Assert.False(await Ports.IsOpenAsync(address, 6642, cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task When_the_active_node_loses_power_the_other_one_takes_over_and_it_returns_as_a_backup()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, survivor) = await fixture.LookAsync(cancellation);

        await active.PowerOffAsync(cancellation);
        var alone = await fixture.HoldAsync($"{active.Name} lost power", absent: [active.Name]);
        Assert.Equal(survivor.Name, alone.Status.PromotedNode(fixture.Shape.CloneId));

        await active.PowerOnAsync(cancellation);
        var both = await fixture.HoldAsync($"{active.Name} returned");
        Assert.Equal(survivor.Name, both.Status.PromotedNode(fixture.Shape.CloneId));
    }
}

/// <summary>two-nodes.sh.</summary>
public sealed class TwoNodesOnBookworm() : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Nodes = 2 })
{
    /// <inheritdoc/>
    protected override string Script => "two-nodes.sh";

    /// <inheritdoc/>
    protected override ClusterShape Describe() => new() { Address = Cluster.VirtualIp, NorthboundPort = 16641, SouthboundPort = 16642 };
}
