using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PromotionObjectionTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Another_promoted_instance_comes_first_and_then_the_copy_itself(bool areOthersKnown, bool isRunByPacemaker)
    {
        foreach (var policy in (OutdatedPolicy[])[OutdatedPolicy.Refuse, OutdatedPolicy.Allow])
        {
            Assert.Equal(PromotionObjection.PromotedElsewhere, Find(isElsewhere: true, isPromotable: true));
            Assert.Equal(PromotionObjection.PromotedElsewhere, Find(isElsewhere: true, isPromotable: false));
            Assert.Equal(PromotionObjection.NotPromotable, Find(isElsewhere: false, isPromotable: false));

            PromotionObjection Find(bool isElsewhere, bool isPromotable) =>
                PromotionObjections.Find(isElsewhere, isPromotable, areOthersKnown, isRunByPacemaker, policy);
        }
    }

    [Theory]
    [InlineData(true, true, OutdatedPolicy.Refuse, PromotionObjection.None)]
    [InlineData(true, true, OutdatedPolicy.Allow, PromotionObjection.None)]
    [InlineData(true, false, OutdatedPolicy.Refuse, PromotionObjection.None)]
    [InlineData(true, false, OutdatedPolicy.Allow, PromotionObjection.None)]
    [InlineData(false, true, OutdatedPolicy.Refuse, PromotionObjection.OthersUnknown)]
    [InlineData(false, true, OutdatedPolicy.Allow, PromotionObjection.OthersUnknownAllowed)]
    [InlineData(false, false, OutdatedPolicy.Refuse, PromotionObjection.None)]
    [InlineData(false, false, OutdatedPolicy.Allow, PromotionObjection.None)]
    public void Then_what_is_not_known_of_others(
        bool areOthersKnown,
        bool isRunByPacemaker,
        OutdatedPolicy policy,
        PromotionObjection expected
    ) => Assert.Equal(expected, PromotionObjections.Find(isElsewhere: false, isPromotable: true, areOthersKnown, isRunByPacemaker, policy));

    [Theory]
    [InlineData(Known.Other, false, false, true, true)]
    [InlineData(Known.Other, false, false, null, true)]
    [InlineData(Known.Other, false, false, false, false)]
    [InlineData(Known.Other, false, true, true, false)]
    [InlineData(Known.Other, true, false, true, false)]
    [InlineData(Known.Me, false, false, true, false)]
    public void Another_instance_is_promoted_by_an_open_record_unless_Pacemaker_asks_for_a_promotion_here(
        string node,
        bool isClosed,
        bool isAsked,
        bool? isPromoted,
        bool expected
    )
    {
        var record = new PromotionRecord(Known.Marker(7, Known.Seventh, node, isClosed));
        Assert.Equal(expected, PromotionObjections.IsElsewhere(record, Known.Me, isAsked, isPromoted));
    }

    [Fact]
    public void Without_a_record_nobody_is_promoted_as_far_as_is_known() =>
        Assert.False(PromotionObjections.IsElsewhere(null, Known.Me, isAsked: false, isPromoted: true));
}
