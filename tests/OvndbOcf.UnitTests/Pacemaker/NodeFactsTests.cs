using System.Net;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;
using Xunit;

namespace OvndbOcf.UnitTests.Pacemaker;

/// <summary>What is known of the cluster without its tools: Corosync's address, and the addresses that resources move.</summary>
public sealed class NodeFactsTests
{
    private const string UdpLine =
        " 1370: 0BF5750A:151D 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 597919 2 00000000dec4df42 0";

    [Theory]
    [InlineData("10.0.0.2:5405", "10.0.0.2")]
    [InlineData("192.168.0.2:5406 10.0.0.2:5405", "10.0.0.2")]
    [InlineData("127.0.0.1:5000 0.0.0.0:5404 239.192.0.1:5405 10.0.0.2:5406", "10.0.0.2")]
    [InlineData("[fd00::2]:5405", "fd00::2")]
    [InlineData("[ff05::1]:5405 [::]:5404", "")]
    [InlineData("10.0.0.2:0", "")]
    [InlineData("", "")]
    public void Corosyncs_address_is_that_of_its_first_link(string ends, string address) =>
        Assert.Equal(
            address.Length == 0 ? null : IPAddress.Parse(address),
            CorosyncAddress.Choose(ends.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPEndPoint.Parse))
        );

    [Fact]
    public void A_socket_of_the_process_is_read_from_the_kernels_table()
    {
        Assert.Equal(IPEndPoint.Parse("10.117.245.11:5405"), UdpSockets.Parse(UdpLine, new HashSet<string> { "597919" }));
        Assert.Null(UdpSockets.Parse(UdpLine, new HashSet<string> { "2" }));
        Assert.Null(UdpSockets.Parse("  sl  local_address rem_address", new HashSet<string>()));
        Assert.Empty(UdpSockets.LocalEnds(int.MaxValue));
    }

    [Fact]
    public void The_addresses_that_resources_move_are_those_of_the_parameter_ip()
    {
        const string Cib = """
            <cib><configuration><resources>
              <primitive id="a" type="IPaddr2"><instance_attributes id="x"><nvpair id="1" name="ip" value="10.0.0.9"/><nvpair id="2" name="cidr_netmask" value="24"/></instance_attributes></primitive>
              <primitive id="b" type="IPaddr2"><instance_attributes id="y"><nvpair id="3" name="ip" value="fd00::9"/></instance_attributes></primitive>
              <primitive id="c" type="ovndb-servers"><instance_attributes id="z"><nvpair id="4" name="master_ip" value="10.0.0.8"/></instance_attributes></primitive>
            </resources></configuration></cib>
            """;
        Assert.Equal(
            [IPAddress.Parse("10.0.0.9"), IPAddress.Parse("fd00::9")],
            FloatingAddresses.Parse(Cib).OrderBy(address => address.ToString())
        );
        Assert.Empty(FloatingAddresses.Parse(""));
        Assert.Empty(FloatingAddresses.Parse("<cib"));
    }
}
