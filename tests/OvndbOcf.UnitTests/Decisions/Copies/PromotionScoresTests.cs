using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PromotionScoresTests
{
    [Fact]
    public void Those_of_backups_and_the_promoted_instance_are_the_shell_agents()
    {
        Assert.Equal(5, PromotionScores.Backup);
        Assert.Equal(10, PromotionScores.Active);
    }

    [Fact]
    public void The_better_the_copy_the_higher_the_score_and_none_is_zero_or_beats_the_promoted_instance() =>
        Assert.Equal(
            [-1_000_000, 1, 2, 3, 4, 5, 7, 8, 9, 10],
            [
                PromotionScores.Forbidden,
                PromotionScores.Least,
                PromotionScores.CutOffForLong,
                PromotionScores.CutOffForMinutes,
                PromotionScores.CutOff,
                PromotionScores.Backup,
                PromotionScores.Closed,
                PromotionScores.Complete,
                PromotionScores.LastActive,
                PromotionScores.Active,
            ]
        );
}
