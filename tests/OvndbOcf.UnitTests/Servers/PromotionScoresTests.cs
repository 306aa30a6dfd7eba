using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.State;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class PromotionScoresTests
{
    [Fact]
    public void The_scores_are_those_of_the_shell_agent()
    {
        Assert.Equal(5, PromotionScores.Backup);
        Assert.Equal(10, PromotionScores.Active);
    }

    [Fact]
    public void Every_combination_has_the_score_of_the_table() =>
        Assert.DoesNotContain(Circumstances.All, seen => Score(seen) != EvaluationTable.Score(seen));

    [Fact]
    public void A_failed_or_stopped_instance_never_has_a_score() =>
        Assert.DoesNotContain(Circumstances.All, seen => Score(seen) is not null && (int)seen.Code is 1 or 7 or 9);

    [Fact]
    public void A_copy_whose_replication_failed_never_has_a_score() =>
        Assert.DoesNotContain(Circumstances.All, seen => Score(seen) is not null && seen.Sees("F"));

    [Fact]
    public void No_backup_beats_an_active_instance() =>
        Assert.DoesNotContain(Circumstances.All, seen => Score(seen) >= 10 && !seen.SeesOnly("A"));

    [Theory]
    [InlineData(InstanceState.Stopped, null)]
    [InlineData(InstanceState.Unpromoted, 5)]
    [InlineData(InstanceState.UnpromotedDegraded, 5)]
    [InlineData(InstanceState.Promoted, 10)]
    [InlineData(InstanceState.PromotedWithoutNorthd, 10)]
    [InlineData(InstanceState.HalfPromoted, null)]
    [InlineData(InstanceState.Failed, null)]
    public void Every_state_has_its_score(InstanceState state, int? score)
    {
        var backup = Sighting.Of('R');
        Assert.Equal(score, PromotionScores.For(state, backup, backup));
    }

    [Fact]
    public void There_is_no_state_without_a_row_in_these_tables() => Assert.Equal(7, Enum.GetValues<InstanceState>().Length);

    [Theory]
    [InlineData('F', 'R')]
    [InlineData('R', 'F')]
    [InlineData('F', 'F')]
    public void A_degraded_instance_with_a_failed_copy_has_none(char northbound, char southbound) =>
        Assert.Null(PromotionScores.For(InstanceState.UnpromotedDegraded, Sighting.Of(northbound), Sighting.Of(southbound)));

    private static int? Score(Circumstances seen) =>
        PromotionScores.For(seen.State, Sighting.Of(seen.Northbound), Sighting.Of(seen.Southbound));
}
