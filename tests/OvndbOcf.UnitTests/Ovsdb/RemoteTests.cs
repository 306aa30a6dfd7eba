using System.Net;
using OvndbOcf.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Ovsdb;

public sealed class RemoteTests
{
    /// <summary>A text, and what it says: whether it is passive, TLS, the address, the port.</summary>
    public static TheoryData<string, bool, bool, string?, int> Readable =>
        new()
        {
            { "tcp:10.0.0.9:6641", false, false, "10.0.0.9", 6641 },
            { "ssl:10.0.0.9:6642", false, true, "10.0.0.9", 6642 },
            { "tcp:[2001:db8::9]:1", false, false, "2001:db8::9", 1 },
            { "ssl:[2001:db8::9]:65535", false, true, "2001:db8::9", 65535 },
            { "ptcp:6641:10.0.0.9", true, false, "10.0.0.9", 6641 },
            { "pssl:6642:10.0.0.9", true, true, "10.0.0.9", 6642 },
            { "ptcp:6641:[2001:db8::9]", true, false, "2001:db8::9", 6641 },
            { "pssl:6642:[2001:db8::9]", true, true, "2001:db8::9", 6642 },
            { "ptcp:6641:0.0.0.0", true, false, "0.0.0.0", 6641 },
            { "pssl:6642:[::]", true, true, "::", 6642 },
            { "ptcp:6641", true, false, null, 6641 },
            { "pssl:0", true, true, null, 0 },
        };

    [Theory]
    [MemberData(nameof(Readable))]
    public void A_remote_is_read_and_written_alike(string text, bool isPassive, bool isTls, string? address, int port)
    {
        var remote = new Remote(isPassive, isTls, address is null ? null : IPAddress.Parse(address), port);
        Assert.Equal(remote, Remote.TryParse(text));
        Assert.Equal(text, remote.ToString());
        Assert.Equal(isPassive && address is null or "0.0.0.0" or "::", remote.IsOnAllAddresses);
        if (remote.Address is { } single)
        {
            Assert.Equal(remote, isPassive ? Remote.Listener(isTls, single, port) : Remote.Server(isTls, single, port));
        }
    }

    [Theory]
    [InlineData("tcp:[2001:DB8:0:0::9]:6641", "tcp:[2001:db8::9]:6641")]
    [InlineData("ptcp:", "ptcp:6640")]
    [InlineData("pssl::10.0.0.9", "pssl:6640:10.0.0.9")]
    [InlineData("ptcp:6641:", "ptcp:6641")]
    public void What_can_be_written_in_several_ways_is_read_in_each(string text, string written) =>
        Assert.Equal(written, Remote.TryParse(text)?.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":6641")]
    [InlineData("tcp")]
    [InlineData("tcp:")]
    [InlineData("tcp:10.0.0.9")]
    [InlineData("tcp::6641")]
    [InlineData("tcp:10.0.0.9:")]
    [InlineData("tcp:10.0.0.9:0")]
    [InlineData("tcp:10.0.0.9:65536")]
    [InlineData("tcp:10.0.0.9:+1")]
    [InlineData("tcp:10.9:6641")]
    [InlineData("tcp:[10.0.0.9]:6641")]
    [InlineData("tcp:2001:db8::9:6641")]
    [InlineData("tcp:[]:6641")]
    [InlineData("ssl:name.example:6642")]
    [InlineData("ptcp:x")]
    [InlineData("ptcp:-1:10.0.0.9")]
    [InlineData("ptcp:6641:2001:db8::9")]
    [InlineData("ptcp:6641:[10.0.0.9]")]
    [InlineData("pssl:6642:name.example")]
    [InlineData("PTCP:6641")]
    [InlineData("unix:/run/ovn/ovnnb_db.sock")]
    [InlineData("punix:/run/ovn/ovnnb_db.sock")]
    [InlineData("db:OVN_Northbound,NB_Global,connections")]
    public void Anything_else_is_no_remote(string? text) => Assert.Null(Remote.TryParse(text));

    [Fact]
    public void A_server_without_an_address_cannot_be_reached() =>
        Assert.Throws<InvalidOperationException>(() => new Remote(IsPassive: false, IsTls: false, null, 6641).ToString());
}
