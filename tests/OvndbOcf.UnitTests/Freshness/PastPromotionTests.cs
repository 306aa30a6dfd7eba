using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Freshness;

/// <summary>The promotions of the past, which are kept for people.</summary>
public sealed class PastPromotionTests
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 27, 7, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Begin + TimeSpan.FromHours(1);

    [Fact]
    public void A_promotion_is_added_and_its_end_updates_it()
    {
        var first = PastPromotion.With([], Record(1, "node1"));
        var closed = PastPromotion.With(first, Closed(Record(1, "node1")));
        var second = PastPromotion.With(closed, Record(2, "node2") with { Previous = Id(1), Complete = true });
        Assert.Equal("1 00000001 node1 2026-11-27T07:00:00Z - - -", PastPromotion.Format(first));
        Assert.Equal("1 00000001 node1 2026-11-27T07:00:00Z 2026-11-27T08:00:00Z - -", PastPromotion.Format(closed));
        Assert.Equal(
            "1 00000001 node1 2026-11-27T07:00:00Z 2026-11-27T08:00:00Z - -;2 00000002 node2 2026-11-27T07:00:00Z - complete 00000001",
            PastPromotion.Format(second)
        );
        Assert.Equal(second, PastPromotion.Parse(PastPromotion.Format(second)));
    }

    [Fact]
    public void What_else_of_the_record_changes_leaves_the_history_as_it_is()
    {
        var history = PastPromotion.With([], Record(1, "node1"));
        Assert.Equal(history, PastPromotion.With(history, Record(1, "node1") with { Outdated = ["node2"] }));
    }

    [Fact]
    public void An_earlier_promotion_is_updated_in_its_place()
    {
        var history = PastPromotion.With(PastPromotion.With([], Record(1, "node1")), Record(2, "node2"));
        var updated = PastPromotion.With(history, Closed(Record(1, "node1")));
        Assert.Equal([1, 2], updated.Select(entry => entry.Number));
        Assert.Equal(End, updated[0].End);
    }

    [Fact]
    public void The_same_number_of_another_history_is_another_promotion()
    {
        var history = PastPromotion.With([], Record(1, "node1"));
        var other = new PromotionRecord(Record(1, "node2").Marker with { Id = Id(9) });
        Assert.Equal(["node1", "node2"], PastPromotion.With(history, other).Select(entry => entry.Node));
    }

    [Fact]
    public void One_that_is_first_seen_closed_has_no_begin() =>
        Assert.Equal(
            "1 00000001 node1 - 2026-11-27T08:00:00Z - -",
            PastPromotion.Format(PastPromotion.With([], Closed(Record(1, "node1"))))
        );

    [Fact]
    public void The_latest_twenty_stay()
    {
        IReadOnlyList<PastPromotion> history = [];
        for (var i = 1; i <= 30; i++)
        {
            history = PastPromotion.With(history, Record(i, "node1"));
        }

        Assert.Equal(Enumerable.Range(11, 20).Select(number => (long)number), history.Select(entry => entry.Number));
        var text = PastPromotion.Format(history);
        Assert.Equal(history, PastPromotion.Parse($"{PastPromotion.Format(history.Take(5))};{text}"));
        Assert.InRange(text.Length, 0, 2000);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("what is this")]
    [InlineData(";;;")]
    [InlineData("0 00000001 node1 2026-11-27T07:00:00Z - - -")]
    [InlineData("1 0000001 node1 2026-11-27T07:00:00Z - - -")]
    [InlineData("1 00000001  2026-11-27T07:00:00Z - - -")]
    [InlineData("1 00000001 node1 2026-11-27T07:00:00Z - maybe -")]
    [InlineData("1 00000001 node1 2026-11-27T07:00:00Z - - 000")]
    [InlineData("1 00000001 node1 2026-11-27T07:00:00Z - -")]
    public void What_is_damaged_is_left_out(string? text)
    {
        Assert.Empty(PastPromotion.Parse(text));
        const string Whole = "2 00000002 node2 2026-11-27T07:00:00Z - - 00000001";
        Assert.Equal(Whole, PastPromotion.Format(PastPromotion.Parse($"{text};{Whole}")));
    }

    [Fact]
    public void A_time_that_is_damaged_is_unknown() =>
        Assert.Equal(
            "1 00000001 node1 - - complete -",
            PastPromotion.Format(PastPromotion.Parse("1 00000001 node1 yesterday soon complete -"))
        );

    private static PromotionRecord Record(int number, string node) =>
        new(new PromotionMarker(number, Id(number), node, Begin, Closed: false));

    private static PromotionRecord Closed(PromotionRecord record) =>
        record with
        {
            Marker = record.Marker with { Time = End, Closed = true },
        };

    private static Guid Id(int number) => new($"{number:00000000}-0000-4000-8000-000000000000");
}
