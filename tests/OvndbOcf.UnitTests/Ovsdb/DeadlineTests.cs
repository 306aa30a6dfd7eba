using OvndbOcf.Linux;
using OvndbOcf.UnitTests.Servers.Actions;
using Xunit;

namespace OvndbOcf.UnitTests.Ovsdb;

public sealed class DeadlineTests
{
    [Fact]
    public void The_default_has_passed()
    {
        Assert.True(default(Deadline).HasPassed);
        Assert.Equal(TimeSpan.Zero, default(Deadline).Remaining);
    }

    [Fact]
    public void What_lies_ahead_has_time_left_and_what_lies_behind_has_none()
    {
        var ahead = Deadline.After(TimeSpan.FromMinutes(1));
        Assert.False(ahead.HasPassed);
        Assert.InRange(ahead.Remaining, TimeSpan.FromSeconds(50), TimeSpan.FromMinutes(1));
        Assert.True(Deadline.After(TimeSpan.FromSeconds(-1)).HasPassed);
        Assert.Equal(TimeSpan.Zero, Deadline.After(TimeSpan.FromSeconds(-1)).Remaining);
    }

    [Fact]
    public void The_earlier_of_two_wins_whichever_way_it_is_asked()
    {
        var soon = Deadline.After(TimeSpan.FromSeconds(1));
        var late = Deadline.After(TimeSpan.FromSeconds(9));
        Assert.Equal(soon, soon.Earlier(late));
        Assert.Equal(soon, late.Earlier(soon));
    }

    [Fact]
    public void A_reserve_brings_it_forward()
    {
        var deadline = Deadline.After(TimeSpan.FromSeconds(60));
        Assert.InRange(deadline.Less(TimeSpan.FromSeconds(20)).Remaining, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40));
        Assert.True(deadline.Less(TimeSpan.FromSeconds(90)).HasPassed);
    }

    [Fact]
    public void A_step_on_the_way_takes_its_own_time_or_a_share_and_never_more_than_is_left()
    {
        var deadline = Deadline.After(TimeSpan.FromSeconds(60));
        Assert.InRange(deadline.Within(TimeSpan.FromSeconds(20)).Remaining, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20));
        Assert.Equal(deadline, deadline.Within(TimeSpan.FromSeconds(90)));
        Assert.InRange(deadline.Share(0.5).Remaining, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(30));
        Assert.True(default(Deadline).Within(TimeSpan.FromSeconds(20)).HasPassed);
        Assert.True(default(Deadline).Share(0.5).HasPassed);
    }

    [Fact]
    public async Task By_another_clock_it_passes_when_that_one_says_so()
    {
        var clock = new TestClock();
        var deadline = Deadline.After(TimeSpan.FromSeconds(60), clock);
        await Task.Delay(TimeSpan.FromSeconds(59), deadline.Clock, TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(1), deadline.Remaining);
        Assert.Equal(deadline, deadline.Earlier(Deadline.After(TimeSpan.FromSeconds(30))));
        Assert.Equal(deadline, Deadline.After(TimeSpan.FromSeconds(30)).Earlier(deadline));
        Assert.True(deadline.Within(TimeSpan.Zero).HasPassed);
        await Task.Delay(TimeSpan.FromSeconds(1), deadline.Clock, TestContext.Current.CancellationToken);
        Assert.True(deadline.HasPassed);
        Assert.Equal(TimeProvider.System, Deadline.After(TimeSpan.Zero, TimeProvider.System).Clock);
    }
}
