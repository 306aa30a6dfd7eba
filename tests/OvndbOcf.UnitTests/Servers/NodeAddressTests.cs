using System.Net;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class NodeAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("240.0.0.9", false)]
    public void An_address_is_local_if_the_node_has_it(string address, bool isLocal) =>
        Assert.Equal(isLocal, NodeAddress.IsLocal(IPAddress.Parse(address)));

    [Fact]
    public void On_request_backups_use_the_virtual_address()
    {
        var parameters = Configured.Parameters(("replicate_from", "master_ip"));
        Assert.Null(NodeAddress.Topology(parameters).OwnAddress);
        Assert.Null(NodeAddress.Topology(parameters).ListenerForBackups(parameters.Northbound));
    }

    [Fact]
    public void Without_a_usable_address_there_is_no_network() =>
        Assert.Null(NodeAddress.Topology(Configured.Read(("master_ip", "nonsense")).Parameters).OwnAddress);

    [Fact]
    public void Behind_a_load_balancer_backups_need_no_listener_of_their_own()
    {
        var parameters = Configured.Parameters(("listen_on_master_ip_only", "no"));
        Assert.Null(NodeAddress.Topology(parameters).ListenerForBackups(parameters.Southbound));
    }
}
