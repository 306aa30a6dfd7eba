using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public class DiskRoomTests
{
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, (1 << 20) - 1, false)]
    [InlineData(0, 1 << 20, true)]
    [InlineData(40 << 20, 10 << 20, false)]
    [InlineData(40 << 20, 11 << 20, true)]
    [InlineData(40 << 20, long.MaxValue, true)]
    public void A_copy_has_to_fit_once_more(long length, long free, bool enough) => Assert.Equal(enough, DiskRoom.IsEnough(length, free));

    [Fact]
    public void A_disk_that_cannot_be_asked_is_not_taken_for_full() => Assert.True(DiskRoom.IsEnoughToFollow("/nonexistent/directory/ovnnb_db.db"));
}
