using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PromotionMarkerTests
{
    private const string Id = "77777777-0000-4000-8000-000000000007";
    private const string Open = $"7 {Id} other 2026-03-01T12:00:00Z open";

    [Fact]
    public void The_key_is_what_people_see_in_the_databases() => Assert.Equal("ovndb-promotion", PromotionMarker.Key);

    [Fact]
    public void An_open_marker_is_written_so() => Assert.Equal(Open, Known.Marker(7, Known.Seventh).ToString());

    [Fact]
    public void A_closed_marker_is_written_so() =>
        Assert.Equal($"7 {Id} other 2026-03-01T12:00:00Z closed", Known.Marker(7, Known.Seventh, closed: true).ToString());

    [Fact]
    public void The_time_is_written_in_utc_to_the_second() =>
        Assert.Equal(
            Open,
            (Known.Marker(7, Known.Seventh) with { Time = new DateTimeOffset(2026, 3, 1, 14, 0, 0, 999, TimeSpan.FromHours(2)) }).ToString()
        );

    [Fact]
    public void A_marker_is_equal_to_what_is_read_back_whenever_it_was_made()
    {
        var late = new DateTimeOffset(2026, 3, 1, 14, 0, 0, 999, TimeSpan.FromHours(2));
        var made = new PromotionMarker(7, Known.Seventh, Known.Other, late, Closed: false);
        Assert.Equal(made, PromotionMarker.Parse(made.ToString()));
        Assert.Equal(made, Known.Marker(7, Known.Seventh, Known.Other) with { Time = late });
    }

    [Theory]
    [InlineData(1, "a", false)]
    [InlineData(1, "a", true)]
    [InlineData(long.MaxValue, "node-1.example.org", false)]
    [InlineData(long.MaxValue, "node-1.example.org", true)]
    public void What_was_written_is_read(long number, string node, bool closed)
    {
        var marker = Known.Marker(number, Known.Stranger, node, closed);
        Assert.Equal(marker, PromotionMarker.Parse(marker.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("    ")]
    [InlineData("7")]
    [InlineData($"7 {Id} other 2026-03-01T12:00:00Z")]
    [InlineData($"7 {Id} other 2026-03-01T12:00:00Z open ")]
    [InlineData($" 7 {Id} other 2026-03-01T12:00:00Z open")]
    [InlineData($"7  {Id} other 2026-03-01T12:00:00Z open")]
    [InlineData($"7 {Id}  2026-03-01T12:00:00Z open")]
    [InlineData($"0 {Id} other 2026-03-01T12:00:00Z open")]
    [InlineData($"-7 {Id} other 2026-03-01T12:00:00Z open")]
    [InlineData($"+7 {Id} other 2026-03-01T12:00:00Z open")]
    [InlineData($"7.0 {Id} other 2026-03-01T12:00:00Z open")]
    [InlineData($"seven {Id} other 2026-03-01T12:00:00Z open")]
    [InlineData($"9223372036854775808 {Id} other 2026-03-01T12:00:00Z open")]
    [InlineData("7 77777777 other 2026-03-01T12:00:00Z open")]
    [InlineData($"7 {{{Id}}} other 2026-03-01T12:00:00Z open")]
    [InlineData("7 77777777000040008000000000000007 other 2026-03-01T12:00:00Z open")]
    [InlineData($"7 {Id} other 2026-03-01T12:00:00 open")]
    [InlineData($"7 {Id} other 2026-03-01T12:00:00+00:00 open")]
    [InlineData($"7 {Id} other 2026-03-01T12:00:00.5Z open")]
    [InlineData($"7 {Id} other 2026-02-30T12:00:00Z open")]
    [InlineData($"7 {Id} other yesterday open")]
    [InlineData($"7 {Id} other 2026-03-01T12:00:00Z Open")]
    [InlineData($"7 {Id} other 2026-03-01T12:00:00Z half")]
    [InlineData($"7\t{Id}\tother\t2026-03-01T12:00:00Z\topen")]
    [InlineData("\"7\" \0 \uffff")]
    public void Nothing_else_is_a_marker(string? text) => Assert.Null(PromotionMarker.Parse(text));

    [Fact]
    public void The_time_is_read_as_utc()
    {
        var time = PromotionMarker.Parse(Open)?.Time;
        Assert.Equal((Known.Noon, TimeSpan.Zero), (time, time?.Offset));
    }

    [Fact]
    public void A_marker_is_of_its_promotion_open_or_closed()
    {
        var marker = Known.Marker(7, Known.Seventh);
        Assert.True(marker.IsOf(Known.Seventh));
        Assert.True(Known.Marker(7, Known.Seventh, closed: true).IsOf(Known.Seventh));
        Assert.False(marker.IsOf(Known.Sixth));
    }

    [Fact]
    public void A_closing_marker_has_its_own_time_to_the_second()
    {
        var closing = Known.Marker(7, Known.Seventh).Close(Known.Both(Known.Copy(Known.Marker(7, Known.Seventh))), Known.At(5.9));
        Assert.Equal(Known.Marker(7, Known.Seventh, closed: true) with { Time = Known.At(5) }, closing);
        Assert.Equal(closing, PromotionMarker.Parse(closing!.ToString()));
    }

    public static TheoryData<PromotionMarker> Others =>
        [
            Known.Marker(7, Known.Seventh, closed: true),
            Known.Marker(7, Known.Stranger),
            Known.Marker(6, Known.Sixth),
            Known.Marker(7, Known.Seventh) with
            {
                Time = Known.At(1),
            },
        ];

    [Theory]
    [MemberData(nameof(Others))]
    public void A_promotion_is_closed_only_once_and_only_by_the_marker_that_it_wrote(PromotionMarker other)
    {
        var marker = Known.Marker(7, Known.Seventh);
        Assert.Null(marker.Close(new CopyPair(Known.Copy(marker), Known.Copy(null)), Known.At(5)));
        Assert.Null(marker.Close(new CopyPair(Known.Copy(marker), Known.Copy(other)), Known.At(5)));
        Assert.Null(marker.Close(new CopyPair(Known.Copy(other), Known.Copy(marker)), Known.At(5)));
        Assert.Null((marker with { Closed = true }).Close(Known.Both(Known.Copy(marker with { Closed = true })), Known.At(5)));
    }
}
