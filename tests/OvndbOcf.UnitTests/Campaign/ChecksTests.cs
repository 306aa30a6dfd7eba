using OvndbOcf.Campaign;
using OvndbOcf.Campaign.Checks;
using OvndbOcf.Campaign.Report;
using Xunit;

namespace OvndbOcf.UnitTests.Campaign;

public class ChecksTests
{
    private static readonly MissingRow Recent = new("recent", 0.9);
    private static readonly MissingRow Later = new("later", -2);
    private static readonly MissingRow Old = new("old", 1.1);
    private static readonly MissingRow FromBefore = new("before", double.PositiveInfinity);

    [Theory]
    [InlineData(FaultClass.Planned)]
    [InlineData(FaultClass.Unplanned)]
    public void Without_the_loss_of_a_node_no_row_may_be_missing(FaultClass worst)
    {
        Assert.Null(LossRule.Judge(worst, "OVN_Northbound", []));
        Assert.Contains(
            "1 acknowledged rows of OVN_Northbound are missing",
            LossRule.Judge(worst, "OVN_Northbound", [Recent]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void With_a_node_only_rows_that_were_still_on_their_way_may_be_missing()
    {
        Assert.Null(LossRule.Judge(FaultClass.NodeLoss, "OVN_Northbound", []));
        Assert.Null(LossRule.Judge(FaultClass.NodeLoss, "OVN_Northbound", [Recent, Later]));
        var violation = LossRule.Judge(FaultClass.NodeLoss, "OVN_Northbound", [Recent, Old, FromBefore]);
        Assert.StartsWith("2 rows of OVN_Northbound are missing", violation, StringComparison.Ordinal);
        Assert.EndsWith(": old before", violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.9, false)]
    [InlineData(2, true)]
    [InlineData(5, true)]
    [InlineData(5.1, false)]
    [InlineData(8, true)]
    public void Only_rows_between_a_backup_and_its_restoration_are_put_back(double acknowledged, bool putBack)
    {
        Assert.Equal(putBack, LossRule.IsPutBack(acknowledged, [new Period(7, 9), new Period(2, 5)]));
        Assert.False(LossRule.IsPutBack(acknowledged, []));
    }

    [Theory]
    [InlineData(FaultClass.Planned, 1, 30)]
    [InlineData(FaultClass.Unplanned, 1, 30)]
    [InlineData(FaultClass.NodeLoss, 1, 60)]
    [InlineData(FaultClass.Planned, 2, 60)]
    [InlineData(FaultClass.Unplanned, 2, 60)]
    [InlineData(FaultClass.NodeLoss, 2, 90)]
    public void Recovery_has_a_limit(FaultClass worst, int faults, double limit)
    {
        Assert.Equal(limit, RecoveryRule.Limit(worst, faults));
        Assert.Null(RecoveryRule.Judge(worst, faults, limit));
        Assert.Equal(
            FormattableString.Invariant($"whole again only after {limit + 0.1:0.0} s, more than {limit:0} s"),
            RecoveryRule.Judge(worst, faults, limit + 0.1)
        );
    }

    [Fact]
    public void Two_active_nodes_are_found_by_their_periods()
    {
        static Lane Lane(string node, double from, double to) =>
            new(node, [new RolePeriod(0, from, NodeRole.Backup), new RolePeriod(from, to, NodeRole.Active)], []);
        Assert.Empty(TwoActive.Find([Lane("node1", 0, 5), Lane("node2", 5, 9), Lane("node3", 9, 9)]));
        Assert.Empty(TwoActive.Find([Lane("node1", 0, 5), Lane("node2", 4.8, 9)]));
        var violation = Assert.Single(TwoActive.Find([Lane("node1", 0, 5), Lane("node3", 3, 9)]));
        Assert.Equal("node1 and node3 were both active for 2.0 s, from 3.0 s on", violation);
    }

    [Fact]
    public void Outages_of_both_databases_are_one_where_they_overlap()
    {
        Assert.Equal([new Period(1, 4), new Period(6, 7)], Outages.Merged([new Period(6, 7), new Period(2, 4), new Period(1, 3)]));
        Assert.Empty(Outages.Merged([]));
    }
}
