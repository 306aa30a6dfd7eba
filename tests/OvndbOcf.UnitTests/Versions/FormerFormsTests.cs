using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Versions;

/// <summary>What earlier versions of the agent left for a later one, as they wrote it: understood, or as good as not there. The forms are in the table "Forms" of docs/design.md.</summary>
public sealed class FormerFormsTests
{
    private const string Id = "77777777-0000-4000-8000-000000000007";
    private const string Former = "66666666-0000-4000-8000-000000000006";

    /// <summary>Form 1 had the time of the last change, too.</summary>
    [Theory]
    [InlineData(
        $"7 {Id} node1 2026-11-23T20:18:31Z open previous={Former} complete=yes changed=1795456800000 at=10.0.0.1 nb=7.0.0 sb=20.27.0 outdated=node3"
    )]
    [InlineData($"7 {Id} node1 2026-11-23T20:18:31Z open previous={Former} complete=yes at=10.0.0.1 nb=7.0.0 sb=20.27.0 outdated=node3")]
    public void A_record(string text)
    {
        var record = PromotionRecord.Parse(text)!;
        Assert.Equal(
            (7, Known.Seventh, "node1", false),
            (record.Marker.Number, record.Marker.Id, record.Marker.Node, record.Marker.Closed)
        );
        Assert.Equal((Known.Sixth, true, IPAddress.Parse("10.0.0.1")), (record.Previous, record.Complete, record.Address));
        Assert.Equal((new Version(7, 0, 0), new Version(20, 27, 0)), (record.Northbound, record.Southbound));
        Assert.Equal(["node3"], record.Outdated);
    }

    /// <summary>Form 1 named no measure, and had the advice in the same attribute. It is no claim, and its connections count.</summary>
    [Theory]
    [InlineData($"Current promotion=7 id={Id} nb=10.0.0.3:1 sb=10.0.0.3:2", false)]
    [InlineData($"Outdated promotion=7 id={Id} nb=10.0.0.3:1 sb=10.0.0.3:2 data is missing in NB", false)]
    [InlineData($"Current promotion=7 id={Id} nb=10.0.0.3:1 sb=10.0.0.3:2 of={Id}", true)]
    [InlineData($"Current promotion=7 id={Id} nb=10.0.0.3:1 sb=10.0.0.3:2 of={Id} unable", true)]
    [InlineData($"Current promotion=7 id={Id} nb=10.0.0.3:1 sb=10.0.0.3:2 of={Id} since=2026-11-28T02:00:00Z", true)]
    [InlineData($"Current promotion=7 id={Id} nb=10.0.0.3:1 sb=10.0.0.3:2 of={Id} since=2026-11-28T02:00:00Z unable", true)]
    [InlineData($"Current promotion=7 id={Id} nb=10.0.0.3:1 sb=10.0.0.3:2 of={Id} since=2026-11-28T02:00:00Z unable agent=0.1.0", true)]
    public void What_an_instance_publishes(string text, bool isClaim)
    {
        Assert.Equal(new PublishedLink(Known.Seventh, new LinkEnds("10.0.0.3:1", "10.0.0.3:2")), PublishedCopy.ParseLink(text));
        Assert.Equal(isClaim, PublishedCopy.ParseClaim("node3", text) is not null);
        Assert.False(PublishedCopy.IsPromoted(text, Known.Seventh));
    }

    [Fact]
    public void That_an_instance_is_promoted() =>
        Assert.True(PublishedCopy.IsPromoted($"Promoted promotion=7 id={Id} nb=- sb=-", Known.Seventh));

    [Theory]
    [InlineData($"Current promotable 7 1795456800000 {Id}", true)]
    [InlineData($"Outdated not 7 - {Id} unable", false)]
    public void A_claim(string text, bool isPromotable) => Assert.Equal(isPromotable, NodeClaim.Parse("node3", text)!.IsPromotable);

    /// <summary>Form 1 named no holder: the copy is measured by the name that its node has.</summary>
    [Fact]
    public void The_note_beside_a_file()
    {
        var note = NotedPromotion.Parse($"{Id} 7");
        Assert.Equal(new NotedPromotion(Known.Seventh, 7), note);
        Assert.Null(note.Holder);
    }

    [Fact]
    public void The_note_of_links() =>
        Assert.Equal(
            new Dictionary<string, LinkMemory> { ["node3"] = new(LinkState.Linked, new LinkEnds("10.0.0.3:1", "10.0.0.3:2")) },
            LinkMemoryFile.Parse($"{Id}\nnode3 Linked 10.0.0.3:1 10.0.0.3:2", Known.Seventh)
        );

    [Fact]
    public void The_history() =>
        Assert.Equal(
            (7, "node1", true, "66666666"),
            PastPromotion.Parse("7 77777777 node1 2026-11-23T20:18:31Z - complete 66666666") is [var entry]
                ? (entry.Number, entry.Node, entry.Complete, entry.Previous)
                : default
        );

    /// <summary>Forms 1 and 2 had no markers and listeners, or no end. They cost a thorough monitor.</summary>
    [Theory]
    [InlineData("100\nsubject\nservers\n\nactivity\n")]
    [InlineData("100\nsubject\nservers\n\nmarkers\nactivity\nend\n")]
    [InlineData("100\nsubject\nservers\n\nmarkers\nlisteners\nactivity\n")]
    public void The_note_of_a_steady_state_is_as_good_as_not_there(string text) => Assert.Null(MonitorCacheFile.Parse(text).State);
}
