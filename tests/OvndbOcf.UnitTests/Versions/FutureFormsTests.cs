using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Neighbours;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Versions;

/// <summary>
/// What a later version of the agent may write, with fields, states and forms that this one does not know. Whatever becomes of it, no copy is promoted by it that would not be promoted otherwise.
/// </summary>
public sealed class FutureFormsTests
{
    private const string Id = "77777777-0000-4000-8000-000000000007";
    private const string Marker = $"7 {Id} other 2026-11-23T20:18:31Z";

    private static readonly DatabaseCopy Good = Known.Copy(
        PromotionMarker.Parse($"{Marker} open"),
        schema: new Version(7, 0, 0),
        changed: Known.Noon
    );

    [Fact]
    public void A_field_that_a_record_has_beside_the_known_ones_is_ignored()
    {
        var record = PromotionRecord.Parse($"{Marker} open quorum=3 outdated=me sites=a,b");
        Assert.Equal(Promotability.Forbidden, By(record?.ToString()));
        Assert.Equal(Promotability.Allowed, By($"{Marker} open quorum=3"));
    }

    [Theory]
    [InlineData($"v2 {Marker} open")]
    [InlineData($"{Marker} suspended")]
    [InlineData($"{Marker}.123Z open")]
    [InlineData("7:77777777 other open")]
    [InlineData("{\"promotion\":7}")]
    public void By_a_record_of_another_form_nobody_is_promoted(string record) => Assert.Equal(Promotability.Forbidden, By(record));

    /// <summary>The promoted instance knows its own promotion, and puts that on record.</summary>
    [Fact]
    public void The_promoted_instance_replaces_a_record_of_another_form()
    {
        var mine = new PromotionRecord(Known.Marker(7, Known.Seventh, Known.Me));
        var upkeep = PromotionUpkeep.Decide(
            new UpkeepView(
                Known.Both(Known.Copy(mine.Marker)),
                ClusterKnowledge.From("v2", Known.Me, []),
                mine,
                Known.Me,
                OtherIsPromoted: null,
                TimeSpan.Zero
            )
        );
        Assert.Equal((UpkeepStep.WriteRecord, mine), (upkeep.Step, upkeep.Base));
    }

    [Theory]
    [InlineData($"{Marker} suspended")]
    [InlineData($"{Marker} open site=a")]
    [InlineData($"v2 {Marker} open")]
    public void A_copy_with_a_marker_of_another_form_is_not_promoted(string marker)
    {
        var copy = Good with { Marker = PromotionMarker.Parse(marker) };
        Assert.Equal(
            CopyState.Unmarked,
            CopyEvaluator.Evaluate(copy, OvnDatabase.Northbound, ClusterKnowledge.From($"{Marker} open", Known.Other, []), Known.Me)
        );
        Assert.Equal(
            ResyncStep.SetAside,
            ResyncSafety.Decide(copy, OvnDatabase.Northbound, PromotionRecord.Parse($"{Marker} open"), Known.Me, wasWritable: false, null)
        );
    }

    /// <summary>Whoever publishes so may hold the promotion's marker and be cut off.</summary>
    [Theory]
    [InlineData("Synced v2")]
    [InlineData("Current promotion=7:3 links=10.0.0.3:1,10.0.0.3:2")]
    [InlineData("Current promotion=7 id=7:3 nb=10.0.0.3:1 sb=10.0.0.3:2")]
    public void A_backup_that_publishes_in_another_form_counts_as_outdated(string text)
    {
        var links = PublishedCopies.LinksOf(new Dictionary<string, string> { ["third"] = text }, Known.Me);
        Assert.Equal(
            ["third"],
            LinkTracker.Update(LinkTracker.Initial([]), links, new HashSet<string>(), outdated: [], Known.Seventh, isDirect: true).Outdated
        );
    }

    [Theory]
    [InlineData($"Synced promotion=7 id={Id} nb=10.0.0.3:1 sb=10.0.0.3:2 of={Id}")]
    [InlineData($"Current,Complete promotion=7 id={Id} nb=10.0.0.3:1 sb=10.0.0.3:2 of={Id}")]
    public void A_state_of_another_name_is_no_claim_and_its_connections_count(string text)
    {
        Assert.Null(PublishedCopy.ParseClaim("third", text));
        Assert.Equal(new LinkEnds("10.0.0.3:1", "10.0.0.3:2"), PublishedCopy.ParseLink(text).Ends);
    }

    [Fact]
    public void Words_behind_the_known_ones_hide_no_node_that_is_unable() =>
        Assert.False(PublishedCopy.ParseClaim("third", $"Current promotion=7 id={Id} nb=- sb=- of={Id} unable site=a")!.IsAble);

