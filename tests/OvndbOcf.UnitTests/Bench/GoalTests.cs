using OvndbOcf.Bench.Results;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class GoalTests
{
    private static readonly Statistics Ours = new(6, 5, 8, 9);

    [Theory]
    [InlineData(6, true)]
    [InlineData(5.9, false)]
    public void The_median_counts(double limit, bool met) => Assert.Equal(met, new Goal(limit).IsMetBy(Ours, null));

    [Theory]
    [InlineData(9, true)]
    [InlineData(8.9, false)]
    public void Every_sample_counts_where_it_is_said(double limit, bool met) =>
        Assert.Equal(met, new Goal(limit, OfWorst: true).IsMetBy(Ours, null));

    [Theory]
    [InlineData(150, true)]
    [InlineData(149, false)]
    public void The_shell_agent_has_to_be_so_many_times_slower(double shell, bool met) =>
        Assert.Equal(met, new Goal(6, TimesBetter: 25).IsMetBy(Ours, new Statistics(shell, shell, shell, shell)));

    [Fact]
    public void Without_the_shell_agent_the_limit_is_all() => Assert.True(new Goal(6, TimesBetter: 25).IsMetBy(Ours, null));

    [Fact]
    public void Goals_are_told_in_words()
    {
        Assert.Equal("≤ 6 ms and 25× better", new Goal(6, TimesBetter: 25).Describe("ms", Ours));
        Assert.Equal("≤ 6 ms", new Goal(6, TimesBetter: 25).Describe("ms", null));
        Assert.Equal("each ≤ 0", new Goal(0, OfWorst: true).Describe("", null));
    }
}
