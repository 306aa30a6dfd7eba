using System.Globalization;
using System.Net;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Topology;

public sealed class OwnAddressTests
{
    /// <summary>
    /// The virtual address, and the node's addresses as the kernel lists them: with the number of the interface in front, s behind secondary ones, c behind that of Corosync, f behind those that the cluster
    /// moves. Then the one to take; empty for none.
    /// </summary>
    public static TheoryData<string, string, string> Choices =>
        new()
        {
            { "10.0.0.9", "2:10.0.0.2/24", "10.0.0.2" },
            { "10.0.0.9", "2:192.168.1.2/24 3:10.0.0.2/24 3:10.0.0.3/24", "10.0.0.2" },
            { "10.0.0.9", "2:10.0.0.9/24 2:10.0.0.2/24", "10.0.0.2" },
            { "10.0.0.9", "2:10.0.0.9/24", "" },
            { "10.0.0.9", "2:10.0.0.8/32 2:10.0.0.2/24", "10.0.0.2" },
            { "10.0.0.9", "2:10.0.0.8/32", "" },
            { "10.0.0.9", "2:10.0.0.8/31", "10.0.0.8" },
            { "10.0.0.9", "2:10.0.0.10/31", "" },
            { "10.0.0.9", "2:10.0.1.2/23", "10.0.1.2" },
            { "10.0.0.9", "2:10.0.2.2/23", "" },
            { "10.0.0.9", "2:10.0.0.129/25 3:10.0.0.126/25", "10.0.0.126" },
            { "10.0.0.9", "2:11.0.0.2/7", "11.0.0.2" },
            { "10.0.0.9", "2:12.0.0.2/7", "" },
            { "10.0.0.9", "2:10.0.0.2/0", "" },
            { "10.0.0.9", "2:fd00::2/64 3:::ffff:10.0.0.2/120 4:10.0.0.2/24", "10.0.0.2" },
            { "10.0.0.9", "1:127.0.0.1/8", "" },
            { "127.0.0.9", "1:127.0.0.1/8", "" },
            { "10.0.0.9", "", "" },
            { "fd00::9", "2:10.0.0.2/24 2:fd00::2/64", "fd00::2" },
            { "fd00::9", "2:fd00::8/128 2:fd00::2/64", "fd00::2" },
            { "fd00::9", "2:fd00::7/64 2:fd00::2/64", "fd00::2" },
            { "fd00::9", "2:fd00:0:0:2::2/63 2:fd00:0:0:1::2/63", "fd00:0:0:1::2" },
            { "fd00::9", "2:fd00::9/64", "" },
            { "fe80::9", "2:fe80::2/64", "" },
            { "fd00::9", "2:fd00::2/0", "" },
            // Virtual ones never count: added beside another one, or moved by the cluster.
            { "10.0.0.9", "2:10.0.0.2/24 2:10.0.0.3/24s", "10.0.0.2" },
            { "10.0.0.9", "2:10.0.0.3/24s", "" },
            { "10.0.0.9", "2:10.0.0.3/24f 2:10.0.0.2/16", "10.0.0.2" },
            { "10.0.0.9", "2:10.0.0.3/24f", "" },
            { "10.0.0.9", "2:10.0.0.2/24f 3:192.168.0.2/24c", "192.168.0.2" },
            // The smallest network, as routes go; on one interface the oldest.
            { "10.0.0.9", "2:10.0.0.2/8 3:10.0.0.3/24", "10.0.0.3" },
            { "10.0.0.9", "3:10.0.0.3/24 2:10.0.0.2/8", "10.0.0.3" },
            { "10.0.0.9", "2:10.0.0.2/16 2:10.0.0.3/24", "10.0.0.2" },
            // Corosync's address is certain where it is in that network, and the way where none is.
            { "10.0.0.9", "2:10.0.0.2/24 2:10.0.0.4/24c", "10.0.0.4" },
            { "10.0.0.9", "2:10.0.0.2/24 3:192.168.0.2/24c", "10.0.0.2" },
            { "172.16.0.9", "2:10.0.0.2/24 3:192.168.0.2/24c", "192.168.0.2" },
            { "172.16.0.9", "2:10.0.0.2/24", "" },
            { "172.16.0.9", "1:10.1.1.1/32c", "10.1.1.1" },
            { "172.16.0.9", "1:172.16.0.9/32c", "" },
            { "172.16.0.9", "2:10.0.0.2/24s 3:192.168.0.2/24", "" },
            { "2001:db8::9", "2:10.0.0.2/24c 2:fd00::2/64", "10.0.0.2" },
        };

    [Theory]
    [MemberData(nameof(Choices))]
    public void The_address_is_the_nodes_own_and_stays_when_the_virtual_one_leaves(string masterIp, string addresses, string chosen) =>
        Assert.Equal(Parse(chosen), OwnAddress.Choose(IPAddress.Parse(masterIp), null, Node(addresses)));

    /// <summary>The network that a person chose, the addresses and the one to take, with 10.0.0.9 as the virtual one.</summary>
    public static TheoryData<string, string, string> Networks =>
        new()
        {
            { "10.0.1.0/24", "2:10.0.0.2/24 3:10.0.1.2/24", "10.0.1.2" },
            { "10.0.1.0/24", "2:10.0.0.2/24c", "" },
            { "10.0.1.0/24", "1:10.0.1.2/32 2:10.0.0.2/24", "10.0.1.2" },
            { "10.0.1.0/24", "1:10.0.1.3/32 2:10.0.1.2/24", "10.0.1.2" },
            { "10.0.1.0/24", "2:10.0.1.3/24s 3:10.0.1.4/24f", "" },
            { "10.0.1.0/24", "2:10.0.1.2/24 3:10.0.1.4/24c", "10.0.1.4" },
            { "10.0.0.0/24", "2:10.0.0.9/24", "" },
            { "fd00::/64", "2:10.0.0.2/24 2:fd00::2/64", "fd00::2" },
        };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Where_a_network_is_configured_it_is_the_one_in_it_or_none(string network, string addresses, string chosen) =>
        Assert.Equal(Parse(chosen), OwnAddress.Choose(IPAddress.Parse("10.0.0.9"), IPNetwork.Parse(network), Node(addresses)));

    internal static NodeAddresses Node(string addresses)
    {
        var words = addresses.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new NodeAddresses(
            [
                .. words.Select(word => new InterfaceAddress(
                    AddressOf(word),
                    int.Parse(word.TrimEnd('s', 'c', 'f').Split('/')[1], CultureInfo.InvariantCulture),
                    word[0] - '0',
                    word[^1] == 's'
                )),
            ],
            words.Where(word => word[^1] == 'c').Select(AddressOf).FirstOrDefault(),
            words.Where(word => word[^1] == 'f').Select(AddressOf).ToHashSet()
        );
    }

    private static IPAddress AddressOf(string word) => IPAddress.Parse(word[2..].Split('/')[0]);

    private static IPAddress? Parse(string text) => text.Length == 0 ? null : IPAddress.Parse(text);
}
