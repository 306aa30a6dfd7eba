using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PublishedCopiesTests
{
    private static readonly PromotionMarker Latest = Known.Marker(7, Known.Seventh);

    [Fact]
    public void What_other_instances_publish_counts_and_what_this_one_does_not()
    {
        var published = Published((Known.Me, Backup("Current")), (Known.Other, Backup("Current")), ("third", "nonsense"));
        Assert.Equal([Known.Other, "third"], PublishedCopies.LinksOf(published, Known.Me).Keys.Order(StringComparer.Ordinal));
        Assert.Equal(
            new PublishedLink(Known.Seventh, new LinkEnds("10.0.0.3:40112", "10.0.0.3:40114")),
            PublishedCopies.LinksOf(published, Known.Me)[Known.Other]
        );
        Assert.Equal(PublishedLink.Unreadable, PublishedCopies.LinksOf(published, Known.Me)["third"]);
        Assert.Equal([Known.Other], PublishedCopies.ClaimsOf(published, Known.Me).Select(claim => claim.Node));
    }

    [Fact]
    public void The_node_of_the_latest_promotion_is_what_it_publishes()
    {
        Assert.Equal((null, LatestSource.Unknown), Source(null));
        Assert.Equal((false, LatestSource.Absent), Source(Published((Known.Me, Promoted(Known.Seventh)))));
        Assert.Equal((false, LatestSource.Running), Source(Published((Known.Other, Backup("Current")))));
        Assert.Equal((false, LatestSource.Running), Source(Published((Known.Other, Promoted(Known.Sixth)))));
        foreach (var state in new[] { "Outdated", "Foreign", "Unmarked", "Empty" })
        {
            var compared = Backup(state);
            Assert.Equal((false, LatestSource.Replaced), Source(Published((Known.Other, compared))));

            var comparedBefore = compared.Replace($"of={Known.Seventh:D}", $"of={Known.Sixth:D}", StringComparison.Ordinal);
            Assert.NotEqual(compared, comparedBefore);
            Assert.Equal((false, LatestSource.Running), Source(Published((Known.Other, comparedBefore))));
        }

        foreach (
            var state in new[]
            {
                "Unknown",
                "SchemaTooOld",
                "New",
                "Unverified",
                "Closed",
                "Complete",
                "LastActive",
                PublishedCopy.Following,
            }
        )
        {
            Assert.Equal((false, LatestSource.Running), Source(Published((Known.Other, Backup(state)))));
        }

        Assert.Equal((true, LatestSource.Promoted), Source(Published((Known.Other, Promoted(Known.Seventh)))));
        Assert.Equal((null, LatestSource.Unknown), Source(Published((Known.Other, "Leading promotion=7"))));
        Assert.Equal(LatestSource.Unknown, PublishedCopies.SourceOf(Published((Known.Other, Promoted(Known.Seventh))), null));
    }

    private static (bool?, LatestSource) Source(Dictionary<string, string>? published) =>
        (PublishedCopies.IsPromoted(published, Latest), PublishedCopies.SourceOf(published, Latest));

    private static Dictionary<string, string> Published(params (string Node, string Text)[] texts) =>
        texts.ToDictionary(text => text.Node, text => text.Text);

    private static string Backup(string state) =>
        new PublishedCopy(
            state,
            new PublishedLink(Known.Seventh, new LinkEnds("10.0.0.3:40112", "10.0.0.3:40114")),
            7,
            "",
            Known.Seventh
        ).Facts;

    private static string Promoted(Guid promotion) =>
        new PublishedCopy(PublishedCopy.Promoted, new PublishedLink(promotion, null), 7, "", promotion).Facts;
}
