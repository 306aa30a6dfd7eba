using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.UnitTests.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Topology;

public sealed class ActiveAddressTests
{
    [Theory]
    [InlineData("10.0.0.2", true, "10.0.0.9", "10.0.0.2")]
    [InlineData("10.0.0.2", true, null, "10.0.0.2")]
    [InlineData("10.0.0.2", false, "10.0.0.9", "10.0.0.9")]
    [InlineData("10.0.0.2", false, null, null)]
    [InlineData(null, true, "10.0.0.9", "10.0.0.9")]
    [InlineData(null, true, null, null)]
    [InlineData(null, false, "10.0.0.9", "10.0.0.9")]
    public void Backups_follow_the_promoted_node_or_the_virtual_address(
        string? recorded,
        bool isNodesOwn,
        string? masterIp,
        string? followed
    ) =>
        Assert.Equal(
            Address(followed),
            ActiveAddress.For(
                new PromotionRecord(Known.Marker(7, Known.Seventh)) { Address = Address(recorded) },
                isNodesOwn,
                Address(masterIp)
            )
        );

    [Fact]
    public void Without_a_record_there_is_the_virtual_address_alone() =>
        Assert.Equal(Address("10.0.0.9"), ActiveAddress.For(null, isNodesOwn: true, Address("10.0.0.9")));

    private static IPAddress? Address(string? text) => text is null ? null : IPAddress.Parse(text);
}
