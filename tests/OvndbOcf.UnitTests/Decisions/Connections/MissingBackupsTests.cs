using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

/// <summary>A backup that was known by its connections is back when both servers have one from its address.</summary>
public sealed class MissingBackupsTests
{
    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("", "10.0.0.2:1", "10.0.0.2:2", "")]
    [InlineData("10.0.0.2", "10.0.0.2:1", "10.0.0.2:2", "")]
    [InlineData("10.0.0.2", "10.0.0.2:40001", "10.0.0.2:40002", "")]
    [InlineData("10.0.0.2", "", "", "10.0.0.2")]
    [InlineData("10.0.0.2", "10.0.0.2:1", "", "10.0.0.2")]
    [InlineData("10.0.0.2", "", "10.0.0.2:2", "10.0.0.2")]
    [InlineData("10.0.0.2", "10.0.0.3:1", "10.0.0.3:2", "10.0.0.2")]
    [InlineData("10.0.0.2 10.0.0.3", "10.0.0.3:1", "10.0.0.2:2 10.0.0.3:2", "10.0.0.2")]
    [InlineData("10.0.0.2 10.0.0.3", "10.0.0.3:1", "10.0.0.2:2", "10.0.0.2 10.0.0.3")]
    [InlineData("10.0.0.2 10.0.0.3", "10.0.0.2:1 10.0.0.3:1", "10.0.0.2:2 10.0.0.3:2", "")]
    [InlineData("[fd00::2]", "[fd00::2]:1", "[fd00::3]:2", "fd00::2")]
    public void Those_are_missing_that_one_of_the_servers_has_no_connection_from(
        string known,
        string northbound,
        string southbound,
        string missing
    ) =>
        Assert.Equal(
            missing.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            MissingBackups.Find(Known(known), Ends(northbound), Ends(southbound)).Select(address => $"{address}")
        );

    [Fact]
    public void An_end_that_is_no_address_is_not_waited_for() => Assert.Empty(MissingBackups.Find([new LinkEnds("-", "node2")], [], []));

    private static List<LinkEnds> Known(string addresses) =>
        [
            .. addresses
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(address => new LinkEnds($"{address}:40001", $"{address}:40002")),
        ];

    private static List<IPEndPoint> Ends(string ends) =>
        [.. ends.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPEndPoint.Parse)];
}
