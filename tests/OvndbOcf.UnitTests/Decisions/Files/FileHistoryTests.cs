using OvndbOcf.Decisions.Files;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Files;

public sealed class FileHistoryTests
{
    private const long MiB = 1 << 20;

    [Theory]
    // 291 MB of datapath groups that are no more, and a million rows: both were seen.
    [InlineData(291_000_000, 40_000, 3_028L, true)]
    [InlineData(113_000_000, 40_000, 5_000_000L, false)]
    // Short files are read soon.
    [InlineData((64 * MiB) - 1, 0, 0L, false)]
    [InlineData(64 * MiB, 0, 0L, true)]
    // After a compaction the file itself tells how long its data are.
    [InlineData(100 * MiB, 25 * MiB, 0L, true)]
    [InlineData(100 * MiB, (25 * MiB) + 1, 0L, false)]
    // Without one, what the server holds does.
    [InlineData(64 * MiB, 0, 256 * 1024L, true)]
    [InlineData(64 * MiB, 0, (256 * 1024L) + 1, false)]
    [InlineData(100 * MiB, 10 * MiB, 10_000_000L, false)]
    // What nobody said is no reason to say anything.
    [InlineData(291_000_000, 40_000, null, false)]
    [InlineData(long.MaxValue, 0, long.MaxValue, false)]
    [InlineData(long.MaxValue, long.MaxValue, 0L, false)]
    [InlineData(0, 0, 0L, false)]
    public void A_file_is_long_that_is_several_times_as_long_as_its_data(long length, long baseLength, long? atoms, bool isLong) =>
        Assert.Equal(isLong, new FileHistory(length, baseLength, atoms).IsLong);

    [Theory]
    [InlineData((64 * MiB) - 1, 0, false)]
    [InlineData(64 * MiB, 0, true)]
    [InlineData(64 * MiB, 16 * MiB, true)]
    [InlineData(64 * MiB, (16 * MiB) + 1, false)]
    public void The_server_is_asked_only_where_the_file_leaves_it_open(long length, long baseLength, bool mayBe) =>
        Assert.Equal(mayBe, FileHistory.MayBeLong(length, baseLength));

    [Theory]
    [InlineData("atoms:3028 cells:2543 monitors:0 n-weak-refs:500\n", 3028L)]
    [InlineData("cells:2543 atoms:7", 7L)]
    [InlineData("cells:2543 monitors:0", null)]
    [InlineData("atoms:", null)]
    [InlineData("atoms:-1", null)]
    [InlineData("atoms:99999999999999999999", null)]
    [InlineData("", null)]
    public void The_number_of_values_is_taken_from_what_the_server_says_of_its_memory(string reply, long? atoms) =>
        Assert.Equal(atoms, FileHistory.AtomsOf(reply));
}
