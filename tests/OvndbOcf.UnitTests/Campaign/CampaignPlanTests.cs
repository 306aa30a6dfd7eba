using OvndbOcf.Campaign.Faults;
using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;
using Xunit;

namespace OvndbOcf.UnitTests.Campaign;

public class CampaignPlanTests
{
    private static readonly IReadOnlyList<FaultKind> Kinds = FaultCatalog.All;

    [Fact]
    public void A_seed_decides_each_trial_whatever_came_before()
    {
        var forwards = Enumerable.Range(1, 100).Select(number => Text(CampaignPlan.Trial(7, number, Kinds))).ToList();
        var backwards = Enumerable.Range(1, 100).Reverse().Select(number => Text(CampaignPlan.Trial(7, number, Kinds))).Reverse().ToList();
        Assert.Equal(forwards, backwards);
        Assert.NotEqual(forwards, [.. Enumerable.Range(1, 100).Select(number => Text(CampaignPlan.Trial(8, number, Kinds)))]);
    }

    [Fact]
    public void A_round_has_each_kind_once()
    {
        foreach (var round in Enumerable.Range(0, 3))
        {
            var first = Enumerable.Range((round * Kinds.Count) + 1, Kinds.Count).Select(number => CampaignPlan.Trial(3, number, Kinds).Faults[0].Kind);
            Assert.Equal(Kinds.Select(kind => kind.Name).Order(), first.Order());
        }
    }

    [Fact]
    public void Two_faults_at_once_differ_and_leave_a_majority()
    {
        var doubles = Enumerable.Range(1, 2000).Select(number => CampaignPlan.Trial(1, number, Kinds)).Where(trial => trial.Faults.Count == 2).ToList();
        Assert.InRange(doubles.Count, 300, 600);
        Assert.All(doubles, trial => Assert.NotEqual(trial.Faults[0].Kind, trial.Faults[1].Kind));
        Assert.DoesNotContain(doubles, trial => trial.Faults.All(fault => FaultCatalog.Named(fault.Kind).Class == FaultClass.NodeLoss));
    }

    [Fact]
    public void Faults_come_where_their_kind_makes_sense()
    {
        var faults = Enumerable.Range(1, 2000).SelectMany(number => CampaignPlan.Trial(5, number, Kinds).Faults).ToList();
        Assert.All(faults, fault => Assert.Equal(FaultCatalog.Named(fault.Kind).Only ?? fault.Target, fault.Target));
        Assert.All(faults, fault => Assert.InRange(fault.Choice, 0, 0.9999999));
        Assert.Contains(faults, fault => fault.Target == FaultTarget.Backup && FaultCatalog.Named(fault.Kind).Only is null);
    }

    [Fact]
    public void The_kinds_have_names_of_their_own()
    {
        Assert.Equal(FaultCatalog.All.Count, FaultCatalog.All.Select(kind => kind.Name).Distinct().Count());
        Assert.Throws<ArgumentException>(() => FaultCatalog.Named("rain"));
    }

    private static string Text(PlannedTrial trial) => $"{trial.Number} {string.Join(' ', trial.Faults)} {trial.Apart} {trial.Phase}";
}
