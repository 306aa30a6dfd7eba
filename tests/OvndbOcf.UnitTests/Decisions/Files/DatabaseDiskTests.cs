using OvndbOcf.Decisions.Files;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Files;

public sealed class DatabaseDiskTests
{
    private const long MiB = 1 << 20;

    [Theory]
    [InlineData(0, 0, false, true, "the disk with /var/lib/ovn is full")]
    [InlineData(MiB - 1, 0, false, true, "the disk with /var/lib/ovn is full")]
    [InlineData(MiB, 0, false, false, "the disk with /var/lib/ovn is nearly full: 1 MiB are free, 64 MiB are wanted")]
    [InlineData((64 * MiB) - 1, 64 * MiB, false, false, "the disk with /var/lib/ovn is nearly full: 63 MiB are free, 64 MiB are wanted")]
    [InlineData(64 * MiB, 64 * MiB, false, false, null)]
    [InlineData(200 * MiB, 201 * MiB, false, false, "the disk with /var/lib/ovn is nearly full: 200 MiB are free, 201 MiB are wanted")]
    [InlineData(201 * MiB, 201 * MiB, false, false, null)]
    [InlineData(long.MaxValue, long.MaxValue, false, false, null)]
    [InlineData(long.MaxValue, 0, true, true, "the disk with /var/lib/ovn is read-only")]
    [InlineData(0, 0, true, true, "the disk with /var/lib/ovn is read-only")]
    public void What_is_wrong_with_a_disk_is_told_by_what_is_free_beside_the_files(
        long free,
        long length,
        bool readOnly,
        bool full,
        string? trouble
    )
    {
        var disk = new DatabaseDisk("/var/lib/ovn", new DiskSpace(free, readOnly), length);
        Assert.Equal((full, trouble), (disk.IsFull, disk.Trouble));
    }

    [Fact]
    public void A_disk_that_cannot_be_asked_is_not_taken_for_full()
    {
        var disk = new DatabaseDisk("/var/lib/ovn", null, long.MaxValue);
        Assert.Equal((false, null), (disk.IsFull, disk.Trouble));
    }
}
