using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>The commands of OVN's original guide, as far as pcs 0.11 takes them.</summary>
public sealed class OriginalGuideTests(OriginalGuideOnBookworm fixture) : ShapeTests(fixture), IClassFixture<OriginalGuideOnBookworm>
{
    // The guide's order holds between all instances and the address: they are stopped when it moves.
    protected override bool SwitchoverKeepsServers => false;
}

/// <summary>original-guide.sh on two nodes of the last release whose pcs takes it.</summary>
public sealed class OriginalGuideOnBookworm() : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Nodes = 2 })
{
    /// <inheritdoc/>
    public override string Leading => Shape.AddressResource!;

    /// <inheritdoc/>
    protected override string Script => "original-guide.sh";

    /// <inheritdoc/>
    protected override ClusterShape Describe() => new()
    {
        Address = Cluster.VirtualIp,
        Resource = "ovndb_servers",
        CloneId = "ovndb_servers-master",
        AddressResource = "VirtualIP",
        Northd = false,
    };
}
