using OvndbOcf.Ocf;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.UnitTests.Decisions.Topology;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class AddressRulesTests
{
    private const string NoAddress = "this node has no own address";

    [Fact]
    public void The_address_by_which_the_cluster_reaches_a_node_cannot_be_the_virtual_one()
    {
        var problem = Assert.Single(
            AddressRules.Check(Configured.Parameters(("master_ip", "10.0.0.2")), OwnAddressTests.Node("2:10.0.0.2/24c"))
        );
        Assert.Equal((OcfExitCode.NotConfigured, "master_ip", true), (problem.Code, problem.Parameter, problem.PreventsStart));
        Assert.StartsWith("10.0.0.2 is this node's own Corosync address", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2:10.0.0.2/24c 2:10.0.0.9/24s")]
    [InlineData("2:10.0.0.2/24c 2:10.0.0.9/32f")]
    [InlineData("2:10.0.0.2/24c")]
    [InlineData("")]
    public void A_virtual_address_is_right_whether_it_is_here_or_not(string addresses)
    {
        Assert.Empty(AddressRules.Check(Configured.Parameters(), OwnAddressTests.Node(addresses)));
        Assert.DoesNotContain(
            AddressRules.Warnings(Configured.Parameters(), OwnAddressTests.Node(addresses)),
            warning => warning.Contains("moves it", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("2:10.0.0.2/24c 3:10.0.0.9/24", true)]
    [InlineData("2:10.0.0.2/24c 3:10.0.0.9/24f", false)]
    [InlineData("2:10.0.0.2/24 3:10.0.0.9/24", false)]
    public void An_address_that_is_here_and_that_nobody_moves_is_told_where_the_clusters_view_is_known(string addresses, bool isTold) =>
        Assert.Equal(
            isTold,
            AddressRules
                .Warnings(Configured.Parameters(), OwnAddressTests.Node(addresses))
                .Any(warning => warning.StartsWith("10.0.0.9 (master_ip) is on this node", StringComparison.Ordinal))
        );

    [Fact]
    public void A_network_in_which_this_node_has_no_address_is_told_and_prevents_nothing()
    {
        var problem = Assert.Single(
            AddressRules.Check(Configured.Parameters(("replication_network", "10.0.1.0/24")), OwnAddressTests.Node("2:10.0.0.2/24c"))
        );
        Assert.Equal(
            (OcfExitCode.InvalidArguments, "replication_network", false),
            (problem.Code, problem.Parameter, problem.PreventsStart)
        );
        Assert.Empty(
            AddressRules.Check(Configured.Parameters(("replication_network", "10.0.1.0/24")), OwnAddressTests.Node("2:10.0.1.2/24c"))
        );
        Assert.Empty(
            AddressRules.Check(
                Configured.Parameters(("replication_network", "10.0.1.0/24"), ("replicate_from", "master_ip")),
                OwnAddressTests.Node("2:10.0.0.2/24c")
            )
        );
    }

    [Fact]
    public void Without_an_own_address_what_does_not_hold_is_told()
    {
        Assert.StartsWith(
            NoAddress,
            Assert.Single(AddressRules.Warnings(Configured.Parameters(), OwnAddressTests.Node("2:172.16.0.2/24"))),
            StringComparison.Ordinal
        );
        Assert.Empty(AddressRules.Warnings(Configured.Parameters(), OwnAddressTests.Node("2:172.16.0.2/24c")));
        Assert.Empty(
            AddressRules.Warnings(Configured.Parameters(("replicate_from", "master_ip")), OwnAddressTests.Node("2:172.16.0.2/24"))
        );
    }
}
