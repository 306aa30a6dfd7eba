using System.Net;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class NodeAddressTests
{
    /// <summary>The virtual address, the node's addresses as the kernel lists them, and the one to take; empty for none.</summary>
    public static TheoryData<string, string, string> Choices => new()
    {
        { "10.0.0.9", "10.0.0.2/24", "10.0.0.2" },
        { "10.0.0.9", "192.168.1.2/24 10.0.0.2/24 10.0.0.3/24", "10.0.0.2" },
        { "10.0.0.9", "10.0.0.9/24 10.0.0.2/24", "10.0.0.2" },
        { "10.0.0.9", "10.0.0.9/24", "" },
        { "10.0.0.9", "10.0.0.8/32 10.0.0.2/24", "10.0.0.2" },
        { "10.0.0.9", "10.0.0.8/32", "" },
        { "10.0.0.9", "10.0.0.8/31", "10.0.0.8" },
        { "10.0.0.9", "10.0.0.10/31", "" },
        { "10.0.0.9", "10.0.1.2/23", "10.0.1.2" },
        { "10.0.0.9", "10.0.2.2/23", "" },
        { "10.0.0.9", "10.0.0.129/25 10.0.0.126/25", "10.0.0.126" },
        { "10.0.0.9", "11.0.0.2/7", "11.0.0.2" },
        { "10.0.0.9", "12.0.0.2/7", "" },
        { "10.0.0.9", "10.0.0.2/0", "" },
        { "10.0.0.9", "fd00::2/64 ::ffff:10.0.0.2/120 10.0.0.2/24", "10.0.0.2" },
        { "10.0.0.9", "", "" },
        { "fd00::9", "10.0.0.2/24 fd00::2/64", "fd00::2" },
        { "fd00::9", "fd00::8/128 fd00::2/64", "fd00::2" },
        { "fd00::9", "fd00:0:0:2::2/63 fd00:0:0:1::2/63", "fd00:0:0:1::2" },
        { "fd00::9", "fd00::9/64", "" },
        { "fe80::9", "fe80::2/64", "" },
        { "fd00::9", "fd00::2/0", "" },
    };

    [Theory]
    [MemberData(nameof(Choices))]
    public void The_first_address_of_the_nodes_own_in_that_network_is_taken(string masterIp, string addresses, string chosen) =>
        Assert.Equal(
            chosen.Length == 0 ? null : IPAddress.Parse(chosen),
            NodeAddress.Choose(IPAddress.Parse(masterIp), addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read)));

    [Fact]
    public void No_node_has_an_address_in_a_network_that_nobody_may_use() => Assert.Null(NodeAddress.InNetworkOf(IPAddress.Parse("240.0.0.9")));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("240.0.0.9", false)]
    public void An_address_is_local_if_the_node_has_it(string address, bool isLocal) => Assert.Equal(isLocal, NodeAddress.IsLocal(IPAddress.Parse(address)));

    [Fact]
    public void On_request_backups_use_the_virtual_address()
    {
        var parameters = Configured.Parameters(("replicate_from", "master_ip"));
        Assert.Null(NodeAddress.ForReplication(parameters));
        Assert.Null(NodeAddress.ReplicationListener(parameters, parameters.Northbound));
    }

    [Fact]
    public void Without_a_usable_address_there_is_no_network() =>
        Assert.Null(NodeAddress.ForReplication(Configured.Read(("master_ip", "nonsense")).Parameters));

    [Fact]
    public void Behind_a_load_balancer_backups_need_no_listener_of_their_own()
    {
        var parameters = Configured.Parameters(("listen_on_master_ip_only", "no"));
        Assert.Null(NodeAddress.ReplicationListener(parameters, parameters.Southbound));
    }

    private static (IPAddress Address, int PrefixLength) Read(string text)
    {
        var network = text.Split('/');
        return (IPAddress.Parse(network[0]), int.Parse(network[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}
