using OvndbOcf.Decisions.Northd;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Northd;

public sealed class NorthdCureTests
{
    /// <summary>For each state what to do at first, before it was started anew and later, and after it was started anew, at first and later.</summary>
    public static TheoryData<NorthdState, string> Table =>
        new()
        {
            { NorthdState.NotManaged, "None None None None" },
            { NorthdState.Running, "None None None None" },
            { NorthdState.DiesRepeatedly, "None None None None" },
            { NorthdState.NotRunning, "Start Start Start Start" },
            { NorthdState.Hung, "Start Start Start Start" },
            { NorthdState.Paused, "Resume Resume Resume Resume" },
            { NorthdState.Disconnected, "Wait Restart Wait Report" },
            { NorthdState.Misdirected, "Restart Restart Report Report" },
        };

    [Fact]
    public void The_table_is_complete() => Assert.Equal(Enum.GetValues<NorthdState>(), Table.Select(row => row.Data.Item1).Order());

    [Theory]
    [MemberData(nameof(Table))]
    public void Each_state_is_treated_as_in_the_table(NorthdState seen, string treatments)
    {
        var brief = NorthdCure.Patience - TimeSpan.FromMilliseconds(1);
        NorthdTreatment[] found =
        [
            NorthdCure.For(seen, brief, wasRestarted: false),
            NorthdCure.For(seen, NorthdCure.Patience, wasRestarted: false),
            NorthdCure.For(seen, brief, wasRestarted: true),
            NorthdCure.For(seen, NorthdCure.Patience, wasRestarted: true),
        ];
        Assert.Equal(treatments, string.Join(' ', found));
    }
}
