using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class ResyncSafetyTests
{
    [Fact]
    public void Every_case_is_what_the_table_says() =>
        Assert.Equal([], ResyncCase.All.Where(seen => seen.Decision(OvnDatabase.Northbound) != seen.Expected));

    [Fact]
    public void The_other_database_is_judged_in_the_same_way() =>
        Assert.Equal([], ResyncCase.All.Where(seen => seen.Decision(OvnDatabase.Southbound) != seen.Expected));

    [Fact]
    public void The_table_has_all_cases_and_decisions()
    {
        Assert.Equal(2 * 7 * 2 * 5 * 3 * 2 * 6, ResyncCase.All.Count());
        Assert.Equal(Enum.GetValues<ResyncStep>(), ResyncCase.All.Select(seen => seen.Expected).Distinct().Order());
    }

    [Fact]
    public void Each_database_is_judged_by_its_own_schema()
    {
        var record = new PromotionRecord(Known.Marker(7, Known.Seventh)) { Northbound = new(1, 0), Southbound = new(2, 0) };
        var copy = Known.Copy(Known.Marker(7, Known.Seventh), schema: new(1, 0));
        Assert.Equal(
            ResyncStep.Nothing,
            ResyncSafety.Decide(copy, OvnDatabase.Northbound, record, Known.Me, wasWritable: false, noted: null)
        );
        Assert.Equal(
            ResyncStep.StayAway,
            ResyncSafety.Decide(copy, OvnDatabase.Southbound, record, Known.Me, wasWritable: false, noted: null)
        );
    }

    [Fact]
    public void Without_a_previous_promotion_no_marker_is_of_it()
    {
        var record = new PromotionRecord(Known.Marker(7, Known.Seventh)) { Complete = true };
        var copy = Known.Copy(Known.Marker(6, Known.Sixth));
        Assert.Equal(
            ResyncStep.SetAside,
            ResyncSafety.Decide(copy, OvnDatabase.Northbound, record, Known.Me, wasWritable: false, noted: null)
        );
    }
}
