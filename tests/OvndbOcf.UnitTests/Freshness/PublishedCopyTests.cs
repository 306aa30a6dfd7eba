using OvndbOcf.Servers.Freshness;
using Xunit;

namespace OvndbOcf.UnitTests.Freshness;

public sealed class PublishedCopyTests
{
    private const string Id = "77777777-0000-4000-8000-000000000007";

    private static readonly PublishedLink Full = new(Known.Seventh, new LinkEnds("10.0.0.3:40112", "[2001:db8::3]:40114"));

    [Theory]
    [InlineData("", $"Current promotion=7 id={Id} nb=10.0.0.3:40112 sb=[2001:db8::3]:40114")]
    [InlineData("start n1", $"Current promotion=7 id={Id} nb=10.0.0.3:40112 sb=[2001:db8::3]:40114 start n1")]
    public void All_that_is_known_is_written(string advice, string text) => Assert.Equal(text, new PublishedCopy("Current", Full, 7, advice).ToString());

    [Fact]
    public void What_is_unknown_is_a_dash() =>
        Assert.Equal("Empty promotion=0 id=- nb=- sb=-", new PublishedCopy("Empty", new PublishedLink(null, null), 0, string.Empty).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("start n1")]
    [InlineData("id=x nb=1 sb=2")]
    public void What_was_written_is_read_whatever_the_advice(string advice) =>
        Assert.Equal(Full, PublishedCopy.ParseLink(new PublishedCopy("Current", Full, 7, advice).ToString()));

    [Theory]
    [InlineData("")]
    [InlineData("id=x nb=1 sb=2")]
    public void What_was_not_known_stays_so_whatever_the_advice(string advice) =>
        Assert.Equal(new PublishedLink(null, null), PublishedCopy.ParseLink(new PublishedCopy("Empty", new PublishedLink(null, null), 0, advice).ToString()));

    [Theory]
    [InlineData("", false, false)]
    [InlineData(" ", false, false)]
    [InlineData("Promoted", false, false)]
    [InlineData($"id={Id}", true, false)]
    [InlineData($"id={Id} nb=a:1 sb=-", true, false)]
    [InlineData($"id={Id} nb=- sb=a:2", true, false)]
    [InlineData($"id={Id} nb=a:1", true, false)]
    [InlineData($"id={Id} sb=a:2", true, false)]
    [InlineData("id=7 nb=a:1 sb=a:2", false, true)]
    [InlineData("nb=a:1 sb=a:2", false, true)]
    [InlineData($"id={{{Id}}} nb=a:1 sb=a:2", false, true)]
    [InlineData($"xid={Id} xnb=a:1 xsb=a:2", false, false)]
    [InlineData($"ID={Id} NB=a:1 SB=a:2", false, false)]
    [InlineData($"id={Id} id=7 nb=a:1 nb=- sb=a:2", true, true)] // The first of two counts.
    [InlineData($"1 2 3 4 5 id={Id} nb=a:1 sb=a:2", false, false)] // Advice is not looked at.
    public void What_is_not_there_is_not_read(string text, bool promotion, bool ends) =>
        Assert.Equal(new PublishedLink(promotion ? Known.Seventh : null, ends ? new LinkEnds("a:1", "a:2") : null), PublishedCopy.ParseLink(text));
}
