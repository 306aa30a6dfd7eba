using OvndbOcf.Decisions.Timing;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Timing;

public sealed class ToolBudgetTests
{
    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(5, 0.5)]
    [InlineData(20, 2)]
    [InlineData(30, 3)]
    [InlineData(600, 3)]
    public void The_reserve_is_a_tenth_within_bounds(double timeout, double reserve) =>
        Assert.Equal(Seconds(reserve), ToolBudget.Reserve(Seconds(timeout)));

    [Theory]
    [InlineData(18, 2, 5)]
    [InlineData(6.25, 2, 5)]
    [InlineData(5, 2, 4)]
    [InlineData(0.9, 3, 1)]
    [InlineData(0, 3, 1)]
    [InlineData(-7, 3, 1)]
    [InlineData(1.25, 3, 1)]
    [InlineData(1.5, 3, 1.2)]
    public void A_call_gets_four_fifths_of_what_is_left_and_a_third_of_the_reserve_at_least(
        double remaining,
        double reserve,
        double call
    ) => Assert.Equal(Seconds(call), ToolBudget.For(Seconds(remaining), Seconds(reserve)));

    [Fact]
    public void Three_calls_after_the_deadline_end_before_Pacemaker_ends_the_action()
    {
        for (var timeout = 1; timeout <= 120; timeout++)
        {
            var reserve = ToolBudget.Reserve(Seconds(timeout));
            Assert.True(ToolBudget.For(TimeSpan.Zero, reserve) > Seconds(0.1));
            Assert.True(ToolBudget.For(TimeSpan.Zero, reserve) * 3 <= reserve);
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
