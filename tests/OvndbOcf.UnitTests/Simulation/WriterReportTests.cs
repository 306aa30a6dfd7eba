using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.UnitTests.Simulation;

public sealed class WriterReportTests
{
    [Fact]
    public void The_longest_gap_lies_between_two_acknowledgements() =>
        Assert.Equal(new WriteGap(Seconds(2), Seconds(5)), Report(8, 1, 2, 7).LongestGap);

    [Fact]
    public void The_time_before_the_first_acknowledgement_counts() =>
        Assert.Equal(new WriteGap(TimeSpan.Zero, Seconds(4)), Report(6, 4, 5).LongestGap);

    [Fact]
    public void An_outage_that_has_not_ended_counts() => Assert.Equal(new WriteGap(Seconds(2), Seconds(7)), Report(9, 1, 2).LongestGap);

    [Fact]
    public void Without_any_acknowledgement_all_of_it_is_an_outage() =>
        Assert.Equal(new WriteGap(TimeSpan.Zero, Seconds(9)), Report(9).LongestGap);

    [Fact]
    public void Gaps_that_were_over_before_a_moment_do_not_count_after_it()
    {
        var report = Report(20, 10, 11, 14, 15);
        Assert.Equal(new WriteGap(Seconds(15), Seconds(5)), report.LongestGapAfter(Seconds(12)));
        Assert.Equal(new WriteGap(Seconds(11), Seconds(3)), Report(15, 10, 11, 14, 15).LongestGapAfter(Seconds(12)));
        Assert.Null(report.LongestGapAfter(Seconds(20)));
    }

    [Fact]
    public void What_is_missing_before_a_moment_does_not_count_after_it()
    {
        var gap = new WriteGap(Seconds(11), Seconds(3));
        Assert.Equal(Seconds(2), gap.LengthAfter(Seconds(12)));
        Assert.Equal(Seconds(3), gap.LengthAfter(Seconds(11)));
        Assert.Equal(Seconds(3), gap.LengthAfter(Seconds(10)));
    }

    private static WriterReport Report(int elapsed, params int[] acknowledged) =>
        new([.. acknowledged.Select(second => new AcknowledgedWrite($"row{second}", Seconds(second)))], [], 0, null, Seconds(elapsed));

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
