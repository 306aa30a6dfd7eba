using OvndbOcf.Servers.Parameters;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class MasterIpTests
{
    [Theory]
    [InlineData("10.0.0.9", "10.0.0.9")]
    [InlineData("192.0.2.253", "192.0.2.253")]
    [InlineData("223.255.255.254", "223.255.255.254")]
    [InlineData("2001:db8::9", "2001:db8::9")]
    [InlineData("[2001:db8::9]", "2001:db8::9")]
    [InlineData("2001:0DB8:0000::0009", "2001:db8::9")]
    [InlineData("fd00::1", "fd00::1")]
    public void An_address_that_can_move_is_taken(string text, string address)
    {
        Assert.Equal(address, MasterIp.TryParse(text, out var problem)?.ToString());
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("10.0.0", "is not an IP address")]
    [InlineData("10.9", "is not an IP address")]
    [InlineData("167772169", "is not an IP address")]
    [InlineData("0x0a000009", "is not an IP address")]
    [InlineData("010.0.0.9", "is not an IP address")]
    [InlineData("10.0.0.256", "is not an IP address")]
    [InlineData("10.0.0.9.1", "is not an IP address")]
    [InlineData("10.0.0.9/24", "without name, prefix length or zone")]
    [InlineData("10.0.0.9:6641", "is not an IP address")]
    [InlineData(" 10.0.0.9", "is not an IP address")]
    [InlineData("10.0.0.9,10.0.0.10", "is not an IP address")]
    [InlineData("[10.0.0.9]", "is not an IP address")]
    [InlineData("[]", "is not an IP address")]
    [InlineData("vip.example.org", "without name, prefix length or zone")]
    [InlineData("2001:db8::9/64", "without name, prefix length or zone")]
    [InlineData("[2001:db8::9", "is not an IP address")]
    [InlineData("2001:db8::9]", "is not an IP address")]
    [InlineData("[2001:db8::9]:6641", "is not an IP address")]
    [InlineData("[[2001:db8::9]]", "is not an IP address")]
    [InlineData("[[2001:db8::9]:6641]", "is not an IP address")]
    [InlineData("2001:db8::9::1", "is not an IP address")]
    [InlineData("fe80::1%eth0", "without name, prefix length or zone")]
    [InlineData("2001:db8::9%1", "without name, prefix length or zone")]
    [InlineData("tcp:10.0.0.9:6641", "is not an IP address")]
    [InlineData("0.0.0.0", "listen_on_master_ip_only=no makes the active servers listen on all")]
    [InlineData("::", "listen_on_master_ip_only=no makes the active servers listen on all")]
    [InlineData("127.0.0.1", "every backup would replicate from itself")]
    [InlineData("127.8.8.8", "every backup would replicate from itself")]
    [InlineData("::1", "every backup would replicate from itself")]
    [InlineData("192.0.2.254", "backups use while no server is active")]
    [InlineData("224.0.0.1", "multicast or reserved")]
    [InlineData("239.255.255.255", "multicast or reserved")]
    [InlineData("255.255.255.255", "multicast or reserved")]
    [InlineData("ff02::1", "multicast or reserved")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("::ffff:10.0.0.9", "IPv4 address in IPv6 form")]
    [InlineData("::ffff:127.0.0.1", "write the virtual IP address")]
    public void Any_other_is_refused_with_the_reason_and_an_example(string text, string reason)
    {
        Assert.Null(MasterIp.TryParse(text, out var problem));
        Assert.Contains(text, problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.Contains("write the virtual IP address, such as 10.0.0.9 or 2001:db8::9", problem, StringComparison.Ordinal);
    }
}
