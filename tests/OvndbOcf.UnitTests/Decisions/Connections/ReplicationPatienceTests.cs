using OvndbOcf.Decisions.Connections;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Connections;

public sealed class ReplicationPatienceTests
{
    private const long MiB = 1 << 20;

    /// <summary>The file's length in bytes, and the probe interval in milliseconds.</summary>
    public static TheoryData<long?, int?> Cases =>
        new()
        {
            { null, null },
            { -1, null },
            { 0, null },
            { MiB, null },
            { (16 * MiB) - 1, null },
            { 16 * MiB, 32_000 },
            { 32 * MiB, 32_000 },
            { 33 * MiB, 64_000 },
            { 64 * MiB, 64_000 },
            { 82 * MiB, 128_000 },
            { 129 * MiB, 256_000 },
            { 257 * MiB, 512_000 },
            { 100_000 * MiB, 512_000 },
            { long.MaxValue, 512_000 },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_second_for_each_MiB_in_few_steps(long? length, int? interval) =>
        Assert.Equal(interval, ReplicationPatience.ProbeInterval(length, current: null));

    /// <summary>The file's length in bytes, the interval that there is, and the one that there shall be.</summary>
    public static TheoryData<long?, long, int?> Changes =>
        new()
        {
            { 64 * MiB, 32_000, 64_000 },
            { 64 * MiB, 64_000, 64_000 },
            { 33 * MiB, 128_000, 128_000 },
            { 32 * MiB, 128_000, 128_000 },
            { (32 * MiB) - 1, 128_000, 32_000 },
            { 128 * MiB, 512_000, 512_000 },
            { (128 * MiB) - 1, 512_000, 128_000 },
            { 8 * MiB, 32_000, 32_000 },
            { (8 * MiB) - 1, 32_000, null },
            { 0, 32_000, null },
            { null, 64_000, 64_000 },
            { null, 999_000_000, null },
            { 64 * MiB, 999_000_000, 64_000 },
            { 64 * MiB, 0, 64_000 },
            { MiB, 0, null },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public void One_that_is_there_stays_until_the_file_is_much_smaller(long? length, long current, int? interval) =>
        Assert.Equal(interval, ReplicationPatience.ProbeInterval(length, current));
}
