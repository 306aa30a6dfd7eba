using OvndbOcf.Campaign.Report;
using OvndbOcf.Campaign.Report.Figures;
using OvndbOcf.Campaign.Report.Writing;
using Xunit;

namespace OvndbOcf.UnitTests.Report;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(new double[] { 3 }, 3.0, 3.0)]
    [InlineData(new double[] { 9, 1, 4 }, 4.0, 9.0)]
    [InlineData(new double[] { 1, 9, 4, 2 }, 3.0, 9.0)]
    [InlineData(new double[] { 1, 4, -1 }, 4.0, null)]
    [InlineData(new double[] { 1, -1 }, null, null)]
    [InlineData(new double[] { -1, -1, 1 }, null, null)]
    public void Median_and_worst_count_a_missing_recovery_as_the_longest(double[] recoveries, double? median, double? worst)
    {
        var figures = RecoveryFigures.Of([.. recoveries.Select(seconds => Campaigns.Fault(1, seconds < 0 ? null : seconds))]);
        Assert.Equal(new RecoveryFigures(recoveries.Length, median, worst), figures);
    }

    [Fact]
    public void There_are_no_figures_of_nothing() => Assert.Throws<ArgumentException>(() => RecoveryFigures.Of([]));

    [Fact]
    public void A_campaign_is_summed_up()
    {
        var figures = CampaignFigures.Of([
            Campaigns.Fault(1, 2) with
            {
                Rows = [new RowLoss("NB", 10, 1), new RowLoss("SB", 20, 2)],
                Violations = ["lost", "two active"],
            },
            Campaigns.Fault(2, 5, faultClass: FaultClass.Unplanned) with
            {
                Rows = [new RowLoss("NB", 5, 4)],
                Outage = 7,
            },
            Campaigns.Fault(3, null, faultClass: FaultClass.NodeLoss) with
            {
                Rows = [new RowLoss("NB", 5, 5)],
            },
        ]);
        Assert.Equal((3, 2, 2, 1, 40), (figures.Faults, figures.Broken, figures.Violations, figures.Unrecovered, figures.Acknowledged));
        Assert.Equal(
            (3, 4, 5),
            (figures.Missing[FaultClass.Planned], figures.Missing[FaultClass.Unplanned], figures.Missing[FaultClass.NodeLoss])
        );
        Assert.Equal((7.0, 5.0), (figures.WorstOutage, figures.WorstRecovery));
    }

    [Fact]
    public void A_campaign_without_faults_has_no_worst_times()
    {
        var figures = CampaignFigures.Of([]);
        Assert.Null(figures.WorstOutage);
        Assert.Null(figures.WorstRecovery);
    }

    [Fact]
    public void Campaigns_with_the_same_faults_are_pairs_and_others_are_alone()
    {
        var ours = Campaigns.Of("ours");
        var trixie = ours with { Setup = ours.Setup with { Release = "trixie" } };
        var two = ours with { Setup = ours.Setup with { Agent = "shell", Nodes = 2 } };
        var pairs = CampaignPair.Of(NumberedCampaign.Of([Campaigns.Of("shell"), ours, trixie, two, ours]));
        Assert.Equal([(2, 1), (5, null), (3, null), (null, 4)], pairs.Select(pair => (pair.Ours?.Place, pair.Shell?.Place)));
    }

    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(0.04, "0.0 s")]
    [InlineData(3.14159, "3.1 s")]
    [InlineData(99.96, "100 s")]
    [InlineData(123.4, "123 s")]
    public void Durations_have_as_many_digits_as_one_can_say(double seconds, string told) => Assert.Equal(told, Words.Seconds(seconds));
}
