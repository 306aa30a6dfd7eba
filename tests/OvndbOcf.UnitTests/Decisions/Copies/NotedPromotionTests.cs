using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class NotedPromotionTests
{
    private const string Text = "77777777-0000-4000-8000-000000000007 6";

    private static readonly NotedPromotion Seventh = new(Known.Seventh, 6);
    private static readonly NotedPromotion Held = Seventh with { Holder = Known.Me };

    [Fact]
    public void What_is_written_is_read()
    {
        Assert.Equal(Text, Seventh.ToString());
        Assert.Equal(Seventh, NotedPromotion.Parse(Text));
        Assert.Equal($"{Text} me", Held.ToString());
        Assert.Equal(Held, NotedPromotion.Parse($"{Text} me"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("77777777-0000-4000-8000-000000000007")]
    [InlineData("77777777-0000-4000-8000-000000000007 -6")]
    [InlineData("77777777-0000-4000-8000-000000000007 6 ")]
    [InlineData("77777777-0000-4000-8000-000000000007 6 me more")]
    [InlineData("77777777-0000-4000-8000-000000000007 6  77777777-0000-4000-8000-000000000007")]
    [InlineData("7 6")]
    [InlineData("77777777-0000-4000-8000-000000000007 9223372036854775808")]
    public void Anything_else_is_a_note_of_no_promotion_in_the_data(string? text) =>
        Assert.Equal(NotedPromotion.Unreadable, NotedPromotion.Parse(text));

    [Fact]
    public void What_lived_on_is_written_and_read()
    {
        foreach (var (note, holder) in new[] { (Held, Known.Me), (Seventh, "-") })
        {
            var left = note with { LeftBehind = Known.Sixth };
            Assert.Equal($"{Text} {holder} 66666666-0000-4000-8000-000000000006", left.ToString());
            Assert.Equal(left, NotedPromotion.Parse(left.ToString()));
            Assert.Equal(left, NotedPromotion.Parse(left + " of a later version"));
            Assert.Equal(note, left.CaughtUp());
        }
    }

    [Fact]
    public void A_backup_that_is_stopped_is_left_behind_by_an_open_promotion_of_another_node()
    {
        var left = Held with { LeftBehind = Known.Seventh };
        Assert.Equal(left, NotedPromotion.Leaving(Seventh, Holding(), Known.Me));
        Assert.Equal(left with { Recorded = 0 }, NotedPromotion.Leaving(null, Holding(), Known.Me));
        Assert.Equal(left, NotedPromotion.Leaving(Held, Holding(), "new"));
        Assert.Null(NotedPromotion.Leaving(Seventh, Holding(), Known.Other));
        Assert.Null(NotedPromotion.Leaving(Seventh, Holding(isClosed: true), Known.Me));

        static PromotionMarker Holding(bool isClosed = false) => Known.Marker(7, Known.Seventh, Known.Other, isClosed);
    }

    [Fact]
    public void It_stays_left_behind_until_it_has_caught_up_or_was_promoted()
    {
        var left = Seventh with { LeftBehind = Known.Seventh };
        var eighth = Known.Marker(8, Known.Stranger);
        Assert.Equal(Known.Seventh, NotedPromotion.Following(left, new PromotionRecord(eighth), Known.Me).LeftBehind);
        Assert.Equal(Known.Seventh, NotedPromotion.Following(left, record: null, Known.Me).LeftBehind);
        Assert.Equal(Known.Seventh, NotedPromotion.Opening(left, eighth).LeftBehind);
        Assert.Null(NotedPromotion.OnRecord(eighth).LeftBehind);
    }

    [Fact]
    public void A_promotion_that_is_opened_is_not_on_record_yet()
    {
        var eighth = Known.Marker(8, Known.Stranger);
        Assert.Equal(new NotedPromotion(Known.Stranger, 6) { Holder = Known.Other }, NotedPromotion.Opening(Seventh, eighth));
        Assert.Equal(new NotedPromotion(Known.Stranger, 0) { Holder = Known.Other }, NotedPromotion.Opening(null, eighth));
        Assert.Equal(new NotedPromotion(Known.Stranger, 8) { Holder = Known.Other }, NotedPromotion.OnRecord(eighth));
    }

    [Fact]
    public void A_backup_receives_the_promotion_on_record_whatever_it_had_before() =>
        Assert.Equal(
            new NotedPromotion(Known.Sixth, 6) { Holder = Known.Me },
            NotedPromotion.Following(new NotedPromotion(Known.Stranger, 9), new PromotionRecord(Known.Marker(6, Known.Sixth)), Known.Me)
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void By_a_closed_record_or_none_nobody_knows_what_it_receives(bool isClosed)
    {
        var record = isClosed ? new PromotionRecord(Known.Marker(6, Known.Sixth, closed: true)) : null;
        Assert.Equal(new NotedPromotion(Guid.Empty, 6) { Holder = Known.Me }, NotedPromotion.Following(Seventh, record, Known.Me));
        Assert.Equal(NotedPromotion.Unreadable with { Holder = Known.Me }, NotedPromotion.Following(null, record, Known.Me));
    }

    /// <summary>The record may be about the copy under that name until the node is on record, or has received, under another one.</summary>
    [Fact]
    public void The_name_of_the_holder_changes_only_with_a_promotion_on_record_or_one_that_was_received()
    {
        var eighth = Known.Marker(8, Known.Stranger);
        Assert.Equal(Known.Me, NotedPromotion.Opening(Held, eighth).Holder);
        Assert.Equal(Known.Me, NotedPromotion.Following(Held, new PromotionRecord(eighth), "new").Holder);
        Assert.Equal(Known.Me, NotedPromotion.Following(Held, null, "new").Holder);
        Assert.Equal(Known.Other, NotedPromotion.OnRecord(eighth).Holder);
        Assert.Equal(Held with { Holder = "new" }, NotedPromotion.Received(Held, eighth, "new"));
        Assert.Equal(new NotedPromotion(Known.Stranger, 8) { Holder = "new" }, NotedPromotion.Received(null, eighth, "new"));
    }
}
