using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PublishedCopyTests
{
    private const string Id = "77777777-0000-4000-8000-000000000007";

    private static readonly PublishedLink Full = new(Known.Seventh, new LinkEnds("10.0.0.3:40112", "[2001:db8::3]:40114"));

    [Fact]
    public void All_that_is_known_is_told_to_others_and_to_people()
    {
        var copy = new PublishedCopy("Current", Full, 7, "start n1", Known.Sixth);
        Assert.Equal(
            $"Current promotion=7 id={Id} nb=10.0.0.3:40112 sb=[2001:db8::3]:40114 of=66666666-0000-4000-8000-000000000006",
            copy.Facts
        );
        Assert.Equal($"Current promotion=7 id={Id} nb=10.0.0.3:40112 sb=[2001:db8::3]:40114 start n1", copy.Words);
    }

    [Fact]
    public void Where_all_is_well_people_are_told_in_a_few_words()
    {
        Assert.Equal(
            "backup of n1, promotion 7",
            new PublishedCopy("Current", Full, 7, string.Empty, Known.Seventh) { Source = "n1" }.Words
        );
        Assert.Equal(
            "backup, not connected, promotion 7",
            new PublishedCopy("Current", Full with { Ends = null }, 7, string.Empty, Known.Seventh).Words
        );
    }

    [Fact]
    public void What_is_unknown_is_a_dash() =>
        Assert.Equal(
            "Empty promotion=0 id=- nb=- sb=- of=-",
            new PublishedCopy("Empty", new PublishedLink(null, null), 0, string.Empty, null).Facts
        );

    [Fact]
    public void What_was_written_is_read()
    {
        Assert.Equal(Full, PublishedCopy.ParseLink(new PublishedCopy("Current", Full, 7, "", Known.Seventh).Facts));
        Assert.Equal(
            new PublishedLink(null, null),
            PublishedCopy.ParseLink(new PublishedCopy("Empty", new PublishedLink(null, null), 0, "", null).Facts)
        );
    }

    [Theory]
    [InlineData(CopyState.LastActive, true)]
    [InlineData(CopyState.Complete, true)]
    [InlineData(CopyState.Closed, true)]
    [InlineData(CopyState.Current, true)]
    [InlineData(CopyState.Unverified, true)]
    [InlineData(CopyState.New, true)]
    [InlineData(CopyState.Outdated, false)]
    [InlineData(CopyState.Foreign, false)]
    [InlineData(CopyState.Unknown, false)]
    public void It_is_as_much_of_a_claim_as_its_state_allows(CopyState state, bool isPromotable) =>
        Assert.Equal(
            new NodeClaim("n2", Known.Sixth, state, isPromotable, 7, null),
            PublishedCopy.ParseClaim("n2", new PublishedCopy(state.ToString(), Full, 7, "", Known.Sixth).Facts)
        );

    [Fact]
    public void A_node_that_is_not_able_says_so_to_others_and_is_linked_all_the_same()
    {
        var facts = new PublishedCopy("LastActive", Full, 7, "make room", Known.Sixth) { IsAble = false, Agent = "0.1.0" }.Facts;
        Assert.EndsWith(" unable agent=0.1.0", facts, StringComparison.Ordinal);
        Assert.Equal("0.1.0", PublishedCopy.ParseAgent(facts));
        Assert.Equal(
            new NodeClaim("n2", Known.Sixth, CopyState.LastActive, true, 7, null) { IsAble = false },
            PublishedCopy.ParseClaim("n2", facts)
        );
        Assert.Equal(Full, PublishedCopy.ParseLink(facts));
    }

    [Fact]
    public void Since_when_it_has_followed_is_told_and_changes_nothing_else()
    {
        var since = new DateTimeOffset(2026, 11, 27, 7, 0, 3, TimeSpan.Zero);
        var copy = new PublishedCopy("Current", Full, 7, "", Known.Sixth) { IsAble = false };
        var facts = (copy with { Since = since }).Facts;
        Assert.EndsWith(" since=2026-11-27T07:00:03Z unable", facts, StringComparison.Ordinal);
        Assert.Equal((since, null), (PublishedCopy.ParseSince(facts), PublishedCopy.ParseSince(copy.Facts)));
        Assert.Null(PublishedCopy.ParseSince("Current since=yesterday"));
        Assert.Equal(PublishedCopy.ParseClaim("n2", copy.Facts), PublishedCopy.ParseClaim("n2", facts));
        Assert.Equal(Full, PublishedCopy.ParseLink(facts));
    }

    [Fact]
    public void A_claim_may_be_measured_by_nothing() =>
        Assert.Null(PublishedCopy.ParseClaim("n2", new PublishedCopy("New", Full, 0, "", null).Facts)!.Record);

    [Theory]
    [InlineData("")]
    [InlineData("Promoted promotion=7 id=- nb=- sb=- of=-")]
    [InlineData("Following promotion=0 id=- nb=- sb=- of=-")]
    [InlineData("Current promotion=7 id=- nb=- sb=-")] // Of a former version.
    [InlineData("Current promotion=x id=- nb=- sb=- of=-")]
    [InlineData("Current promotion=-1 id=- nb=- sb=- of=-")]
    [InlineData("9 promotion=7 id=- nb=- sb=- of=-")]
    public void Anything_else_is_no_claim(string text) => Assert.Null(PublishedCopy.ParseClaim("n2", text));

    [Theory]
    [InlineData($"Promoted promotion=7 id={Id} nb=- sb=- of={Id}", true)]
    [InlineData($"Promoted promotion=7 id={Id} nb=- sb=-", true)]
    [InlineData("Promoted promotion=7 id=66666666-0000-4000-8000-000000000006 nb=- sb=-", false)]
    [InlineData($"PromotedX promotion=7 id={Id} nb=- sb=-", null)]
    [InlineData("Promoted", null)]
    [InlineData($"Current promotion=7 id={Id} nb=- sb=-", false)]
    [InlineData("Following promotion=0 id=- nb=- sb=- of=-", false)]
    [InlineData("", null)]
    public void A_node_is_promoted_if_it_says_so_of_that_promotion(string text, bool? isPromoted) =>
        Assert.Equal(isPromoted, PublishedCopy.IsPromoted(text, Known.Seventh));

    [Theory]
    [InlineData("id=- nb=a:1 sb=a:2", false, true)]
    [InlineData("id=-", false, false)]
    [InlineData($"id={Id}", true, false)]
    [InlineData($"id={Id} nb=a:1 sb=-", true, false)]
    [InlineData($"id={Id} nb=- sb=a:2", true, false)]
    [InlineData($"id={Id} nb=a:1", true, false)]
    [InlineData($"id={Id} sb=a:2", true, false)]
    [InlineData($"id={Id} id=7 nb=a:1 nb=- sb=a:2", true, true)] // The first of two counts.
    public void What_is_not_there_is_not_read(string text, bool promotion, bool ends) =>
        Assert.Equal(
            new PublishedLink(promotion ? Known.Seventh : null, ends ? new LinkEnds("a:1", "a:2") : null),
            PublishedCopy.ParseLink(text)
        );

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("Promoted")]
    [InlineData("id=7 nb=a:1 sb=a:2")]
    [InlineData("nb=a:1 sb=a:2")]
    [InlineData($"id={{{Id}}} nb=a:1 sb=a:2")]
    [InlineData($"xid={Id} xnb=a:1 xsb=a:2")]
    [InlineData($"ID={Id} NB=a:1 SB=a:2")]
    public void Without_a_promotion_or_the_word_that_there_is_none_it_is_not_understood(string text) =>
        Assert.Equal(PublishedLink.Unreadable, PublishedCopy.ParseLink(text));
}
