using OvndbOcf.Campaign;
using OvndbOcf.Campaign.Faults;
using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;
using OvndbOcf.Simulation;
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
            var first = Enumerable
                .Range((round * Kinds.Count) + 1, Kinds.Count)
                .Select(number => CampaignPlan.Trial(3, number, Kinds).Faults[0].Kind);
            Assert.Equal(Kinds.Select(kind => kind.Name).Order(), first.Order());
        }
    }

    [Fact]
    public void Two_faults_at_once_differ_and_leave_a_majority()
    {
        var doubles = Enumerable
            .Range(1, 2000)
            .Select(number => CampaignPlan.Trial(1, number, Kinds))
            .Where(trial => trial.Faults.Count == 2)
            .ToList();
        Assert.InRange(doubles.Count, 300, 600);
        Assert.All(doubles, trial => Assert.NotEqual(trial.Faults[0].Kind, trial.Faults[1].Kind));
        Assert.DoesNotContain(doubles, trial => trial.Faults.Any(fault => FaultCatalog.Named(fault.Kind).Alone));
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

    [Fact]
    public void A_campaign_can_have_kinds_of_some_names_only()
    {
        Assert.Equal(FaultCatalog.All, FaultCatalog.Select([]));
        Assert.Equal(["ban", "standby"], FaultCatalog.Select(["Standby", "ban"]).Select(kind => kind.Name));
        Assert.Empty(FaultCatalog.Select(["rain"]));
        var ban = FaultCatalog.Select(["ban"]);
        Assert.All(Enumerable.Range(1, 50), number => Assert.Equal("ban", Assert.Single(CampaignPlan.Trial(7, number, ban).Faults).Kind));
    }

    [Fact]
    public void A_campaign_of_some_kinds_has_results_of_its_own()
    {
        var whole = new CampaignOptions(50, 7, DebianRelease.Bookworm, 3, AgentChoice.Ours, "out");
        Assert.Equal("ours-bookworm-3-7", whole.Name);
        Assert.Equal("ours-bookworm-3-7-sigstop_of-ban", (whole with { Only = ["SIGSTOP of", "ban"] }).Name);
    }

    [Fact]
    public void What_has_to_come_true_while_a_fault_lasts_is_taken_back_behind_it() =>
        Assert.All(Kinds.Where(kind => kind.Meanwhile is not null), kind => Assert.NotNull(kind.Undo));

    private static string Text(PlannedTrial trial) => $"{trial.Number} {string.Join(' ', trial.Faults)} {trial.Apart} {trial.Phase}";
}
