using OvndbOcf.Decisions.Topology;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Topology;

public sealed class AfterDemotionTests
{
    private static readonly (bool WasWhole, bool HasScore)[] Cases = [(false, false), (false, true), (true, false), (true, true)];

    [Fact]
    public void Before_a_stop_nothing_more_is_done()
    {
        foreach (var (wasWhole, hasScore) in Cases)
        {
            Assert.Equal(AfterDemotion.Nothing, AfterDemotions.Choose(stopFollows: true, ReplicationSource.Active, wasWhole, hasScore));
            Assert.Equal(AfterDemotion.Nothing, AfterDemotions.Choose(stopFollows: true, ReplicationSource.Nobody, wasWhole, hasScore));
        }
    }

    [Fact]
    public void Active_servers_elsewhere_are_followed()
    {
        foreach (var (wasWhole, hasScore) in Cases)
        {
            Assert.Equal(
                AfterDemotion.FollowActive,
                AfterDemotions.Choose(stopFollows: false, ReplicationSource.Active, wasWhole, hasScore)
            );
        }
    }

    [Theory]
    [InlineData(true, true, AfterDemotion.Nothing)]
    [InlineData(true, false, AfterDemotion.ReportCopy)]
    [InlineData(false, true, AfterDemotion.ReportCopy)]
    [InlineData(false, false, AfterDemotion.ReportCopy)]
    public void With_nobody_to_follow_the_copy_is_reported_unless_a_promotion_is_planned_by_the_score_that_there_is(
        bool wasWhole,
        bool hasScore,
        AfterDemotion expected
    ) => Assert.Equal(expected, AfterDemotions.Choose(stopFollows: false, ReplicationSource.Nobody, wasWhole, hasScore));
}
