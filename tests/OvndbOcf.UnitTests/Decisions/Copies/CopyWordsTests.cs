using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class CopyWordsTests
{
    [Theory]
    [InlineData(PublishedCopy.Promoted, false, null, 3, "active, promotion 3")]
    [InlineData(PublishedCopy.Promoted, false, null, 0, "active")]
    [InlineData(PublishedCopy.Following, true, "node1", 3, "")]
    [InlineData("Current", true, "node1", 3, "backup of node1, promotion 3")]
    [InlineData("Current", true, null, 3, "backup, connected, promotion 3")]
    [InlineData("Current", false, null, 3, "backup, not connected, promotion 3")]
    [InlineData("Current", false, "node1", 3, "backup, not connected, promotion 3")]
    [InlineData("LastActive", false, null, 3, "backup, not connected, last active, promotion 3")]
    [InlineData("LastActive", true, "node1", 3, "backup of node1, last active, promotion 3")]
    [InlineData("Complete", false, null, 3, "backup, not connected, complete, promotion 3")]
    [InlineData("Closed", false, null, 3, "backup, not connected, end not on record, promotion 3")]
    [InlineData("Unverified", true, null, 0, "backup, connected, not measured")]
    [InlineData("Unverified", true, null, 2, "backup, connected, not measured, promotion 2")]
    [InlineData("New", false, null, 0, "backup, not connected, new")]
    [InlineData("Outdated", true, "node1", 2, "backup of node1, Outdated, promotion 2")]
    public void The_words(string state, bool isConnected, string? source, long number, string words) =>
        Assert.Equal(words, CopyWords.Of(state, isConnected, source, number));

    [Fact]
    public void Each_state_that_is_not_the_usual_one_is_told()
    {
        var told = Enum.GetNames<CopyState>().Select(state => CopyWords.Of(state, true, "node1", 3)).ToList();
        Assert.Distinct(told);
        Assert.Single(told, "backup of node1, promotion 3");
    }
}
