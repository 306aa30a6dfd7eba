using OvndbOcf.Linux;
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
}
