using OvndbOcf.Servers.Freshness;
using Xunit;

namespace OvndbOcf.UnitTests.Freshness;

public sealed class ClusterKnowledgeTests
{
    private static readonly PromotionRecord Latest = new(Known.Marker(7, Known.Seventh, Known.Other));

    [Fact]
    public void What_could_not_be_read_knows_nothing() => Assert.Equal(new ClusterKnowledge(false, null, null), ClusterKnowledge.Unreadable);

    [Theory]
    [InlineData(null)]
    [InlineData(Known.Other)]
    public void Copies_are_measured_by_the_latest_promotion(string? lastActive) =>
        Assert.Same(Latest, new ClusterKnowledge(true, Latest, lastActive).Record);

    [Theory]
    [InlineData(Known.Me)]
    [InlineData("OTHER")]
    [InlineData("")]
    public void A_later_promotion_by_the_shell_agent_makes_it_void(string lastActive) =>
        Assert.Null(new ClusterKnowledge(true, Latest, lastActive).Record);

    [Theory]
    [InlineData(null)]
    [InlineData(Known.Me)]
    public void Without_a_promotion_there_is_nothing_to_measure_by(string? lastActive) =>
        Assert.Null(new ClusterKnowledge(true, null, lastActive).Record);
}
