using OvndbOcf.Campaign;
using OvndbOcf.Campaign.Report;
using Xunit;

namespace OvndbOcf.UnitTests.Campaign;

public class RoleLogsTests
{
    private static readonly DateTimeOffset Begin = DateTimeOffset.FromUnixTimeSeconds(1000);

    [Fact]
    public void Lines_become_periods()
    {
        var lane = RoleLogs.Read(
            "node1",
            "999.5 B B 0\n1000.500 B B 0\n1001.000 A B 0\n1001.200 A A 1\n1002.200 A A 1\n1003.000 - A 1\n1003.100 - - 0\n1004.000 ? B 0\n1004.200 a B 0\n",
            Begin,
            4.5
        );
        Assert.Equal(
            [
                new RolePeriod(0, 1, NodeRole.Backup),
                new RolePeriod(1, 3.1, NodeRole.Active),
                new RolePeriod(3.1, 4, NodeRole.Stopped),
                new RolePeriod(4, 4.5, NodeRole.Unknown),
            ],
            Rounded(lane.Roles)
        );
        var address = Assert.Single(lane.Address);
        Assert.Equal(1.2, address.From, 3);
        Assert.Equal(3.1, address.To, 3);
    }

    [Fact]
    public void Silence_is_not_taken_for_what_was_there_before()
    {
        var lane = RoleLogs.Read("node1", "1001.000 A A 1\n1009.000 B B 0\n", Begin, 10);
        Assert.Equal(
            [
                new RolePeriod(0, 1, NodeRole.Off),
                new RolePeriod(1, 1.15, NodeRole.Active),
                new RolePeriod(1.15, 9, NodeRole.Off),
                new RolePeriod(9, 10, NodeRole.Backup),
            ],
            Rounded(lane.Roles)
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("1001.0 A\nnonsense\n1002.0 A A")]
    public void A_node_that_wrote_nothing_readable_was_off(string text) =>
        Assert.Equal([new RolePeriod(0, 3, NodeRole.Off)], RoleLogs.Read("node1", text, Begin, 3).Roles);

    private static IEnumerable<RolePeriod> Rounded(IEnumerable<RolePeriod> periods) =>
        periods.Select(period => period with { From = Math.Round(period.From, 3), To = Math.Round(period.To, 3) });
}
