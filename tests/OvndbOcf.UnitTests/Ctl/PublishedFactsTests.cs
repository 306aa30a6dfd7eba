using OvndbOcf.Ctl.Judging;
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
        Assert.Equal(advice, PublishedFacts.AdviceIn(attribute));
}