    /// <summary>Only a node that surely is not promoted has its promotion taken back.</summary>
    [Theory]
    [InlineData($"Leading promotion=7 id={Id} nb=- sb=-")]
    [InlineData("Promoted v2")]
    [InlineData("v2")]
    public void Whether_such_a_node_is_promoted_is_not_known(string text)
    {
        var published = new Dictionary<string, string> { [Known.Other] = text };
        Assert.Null(PublishedCopies.IsPromoted(published, Known.Marker(7, Known.Seventh)));
        Assert.Equal(LatestSource.Unknown, PublishedCopies.SourceOf(published, Known.Marker(7, Known.Seventh)));
    }

    [Theory]
    [InlineData($"Synced promotable 8 1795456800000 {Id}")]
    [InlineData($"Current perhaps 8 1795456800000 {Id}")]
    [InlineData($"Current promotable 8 1795456800000 {Id} site=a")]
    [InlineData($"v2 Current promotable 8 1795456800000 {Id}")]
    public void A_claim_of_another_form_is_none(string text) => Assert.Null(NodeClaim.Parse("third", text));

    /// <summary>It agrees with no data, so that the file is set aside before anything else may happen to it.</summary>
    [Theory]
    [InlineData($"{Id} 7 me site=a")]
    [InlineData($"v2 {Id} 7 me")]
    public void A_note_beside_a_file_of_another_form_costs_a_copy_of_the_file(string text) =>
        Assert.Equal(
            ResyncStep.SetAside,
            ResyncSafety.Decide(
                Good,
                OvnDatabase.Northbound,
                PromotionRecord.Parse($"{Marker} open"),
                Known.Me,
                wasWritable: false,
                NotedPromotion.Parse(text)
            )
        );

    /// <summary>A backup that is left out would be missed by nobody.</summary>
    [Theory]
    [InlineData("node3 Attached 10.0.0.3:1 10.0.0.3:2")]
    [InlineData("node3 Linked 10.0.0.3:1 10.0.0.3:2 since=1")]
    [InlineData("node3 1 10.0.0.3:1 10.0.0.3:2")]
    public void With_a_line_of_another_form_nothing_of_the_links_is_known(string line) =>
        Assert.Null(LinkMemoryFile.Parse($"{Id}\nnode2 Linked a b\n{line}", Known.Seventh));

    [Theory]
    [InlineData("7 77777777 node1 2026-11-23T20:18:31Z - complete 66666666 planned")]
    [InlineData("7 77777777 node1 2026-11-23T20:18:31Z - partly 66666666")]
    public void An_entry_of_the_history_of_another_form_is_left_out(string text) =>
        Assert.Equal(6, Assert.Single(PastPromotion.Parse($"6 66666666 node2 - - - -;{text}")).Number);

    [Fact]
    public void A_note_of_a_steady_state_of_another_form_is_as_good_as_not_there() =>
        Assert.Null(MonitorCacheFile.Parse("100\nsubject\nservers\n\nmarkers\nlisteners\nmore\nactivity\nend v2\n").State);

    [Fact]
    public void A_note_of_the_owner_of_another_form_is_as_good_as_not_there() => Assert.Null(Ownership.Parse("ovndb\n17:100\nsince 1\n"));

    /// <summary>Unlike one that cannot be read now, it keeps the node from being chosen; nobody allows it by a policy.</summary>
    [Theory]
    [InlineData(true, LossAcceptance.None, Promotability.Forbidden)]
    [InlineData(true, LossAcceptance.ByPolicy, Promotability.Forbidden)]
    [InlineData(false, LossAcceptance.None, Promotability.Unknown)]
    public void A_record_of_another_form_forbids_where_the_copy_can_be_read(
        bool isReadable,
        LossAcceptance acceptance,
        Promotability expected
    )
    {
        var copy = Good with { IsReadable = isReadable };
        var verdict = PromotionVerdict.For(
            new Candidacy(Known.Both(copy), ClusterKnowledge.From("v2", Known.Other, []), Known.Me) { Acceptance = acceptance }
        );
        Assert.Equal((CopyState.Unknown, expected, PromotionScores.Forbidden), (verdict.Copy, verdict.Promotability, verdict.Score));
        Assert.Contains(
            isReadable ? "in a form that this version of the agent does not know" : "",
            verdict.Reason,
            StringComparison.Ordinal
        );
    }

    private static Promotability By(string? record) =>
        PromotionVerdict.For(new Candidacy(Known.Both(Good), ClusterKnowledge.From(record, Known.Other, []), Known.Me)).Promotability;
}
