using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class OutcomeTests
{
    [Fact]
    public void Several_steps_are_done_if_each_is()
    {
        Assert.True(Outcome.All().IsDone);
        Assert.True(Outcome.All(Outcome.Done, Outcome.Done).IsDone);
        Assert.Equal("a; b", Outcome.All(Outcome.Failed("a"), Outcome.Done, Outcome.Failed("b")).Problem);
    }

    [Fact(Timeout = 20000)]
    public async Task Waiting_ends_with_the_condition_or_with_the_deadline_and_looks_at_least_once()
    {
        using var control = new ControlFixture();
        Assert.True(await Wait.UntilAsync("it", () => true, default, control.Log));
        var looks = 0;
        Assert.True(await Wait.UntilAsync("it", () => ++looks == 3, Deadline.After(TimeSpan.FromSeconds(5)), control.Log));
        Assert.False(await Wait.UntilAsync("it", () => false, Deadline.After(TimeSpan.FromMilliseconds(100)), control.Log));
        Assert.False(await Wait.UntilAsync("it", () => false, default, control.Log));
    }

    [Fact(Timeout = 20000)]
    public async Task A_long_wait_tells_what_it_waits_for_and_pauses_between_looks()
    {
        using var control = new ControlFixture();
        var looks = 0;
        Assert.False(
            await Wait.UntilAsync("NB server to exit", () => ++looks == 0, Deadline.After(TimeSpan.FromSeconds(3.5)), control.Log)
        );
        Assert.Contains("INFO: waiting for NB server to exit, ", control.Messages, StringComparison.Ordinal);

        // 175 pauses of 20 ms, a few shorter ones first, and timers that fire early; without pauses there would be thousands of looks.
        Assert.InRange(looks, 2, 250);
    }
}
