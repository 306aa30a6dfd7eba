using System.Net;
using OvndbOcf.Decisions.Connections;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

public sealed class FormerClientsTests
{
    private static readonly IPAddress Address = IPAddress.Parse("10.0.0.9");
    private static readonly IPAddress Address6 = IPAddress.Parse("2001:db8::9");

    [Fact]
    public void What_is_told_is_read()
    {
        FormerConnection[] connections =
        [
            Of("10.0.0.9:6641", "10.0.0.5:40112"),
            Of("10.0.0.9:6642", "10.0.0.5:40114"),
            Of("10.0.0.9:6641", "10.0.0.6:38000"),
        ];
        var text = FormerClients.ToText(connections);
        Assert.Equal("10.0.0.9:6641=10.0.0.5:40112,10.0.0.6:38000 10.0.0.9:6642=10.0.0.5:40114", text);
        Assert.Equal([connections[0], connections[2], connections[1]], FormerClients.Parse(text, Address));
    }

    [Fact]
    public void Of_IPv6_too()
    {
        FormerConnection[] connections = [Of("[2001:db8::9]:6641", "[2001:db8::5]:40112")];
        Assert.Equal(connections, FormerClients.Parse(FormerClients.ToText(connections), Address6));
    }

    [Fact]
    public void Nobody_is_no_text()
    {
        Assert.Empty(FormerClients.ToText([]));
        Assert.Empty(FormerClients.Parse(string.Empty, Address));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("=")]
    [InlineData("10.0.0.9:6641")]
    [InlineData("10.0.0.9:6641=")]
    [InlineData("10.0.0.9:6641=x")]
    [InlineData("10.0.0.9:6641=10.0.0.5")]
    [InlineData("10.0.0.9:6641=10.0.0.5:0")]
    [InlineData("10.0.0.9:6641=10.0.0.5:70000")]
    [InlineData("10.0.0.9:6641=[2001:db8::5]:40112")]
    [InlineData("10.0.0.9:6641=10.0.0.5:1=10.0.0.5:2")]
    [InlineData("10.0.0.8:6641=10.0.0.5:40112")]
    [InlineData("[2001:db8::9]:6641=[2001:db8::5]:40112")]
    public void What_is_nonsense_or_goes_elsewhere_is_left_out(string text) => Assert.Empty(FormerClients.Parse(text, Address));

    [Fact]
    public void The_rest_of_a_text_counts() =>
        Assert.Equal(
            [Of("10.0.0.9:6642", "10.0.0.5:40114")],
            FormerClients.Parse("x 10.0.0.9:6641=y 10.0.0.9:6642=z,10.0.0.5:40114", Address)
        );

    [Fact]
    public void Both_are_bounded()
    {
        var many = Enumerable.Range(1, FormerClients.Most + 1).Select(port => Of("10.0.0.9:6641", $"10.0.0.5:{port}")).ToList();
        var text = FormerClients.ToText(many);
        Assert.Equal(many.Take(FormerClients.Most), FormerClients.Parse(text, Address));
        Assert.Equal(FormerClients.Most, FormerClients.Parse($"{text},10.0.0.6:1", Address).Count);

        // An argument of a command may have 128 KiB.
        var longest = Enumerable
            .Range(0, FormerClients.Most)
            .Select(number =>
                Of("[2001:db8:1111:2222:3333:4444:5555:6666]:65535", $"[2001:db8:1111:2222:3333:4444:5555:7777]:{60000 + number}")
            );
        Assert.InRange(FormerClients.ToText(longest).Length, 80_000, 120_000);
    }

    private static FormerConnection Of(string server, string client) => new(IPEndPoint.Parse(server), IPEndPoint.Parse(client));
}
