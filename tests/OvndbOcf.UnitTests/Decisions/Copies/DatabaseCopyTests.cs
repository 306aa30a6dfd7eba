using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class DatabaseCopyTests
{
    [Fact]
    public void What_could_not_be_read_holds_nothing() =>
        Assert.Equal(new DatabaseCopy(false, null, false, null, null), DatabaseCopy.Unreadable);

    [Fact]
    public void Each_database_has_its_copy()
    {
        var pair = new CopyPair(Known.Copy(null), DatabaseCopy.Unreadable);
        Assert.Same(pair.Northbound, pair.Of(OvnDatabase.Northbound));
        Assert.Same(pair.Southbound, pair.Of(OvnDatabase.Southbound));
    }

    [Theory]
    [InlineData(6, 7, 6)]
    [InlineData(7, 6, 6)]
    [InlineData(7, 7, 7)]
    [InlineData(0, 7, 0)]
    [InlineData(7, 0, 0)]
    [InlineData(0, 0, 0)]
    public void The_number_is_that_of_the_older_promotion(long northbound, long southbound, long number) =>
        Assert.Equal(number, new CopyPair(Numbered(northbound), Numbered(southbound)).Number);

    [Theory]
    [InlineData(1, 2, 2)]
    [InlineData(2, 1, 2)]
    [InlineData(2, 2, 2)]
    [InlineData(1, null, 1)]
    [InlineData(null, 1, 1)]
    [InlineData(null, null, null)]
    public void The_last_change_is_the_later_one_that_is_known(int? northbound, int? southbound, int? expected) =>
        Assert.Equal(
            Time(expected),
            new CopyPair(Known.Copy(null, changed: Time(northbound)), Known.Copy(null, changed: Time(southbound))).LastChange
        );

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void A_pair_is_closed_if_both_copies_are(bool northbound, bool southbound, bool closed)
    {
        var pair = new CopyPair(
            Known.Copy(Known.Marker(7, Known.Seventh, closed: northbound)),
            Known.Copy(Known.Marker(7, Known.Seventh, closed: southbound))
        );
        Assert.Equal(closed, pair.AreClosedBy(Known.Marker(7, Known.Seventh, closed: true)));
        Assert.False(pair.AreClosedBy(Known.Marker(7, Known.Seventh)));
    }

    [Fact]
    public void A_pair_that_another_marker_closed_is_not_closed()
    {
        var closing = Known.Marker(7, Known.Seventh, closed: true);
        var seventh = Known.Copy(closing);
        foreach (
            var other in (PromotionMarker?[])[Known.Marker(7, Known.Stranger, closed: true), closing with { Time = Known.At(1) }, null]
        )
        {
            Assert.False(new CopyPair(seventh, Known.Copy(other)).AreClosedBy(closing));
            Assert.False(new CopyPair(Known.Copy(other), seventh).AreClosedBy(closing));
        }
    }

    [Fact]
    public void A_copy_is_left_behind_by_the_open_promotion_that_it_holds()
    {
        var copy = Known.Copy(Known.Marker(7, Known.Seventh)) with { LeftBehind = Known.Seventh };
        Assert.True(copy.IsLeftBehind);
        Assert.False((copy with { LeftBehind = Known.Sixth }).IsLeftBehind);
        Assert.False((copy with { LeftBehind = null }).IsLeftBehind);
        Assert.False((copy with { Marker = null }).IsLeftBehind);
        Assert.False((copy with { Marker = Known.Marker(7, Known.Seventh, closed: true) }).IsLeftBehind);
    }

    private static DatabaseCopy Numbered(long number) => Known.Copy(number == 0 ? null : Known.Marker(number, Known.Seventh));

    private static DateTimeOffset? Time(int? seconds) => seconds is { } value ? Known.At(value) : null;
}
