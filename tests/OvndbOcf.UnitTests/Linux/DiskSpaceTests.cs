using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Linux;

public sealed class DiskSpaceTests
{
    [Fact]
    public void A_disk_has_as_much_room_as_the_platform_says()
    {
        // Others write to the same disk meanwhile.
        var expected = new DriveInfo("/").AvailableFreeSpace;
        var space = DiskSpace.Of("/")!.Value;
        Assert.InRange(space.Free, expected - (1L << 30), expected + (1L << 30));
        Assert.False(space.IsReadOnly);
    }

    [Fact]
    public void A_file_system_of_the_kernels_own_that_takes_nothing_is_read_only_or_has_no_room() =>
        Assert.True(DiskSpace.Of("/proc/self") is { Free: 0 });

    [Fact]
    public void Of_what_is_not_there_nothing_is_known() => Assert.Null(DiskSpace.Of("/nonexistent/directory"));
}
