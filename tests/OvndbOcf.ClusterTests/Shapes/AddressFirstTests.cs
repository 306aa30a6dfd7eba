using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>The constraints of OVN's original guide in today's syntax: the address leads, the promotion follows.</summary>
public abstract class AddressFirstTests(AddressFirstFixture fixture) : ShapeTests(fixture);

[Trait(TestLength.Name, TestLength.Long)]
public sealed class AddressFirstOnBookwormTests(AddressFirstOnBookworm fixture)
    : AddressFirstTests(fixture),
        IClassFixture<AddressFirstOnBookworm>;

public sealed class AddressFirstOnTrixieTests(AddressFirstOnTrixie fixture)
    : AddressFirstTests(fixture),
        IClassFixture<AddressFirstOnTrixie>;

/// <summary>address-first.sh on two nodes.</summary>
public abstract class AddressFirstFixture(DebianRelease release) : ShapeFixture(new ClusterOptions { Release = release, Nodes = 2 })
{
    /// <inheritdoc/>
    public override string Leading => Shape.AddressResource!;

    /// <inheritdoc/>
    protected override string Script => "address-first.sh";
}

public sealed class AddressFirstOnBookworm() : AddressFirstFixture(DebianRelease.Bookworm);

public sealed class AddressFirstOnTrixie() : AddressFirstFixture(DebianRelease.Trixie);
