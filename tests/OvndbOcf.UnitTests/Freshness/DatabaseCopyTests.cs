using OvndbOcf.Servers.Freshness;
using OvndbOcf.Servers.Parameters;
using Xunit;

namespace OvndbOcf.UnitTests.Freshness;

public sealed class DatabaseCopyTests
{
    [Fact]
    public void What_could_not_be_read_holds_nothing() => Assert.Equal(new DatabaseCopy(false, null, false, null, null), DatabaseCopy.Unreadable);

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
        Assert.Equal(Time(expected), new CopyPair(Known.Copy(null, changed: Time(northbound)), Known.Copy(null, changed: Time(southbound))).LastChange);

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(2, 1, 1)]
    [InlineData(2, 2, 2)]
    [InlineData(1, null, null)]
    [InlineData(null, 1, null)]
    public void Both_received_everything_until_the_earlier_change(int? northbound, int? southbound, int? expected) =>
        Assert.Equal(Time(expected), new CopyPair(Received(northbound), Received(southbound)).ReceivedUntil(Known.Seventh));

    [Fact]
    public void A_copy_with_another_marker_or_none_was_changed_by_something_else()
    {
        Assert.Null(new CopyPair(Received(1), Received(1)).ReceivedUntil(Known.Sixth));
        Assert.Null(new CopyPair(Received(1), Received(1) with { Marker = Known.Marker(8, Known.Stranger) }).ReceivedUntil(Known.Seventh));
        Assert.Null(new CopyPair(Received(1) with { Marker = Known.Marker(8, Known.Stranger) }, Received(1)).ReceivedUntil(Known.Seventh));
        Assert.Null(new CopyPair(Received(1) with { Marker = null }, Received(1)).ReceivedUntil(Known.Seventh));
        Assert.Null(new CopyPair(Received(1), Received(1) with { Marker = null }).ReceivedUntil(Known.Seventh));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void A_pair_is_closed_if_both_copies_are(bool northbound, bool southbound, bool closed)
    {
        var pair = new CopyPair(
            Known.Copy(Known.Marker(7, Known.Seventh, closed: northbound)), Known.Copy(Known.Marker(7, Known.Seventh, closed: southbound)));
        Assert.Equal(closed, pair.IsClosed(Known.Seventh));
    }

    [Fact]
    public void A_pair_that_closed_another_promotion_is_not_closed()
    {
        var seventh = Known.Copy(Known.Marker(7, Known.Seventh, closed: true));
        var stranger = Known.Copy(Known.Marker(7, Known.Stranger, closed: true));
        Assert.False(new CopyPair(seventh, stranger).IsClosed(Known.Seventh));
        Assert.False(new CopyPair(stranger, seventh).IsClosed(Known.Seventh));
        Assert.False(new CopyPair(Known.Copy(null), seventh).IsClosed(Known.Seventh));
        Assert.False(new CopyPair(seventh, Known.Copy(null)).IsClosed(Known.Seventh));
    }

    private static DatabaseCopy Received(int? seconds) => Known.Copy(Known.Marker(7, Known.Seventh), changed: Time(seconds));

    private static DatabaseCopy Numbered(long number) => Known.Copy(number == 0 ? null : Known.Marker(number, Known.Seventh));

    private static DateTimeOffset? Time(int? seconds) => seconds is { } value ? Known.At(value) : null;
}
