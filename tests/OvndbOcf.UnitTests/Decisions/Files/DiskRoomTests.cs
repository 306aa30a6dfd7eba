using OvndbOcf.Decisions.Files;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Files;

public class DiskRoomTests
{
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, (1 << 20) - 1, false)]
    [InlineData(0, 1 << 20, true)]
    [InlineData(40 << 20, 10 << 20, false)]
    [InlineData(40 << 20, 11 << 20, true)]
    [InlineData(40 << 20, long.MaxValue, true)]
    public void A_copy_has_to_fit_once_more(long length, long free, bool enough) =>
        Assert.Equal(enough, DiskRoom.IsEnoughToFollow(new DiskSpace(free, IsReadOnly: false), length));

    [Fact]
    public void On_one_that_cannot_be_written_nothing_fits() =>
        Assert.False(DiskRoom.IsEnoughToFollow(new DiskSpace(long.MaxValue, IsReadOnly: true), 0));

    [Fact]
    public void One_that_is_not_known_is_taken_to_have_room() => Assert.True(DiskRoom.IsEnoughToFollow(null, long.MaxValue));

    // A file of 12 MiB needs 40.
    [Theory]
    [InlineData(40, 0, RoomToSetAside.Enough)]
    [InlineData(40, 40, RoomToSetAside.Enough)]
    [InlineData(39, 0, RoomToSetAside.None)]
    [InlineData(39, 1, RoomToSetAside.WithoutSurplus)]
    [InlineData(0, 40, RoomToSetAside.WithoutSurplus)]
    [InlineData(0, 39, RoomToSetAside.None)]
    public void What_has_to_go_behind_one_more_file_makes_room_for_it(int free, int surplus, RoomToSetAside expected) =>
        Assert.Equal(expected, DiskRoom.ForOneMore((long)free << 20, 12 << 20, (long)surplus << 20));
}
