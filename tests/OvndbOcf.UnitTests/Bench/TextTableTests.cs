using OvndbOcf.Bench.Output;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_aligned_and_notes_and_failures_follow() =>
        Assert.Equal(
            """
            section   measure    unit  ours  spread  n  shell agent    spread  n  ratio  goal
            monitor   promoted   ms       4    3..5  3          155  150..160  2  38.8×  ≤ 6 ms and 25× better  met
            failover  rows lost         0.5    0..1  2            -                      each ≤ 0               missed
            monitor, promoted, shell agent: was slow
            NOT MEASURED: soak: no time

            """,
            TextTable.Write(Reports.Some)
        );
}
