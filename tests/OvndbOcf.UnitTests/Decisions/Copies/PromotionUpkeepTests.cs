using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PromotionUpkeepTests
{
    [Fact]
    public void Every_case_is_what_the_table_says() => Assert.Equal([], UpkeepCase.All.Where(seen => seen.Decision.Step != seen.Expected));

    [Fact]
    public void The_table_has_all_cases_and_steps()
    {
        Assert.Equal(8 * 8 * 7 * 4 * 3 * 2, UpkeepCase.All.Count());
        Assert.Equal(Enum.GetValues<UpkeepStep>(), UpkeepCase.All.Select(seen => seen.Expected).Distinct().Order());
    }

    [Fact]
    public void Whatever_is_to_be_done_has_a_cause_and_a_promotion_that_it_is_about() =>
        Assert.All(
            UpkeepCase.All.Select(seen => seen.Decision),
            decision =>
            {
                Assert.Equal(decision.Step == UpkeepStep.Nothing, decision.Cause.Length == 0);
                Assert.Equal(decision.Step is UpkeepStep.Nothing or UpkeepStep.Wait, decision.Base is null);
                Assert.True(decision.Base is null || decision.Base.Marker.Node == Known.Me);
            }
        );

    [Fact]
    public void A_node_that_either_the_record_or_the_memory_calls_outdated_stays_so()
    {
        var mine = new PromotionRecord(Known.Marker(7, Known.Seventh, Known.Me));
        var decision = PromotionUpkeep.Decide(
            new UpkeepView(
                Known.Both(Known.Copy(mine.Marker)),
                new ClusterKnowledge(true, mine with { Outdated = ["n4", "n2"] }, Known.Me),
                mine with
                {
                    Outdated = ["n3", "n4"],
                    Complete = true,
                },
                Known.Me,
                false,
                TimeSpan.Zero
            )
        );
        Assert.Equal((UpkeepStep.WriteRecord, false), (decision.Step, decision.OutdatesUnseen));
        Assert.Equal((mine with { Outdated = ["n2", "n3", "n4"] }).ToString(), decision.Base!.ToString());
    }

    [Fact]
    public void A_record_that_is_gone_comes_back_as_it_is_remembered()
    {
        var mine = new PromotionRecord(Known.Marker(7, Known.Seventh, Known.Me))
        {
            Outdated = ["n3"],
            Complete = true,
            Previous = Known.Sixth,
        };
        var decision = PromotionUpkeep.Decide(
            new UpkeepView(
                Known.Both(Known.Copy(mine.Marker)),
                new ClusterKnowledge(true, null, null),
                mine,
                Known.Me,
                false,
                TimeSpan.Zero
            )
        );
        Assert.Equal((UpkeepStep.WriteRecord, false), (decision.Step, decision.OutdatesUnseen));
        Assert.Equal(mine.ToString(), decision.Base!.ToString());
    }

    [Fact]
    public void Where_only_the_markers_are_left_everybody_is_outdated_who_is_not_seen()
    {
        var marker = Known.Marker(7, Known.Seventh, Known.Me);
        var decision = PromotionUpkeep.Decide(
            new UpkeepView(Known.Both(Known.Copy(marker)), new ClusterKnowledge(true, null, null), null, Known.Me, false, TimeSpan.Zero)
        );
        Assert.Equal((UpkeepStep.WriteRecord, marker, true), (decision.Step, decision.Base!.Marker, decision.OutdatesUnseen));
    }

    [Fact]
    public void Anothers_promotion_is_taken_back_after_ten_seconds() =>
        Assert.Equal(TimeSpan.FromSeconds(10), PromotionUpkeep.TakeBackAfter);
}
