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
            latest?.ToString(),
            lastActive,
            others is null ? [] : [new PromotionRecord(Known.Marker(3, Known.Stranger, others)).ToString()]
        );
        Assert.Equal(latest?.Marker, knowledge.Latest?.Marker);
        Assert.Equal((true, false, counts), (knowledge.IsReadable, knowledge.IsRecordUnknown, knowledge.LastActive));
    }

    /// <summary>What is on record of this resource and of another one, each null for nothing, and what OVN_REPL_INFO says.</summary>
    [Theory]
    [InlineData("later form", null, null, true)]
    [InlineData("later form", null, Known.Me, true)]
    [InlineData("", null, null, false)] // Somebody emptied it.
    [InlineData(null, "", Known.Me, false)]
    [InlineData(null, "later form", null, false)]
    [InlineData(null, "later form", Known.Me, true)] // Either the other resource wrote it or the shell agent.
    [InlineData(null, null, Known.Me, false)]
    public void A_record_in_an_unknown_form_is_not_taken_for_none(string? record, string? other, string? lastActive, bool isUnknown)
    {
        var knowledge = ClusterKnowledge.From(record, lastActive, other is null ? [] : [other]);
        Assert.Equal(isUnknown, knowledge.IsRecordUnknown);
        var copy = Known.Both(Known.Copy(Known.Marker(7, Known.Seventh)));
        Assert.Equal(isUnknown, !PromotionVerdict.For(new Candidacy(copy, knowledge, Known.Me)).IsPromotable);
    }

    [Fact]
    public void Another_resources_unknown_record_is_of_no_interest_while_this_ones_node_was_promoted_last() =>
        Assert.False(ClusterKnowledge.From(Latest.ToString(), Known.Other, ["later form"]).IsRecordUnknown);

    [Theory]
    [InlineData(null)]
    [InlineData(Known.Me)]
    public void Without_a_promotion_there_is_nothing_to_measure_by(string? lastActive) =>
        Assert.Null(new ClusterKnowledge(true, null, lastActive).Record);
}
