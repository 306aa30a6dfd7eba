using System.Net;
using OvndbOcf.Decisions.Connections;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

/// <summary>Backups that were cut off by a changed row are back when nothing is left of the former connections and each node has a new one.</summary>
public sealed class ReturnedBackupsTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "10.0.0.2:40000", true)]
    [InlineData("10.0.0.2:40000", "10.0.0.2:40000", false)]
    [InlineData("10.0.0.2:40000", "", false)]
    [InlineData("10.0.0.2:40000", "10.0.0.2:40001", true)]
    [InlineData("10.0.0.2:40000", "10.0.0.2:40000 10.0.0.2:40001", false)]
    [InlineData("10.0.0.2:40000", "10.0.0.3:40001", false)]
    [InlineData("10.0.0.2:40000 10.0.0.3:40000", "10.0.0.2:40001", false)]
    [InlineData("10.0.0.2:40000 10.0.0.3:40000", "10.0.0.2:40001 10.0.0.3:40000", false)]
    [InlineData("10.0.0.2:40000 10.0.0.3:40000", "10.0.0.2:40001 10.0.0.3:40001", true)]
    [InlineData("10.0.0.2:40000 10.0.0.2:40001", "10.0.0.2:40002", true)]
    [InlineData("[fd00::2]:40000", "[fd00::2]:40001 10.0.0.3:40000", true)]
    public void They_are_back_when_each_node_has_a_new_connection_and_none_of_the_former(string before, string now, bool areBack) =>
        Assert.Equal(areBack, ReturnedBackups.AreBack(Ends(before), Ends(now)));

    [Theory]
    [InlineData("", "", false)]
    [InlineData("", "10.0.0.2:40000", false)]
    [InlineData("10.0.0.2:40000", "10.0.0.2:40000", false)]
    [InlineData("10.0.0.2:40000", "10.0.0.2:40000 10.0.0.2:40001", false)]
    [InlineData("10.0.0.2:40000", "", true)]
    [InlineData("10.0.0.2:40000", "10.0.0.2:40001", true)]
    [InlineData("10.0.0.2:40000 10.0.0.3:40000", "10.0.0.2:40000", true)]
    public void They_were_cut_off_if_a_connection_is_gone(string before, string now, bool wereCutOff) =>
        Assert.Equal(wereCutOff, ReturnedBackups.WereCutOff(Ends(before), Ends(now)));

    private static List<IPEndPoint> Ends(string ends) =>
        [.. ends.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPEndPoint.Parse)];
}
