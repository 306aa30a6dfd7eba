using System.Net;
using OvndbOcf.Ovsdb.Client;
using Xunit;

namespace OvndbOcf.UnitTests.Ovsdb;

public sealed class OvsdbEndpointTests
{
    [Theory]
    [InlineData("unix:/var/run/ovn/ovnnb_db.sock")]
    [InlineData("tcp:192.0.2.1:6641")]
    [InlineData("tcp:[2001:db8::1]:65535")]
    public void An_endpoint_is_written_as_it_is_read(string text) => Assert.Equal(text, OvsdbEndpoint.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("unix:")]
    [InlineData("tcp:")]
    [InlineData("tcp:192.0.2.1")]
    [InlineData("tcp:192.0.2.1:")]
    [InlineData("tcp:192.0.2.1:0")]
    [InlineData("tcp:192.0.2.1:70000")]
    [InlineData("tcp:192.0.2.1:+1")]
    [InlineData("tcp:[192.0.2.1]:6641")]
    [InlineData("tcp:2001:db8::1:6641")]
    [InlineData("tcp:[2001:db8::1]")]
    [InlineData("tcp:name.example:6641")]
    [InlineData("ssl:192.0.2.1:6641")]
    public void What_is_none_is_refused(string text)
    {
        Assert.False(OvsdbEndpoint.TryParse(text, out _));
        Assert.Contains(text, Assert.Throws<FormatException>(() => OvsdbEndpoint.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_is_one_of_TCP()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => OvsdbEndpoint.Tcp(IPAddress.Loopback, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => OvsdbEndpoint.Tcp(IPAddress.Loopback, 65536));
    }
}
