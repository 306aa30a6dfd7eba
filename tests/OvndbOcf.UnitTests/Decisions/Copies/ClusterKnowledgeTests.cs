using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class ClusterKnowledgeTests
{
    private static readonly PromotionRecord Latest = new(Known.Marker(7, Known.Seventh, Known.Other));

    [Fact]
    public void What_could_not_be_read_knows_nothing() =>
        Assert.Equal(new ClusterKnowledge(false, null, null), ClusterKnowledge.Unreadable);

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

    /// <summary>What OVN_REPL_INFO says, the node of this resource's record or null, that of another resource's or null, and what counts.</summary>
    [Theory]
    [InlineData("a", "a", null, "a")]
    [InlineData("a", "a", "b", "a")]
    [InlineData("a", "a", "a", "a")]
    [InlineData("b", "a", "b", null)] // The other resource wrote it.
    [InlineData("b", "a", null, "b")] // The shell agent did.
    [InlineData("c", "a", "b", "c")]
    [InlineData("b", null, "b", null)]
    [InlineData("b", null, "a", "b")]
    [InlineData("b", null, null, "b")]
    [InlineData(null, "a", "b", null)]
    [InlineData(null, null, null, null)]
    public void What_another_resource_wrote_says_nothing_of_this_one(string? lastActive, string? mine, string? others, string? counts)
    {
        var latest = mine is null ? null : Latest with { Marker = Known.Marker(7, Known.Seventh, mine) };
        var knowledge = ClusterKnowledge.From(
            latest,
            lastActive,
            others is null ? [] : [new PromotionRecord(Known.Marker(3, Known.Stranger, others))]
        );
        Assert.Equal(new ClusterKnowledge(true, latest, counts), knowledge);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Known.Me)]
    public void Without_a_promotion_there_is_nothing_to_measure_by(string? lastActive) =>
        Assert.Null(new ClusterKnowledge(true, null, lastActive).Record);
}
