using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Instance;

/// <summary>What is made of a silent server's process, look by look.</summary>
public sealed class SilenceWatchTests
{
    // No process is the last.
    private static readonly ProcessActivity?[] Looks =
    [
        ProcessActivity.Running,
        ProcessActivity.Sleeping,
        ProcessActivity.Blocked,
        ProcessActivity.Stopped,
        ProcessActivity.Ended,
        null,
    ];

    /// <summary>
    /// The first look, then a letter for each second one: a quarter of a second later, five seconds later, and five seconds later with more processor time.
    /// U unclear, B busy, I idle, S stopped, G gone.
    /// </summary>
    public static TheoryData<ProcessActivity?, string, string, string> Pairs =>
        new()
        {
            { ProcessActivity.Running, "BBBSBB", "BIBSBB", "BBBSBB" },
            { ProcessActivity.Sleeping, "BUBSUU", "BIBSUU", "BBBSUU" },
            { ProcessActivity.Blocked, "BBBSBB", "BIBSBB", "BBBSBB" },
            { ProcessActivity.Stopped, "BUBSSS", "BUBSSS", "BUBSSS" },
            { ProcessActivity.Ended, "BUBSUU", "BUBSGG", "BUBSGG" },
            { null, "BUBSUU", "BUBSGG", "BUBSGG" },
        };

    [Fact]
    public void The_table_is_complete()
    {
        Assert.Equal(Looks, Pairs.Select(row => row.Data.Item1));
        Assert.Equal(Enum.GetValues<ProcessActivity>().Length + 1, Looks.Length);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Two_looks_tell_what_it_does(ProcessActivity? first, string soon, string later, string laterWithWork)
    {
        for (var i = 0; i < Looks.Length; i++)
        {
            Check(Looks[i], 250, 7, soon[i]);
            Check(Looks[i], 5000, 7, later[i]);
            Check(Looks[i], 5000, 8, laterWithWork[i]);
        }

        void Check(ProcessActivity? second, int milliseconds, long ticks, char finding)
        {
            var watch = new SilenceWatch();
            Look(watch, first, 7, 0);
            Look(watch, second, ticks, milliseconds);
            Assert.Equal(Read(finding), watch.Finding);
            Assert.Equal(finding is 'I' or 'S' or 'G', watch.IsHopeless);
        }
    }

    [Fact]
    public void Before_the_first_look_nothing_is_known()
    {
        var watch = new SilenceWatch();
        Assert.Equal(Silence.Unclear, watch.Finding);
        Assert.False(watch.IsHopeless);
    }

    [Theory]
    [InlineData(3999, Silence.Unclear)]
    [InlineData(4000, Silence.Idle)]
    public void It_may_sleep_for_four_seconds(int milliseconds, Silence finding)
    {
        var watch = new SilenceWatch();
        Look(watch, ProcessActivity.Sleeping, 7, 0);
        Look(watch, ProcessActivity.Sleeping, 7, 2000);
        Look(watch, ProcessActivity.Sleeping, 7, milliseconds);
        Assert.Equal(finding, watch.Finding);
    }

    [Fact]
    public void Work_in_between_starts_the_four_seconds_anew()
    {
        var watch = new SilenceWatch();
        Look(watch, ProcessActivity.Sleeping, 7, 0);
        Look(watch, ProcessActivity.Sleeping, 8, 3900);
        Look(watch, ProcessActivity.Sleeping, 8, 7800);
        Assert.Equal(Silence.Busy, watch.Finding);
        Look(watch, ProcessActivity.Sleeping, 8, 7900);
        Assert.Equal(Silence.Idle, watch.Finding);
    }

    [Theory]
    [InlineData(999, Silence.Unclear)]
    [InlineData(1000, Silence.Gone)]
    public void It_may_be_away_for_a_second(int milliseconds, Silence finding)
    {
        var watch = new SilenceWatch();
        Look(watch, null, 0, 0);
        Look(watch, null, 0, milliseconds);
        Assert.Equal(finding, watch.Finding);
    }

    [Theory]
    [InlineData(ProcessActivity.Running, Silence.Busy)]
    [InlineData(ProcessActivity.Sleeping, Silence.Unclear)]
    [InlineData(ProcessActivity.Blocked, Silence.Busy)]
    [InlineData(ProcessActivity.Stopped, Silence.Stopped)]
    public void One_that_was_seen_in_between_may_be_away_for_a_second_again(ProcessActivity between, Silence finding)
    {
        var watch = new SilenceWatch();
        Look(watch, null, 0, 0);
        Look(watch, between, 7, 500);
        Look(watch, null, 0, 1100);
        Look(watch, null, 0, 2099);
        Assert.Equal(finding, watch.Finding);
        Look(watch, null, 0, 2100);
        Assert.Equal(Silence.Gone, watch.Finding);
    }

    private static void Look(SilenceWatch watch, ProcessActivity? activity, long ticks, int milliseconds) =>
        watch.Look(activity, ticks, TimeSpan.FromMilliseconds(milliseconds));

    private static Silence Read(char letter) =>
        letter switch
        {
            'U' => Silence.Unclear,
            'B' => Silence.Busy,
            'I' => Silence.Idle,
            'S' => Silence.Stopped,
            _ => Silence.Gone,
        };
}
