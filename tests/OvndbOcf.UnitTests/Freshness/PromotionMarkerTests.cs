using OvndbOcf.Servers.Freshness;
using Xunit;

namespace OvndbOcf.UnitTests.Freshness;

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
    public void The_time_is_written_in_utc_to_the_second() => Assert.Equal(
        Open, (Known.Marker(7, Known.Seventh) with { Time = new DateTimeOffset(2026, 3, 1, 14, 0, 0, 999, TimeSpan.FromHours(2)) }).ToString());

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

    /// <summary>The seconds of earlier closing markers in both databases, of this promotion, and those of the next one; it is closed 5.9 s after noon.</summary>
    [Theory]
    [InlineData(null, null, 5)]
    [InlineData(4, null, 5)]
    [InlineData(5, null, 6)]
    [InlineData(null, 5, 6)]
    [InlineData(5, 7, 8)]
    [InlineData(7, 5, 8)]
    [InlineData(60, 60, 61)]
    public void A_closing_marker_differs_from_those_of_earlier_attempts(int? northbound, int? southbound, int expected)
    {
        var closing = Known.Marker(7, Known.Seventh).Close(Known.At(5.9), new CopyPair(Closed(northbound), Closed(southbound)));
        Assert.Equal(Known.Marker(7, Known.Seventh, closed: true) with { Time = Known.At(expected) }, closing);
        Assert.Equal(closing, PromotionMarker.Parse(closing.ToString()));

        static DatabaseCopy Closed(int? seconds) =>
            Known.Copy(seconds is { } at ? Known.Marker(7, Known.Seventh, closed: true) with { Time = Known.At(at) } : Known.Marker(7, Known.Seventh) with { Time = Known.At(100) });
    }

    [Fact]
    public void Closing_markers_of_other_promotions_do_not_matter() => Assert.Equal(
        Known.At(5), Known.Marker(7, Known.Seventh).Close(Known.At(5), Known.Both(Known.Copy(Known.Marker(6, Known.Sixth, closed: true) with { Time = Known.At(9) }))).Time);
}
