using OvndbOcf.Servers.Decisions;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ReplicationPatienceTests
{
    private const long MiB = 1 << 20;

    /// <summary>The file's length in bytes, and the probe interval in milliseconds.</summary>
    public static TheoryData<long?, int?> Cases => new()
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
    public void A_second_for_each_MiB_in_few_steps(long? length, int? interval) => Assert.Equal(interval, ReplicationPatience.ProbeInterval(length));
}
