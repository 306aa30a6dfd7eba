using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Everything through a virtual IPv6 address.</summary>
public abstract class Ipv6Tests(Ipv6Fixture fixture) : ShapeTests(fixture)
{
    [Fact(Timeout = Limit)]
    public async Task Clients_outside_the_cluster_get_in_through_the_address_in_brackets()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var client = await fixture.Cluster.StartClientAsync(cancellation);

        await client.ExecCheckedAsync(
            ["ovn-nbctl", "--timeout=10", $"--db=tcp:[{fixture.Cluster.VirtualIpv6}]:6641", "ls-add", "over-ipv6"],
            cancellationToken: cancellation
        );
        await client.ExecCheckedAsync(
            ["ovn-sbctl", "--timeout=10", $"--db=tcp:[{fixture.Cluster.VirtualIpv6}]:6642", "show"],
            cancellationToken: cancellation
        );
    }

    [Fact(Timeout = Limit)]
    public async Task Backups_replicate_from_the_address_in_brackets()
    {
        var (view, active, backup) = await fixture.LookAsync(TestContext.Current.CancellationToken);

        Assert.Equal($"tcp:[{active.AddressIpv6}]:6641", view[backup.Name].Northbound.Status.Remote);
        Assert.Equal($"tcp:[{active.AddressIpv6}]:6642", view[backup.Name].Southbound.Status.Remote);
    }

    [Fact(Timeout = Limit)]
    public async Task The_connections_in_the_databases_have_the_address_in_brackets()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, _) = await fixture.LookAsync(cancellation);
        var address = fixture.Cluster.VirtualIpv6;

        Assert.Equal(
            [new Connection($"ptcp:6641:[{address}]", 5000)],
            await ConnectionRows.ReadAsync(active, OvnDatabase.Northbound, cancellation)
        );
        Assert.Equal(
            [new Connection($"ptcp:6642:[{address}]", 5000)],
            await ConnectionRows.ReadAsync(active, OvnDatabase.Southbound, cancellation)
        );
    }
}

[Trait(TestLength.Name, TestLength.Long)]
public sealed class Ipv6OnBookwormTests(Ipv6OnBookworm fixture) : Ipv6Tests(fixture), IClassFixture<Ipv6OnBookworm>
{
    [Fact(Timeout = Limit)]
    public async Task A_hypervisor_joins_by_the_address_in_brackets_and_is_back_by_itself_after_a_move()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await ChassisReturn.HoldsAsync(
            fixture,
            await fixture.Cluster.StartClientAsync(cancellation),
            [],
            await fixture.Cluster.StartHypervisorAsync(cancellation),
            new Dictionary<string, string>(),
            cancellation
        );
    }
}

public sealed class Ipv6OnTrixieTests(Ipv6OnTrixie fixture) : Ipv6Tests(fixture), IClassFixture<Ipv6OnTrixie>;

/// <summary>ipv6.sh on two nodes.</summary>
public abstract class Ipv6Fixture(DebianRelease release)
    : ShapeFixture(
        new ClusterOptions
        {
            Release = release,
            Nodes = 2,
            Ipv6 = true,
        }
    )
{
    /// <inheritdoc/>
    protected override string Script => "ipv6.sh";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIpv6}" };

    /// <inheritdoc/>
    protected override ClusterShape Describe() => new() { Address = Cluster.VirtualIpv6 };
}

public sealed class Ipv6OnBookworm() : Ipv6Fixture(DebianRelease.Bookworm);

public sealed class Ipv6OnTrixie() : Ipv6Fixture(DebianRelease.Trixie);
