using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class NotedPromotionTests
{
    private const string Text = "77777777-0000-4000-8000-000000000007 6";

    private static readonly NotedPromotion Seventh = new(Known.Seventh, 6);

    [Fact]
    public void What_is_written_is_read()
    {
        Assert.Equal(Text, Seventh.ToString());
        Assert.Equal(Seventh, NotedPromotion.Parse(Text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("77777777-0000-4000-8000-000000000007")]
    [InlineData("77777777-0000-4000-8000-000000000007 -6")]
    [InlineData("77777777-0000-4000-8000-000000000007 6 6")]
    [InlineData("77777777-0000-4000-8000-000000000007 6 ")]
    [InlineData("77777777-0000-4000-8000-000000000007 6 77777777-0000-4000-8000-000000000007 6")]
    [InlineData("7 6")]
    [InlineData("77777777-0000-4000-8000-000000000007 9223372036854775808")]
    public void Anything_else_is_a_note_of_no_promotion_in_the_data(string? text) =>
        Assert.Equal(NotedPromotion.Unreadable, NotedPromotion.Parse(text));

    [Fact]
    public void What_lived_on_is_written_and_read()
    {
        var left = Seventh with { LeftBehind = Known.Sixth };
        Assert.Equal($"{Text} 66666666-0000-4000-8000-000000000006", left.ToString());
        Assert.Equal(left, NotedPromotion.Parse(left.ToString()));
        Assert.Equal(Seventh, left.CaughtUp());
    }

    [Fact]
    public void A_backup_that_is_stopped_is_left_behind_by_an_open_promotion_of_another_node()
    {
        Assert.Equal(Seventh with { LeftBehind = Known.Seventh }, NotedPromotion.Leaving(Seventh, Holding(), Known.Me));
        Assert.Equal(
            new NotedPromotion(Known.Seventh, 0) { LeftBehind = Known.Seventh },
            NotedPromotion.Leaving(null, Holding(), Known.Me)
        );
        Assert.Null(NotedPromotion.Leaving(Seventh, Holding(), Known.Other));
        Assert.Null(NotedPromotion.Leaving(Seventh, Holding(isClosed: true), Known.Me));
        Assert.Null(NotedPromotion.Leaving(Seventh, Known.Copy(null), Known.Me));
        Assert.Null(NotedPromotion.Leaving(Seventh, Holding() with { IsReadable = false }, Known.Me));

        static DatabaseCopy Holding(bool isClosed = false) => Known.Copy(Known.Marker(7, Known.Seventh, Known.Other, isClosed));
    }

    [Fact]
    public void It_stays_left_behind_until_it_has_caught_up_or_was_promoted()
    {
        var left = Seventh with { LeftBehind = Known.Seventh };
        var eighth = Known.Marker(8, Known.Stranger);
        Assert.Equal(Known.Seventh, NotedPromotion.Following(left, new PromotionRecord(eighth)).LeftBehind);
        Assert.Equal(Known.Seventh, NotedPromotion.Following(left, record: null).LeftBehind);
        Assert.Equal(Known.Seventh, NotedPromotion.Opening(left, eighth).LeftBehind);
        Assert.Null(NotedPromotion.OnRecord(eighth).LeftBehind);
    }

    [Fact]
    public void A_promotion_that_is_opened_is_not_on_record_yet()
    {
        var eighth = Known.Marker(8, Known.Stranger);
        Assert.Equal(new NotedPromotion(Known.Stranger, 6), NotedPromotion.Opening(Seventh, eighth));
        Assert.Equal(new NotedPromotion(Known.Stranger, 0), NotedPromotion.Opening(null, eighth));
        Assert.Equal(new NotedPromotion(Known.Stranger, 8), NotedPromotion.OnRecord(eighth));
    }

    [Fact]
    public void A_backup_receives_the_promotion_on_record_whatever_it_had_before() =>
        Assert.Equal(
            new NotedPromotion(Known.Sixth, 6),
            NotedPromotion.Following(new NotedPromotion(Known.Stranger, 9), new PromotionRecord(Known.Marker(6, Known.Sixth)))
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void By_a_closed_record_or_none_nobody_knows_what_it_receives(bool isClosed)
    {
        var record = isClosed ? new PromotionRecord(Known.Marker(6, Known.Sixth, closed: true)) : null;
        Assert.Equal(new NotedPromotion(Guid.Empty, 6), NotedPromotion.Following(Seventh, record));
        Assert.Equal(NotedPromotion.Unreadable, NotedPromotion.Following(null, record));
    }
}
