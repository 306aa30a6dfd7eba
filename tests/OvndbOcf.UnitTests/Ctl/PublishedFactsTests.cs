using OvndbOcf.Ctl.Judging;
using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

public sealed class PublishedFactsTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("active, promotion 3", "")]
    [InlineData("backup of node1, promotion 3", "")]
    [InlineData("backup, not connected, last active, promotion 3", "")]
    [InlineData("Outdated promotion=6 id=- nb=- sb=- ", "")]
    [InlineData("Outdated promotion=6 id=- nb=- sb=- data is missing in NB; start node1", "data is missing in NB; start node1")]
    [InlineData(
        "Outdated promotion=6 id=- nb=- sb=- start node1, or accept the loss: attrd_updater -n allow-outdated-ovndb -U 7 -N node3",
        "start node1, or accept the loss: ovndbctl failover --accept-loss node3"
    )]
    public void Advice_is_told_apart_from_words_that_all_is_well(string? attribute, string advice) =>
        Assert.Equal((advice, advice), (PublishedFacts.AdviceIn(attribute, null), PublishedFacts.AdviceIn(attribute, CopyState.Outdated)));

    [Fact]
    public void Advice_on_a_state_that_is_over_is_not_told() =>
        Assert.Empty(PublishedFacts.AdviceIn("Outdated promotion=6 id=- nb=- sb=- start node1", CopyState.Current));
}
