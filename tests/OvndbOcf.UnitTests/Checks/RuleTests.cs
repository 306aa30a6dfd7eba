using OvndbOcf.Ctl.Checks.Rules;
using Xunit;

namespace OvndbOcf.UnitTests.Checks;

/// <summary>Each rule finds what is planted, names a command for it, and finds nothing in a cluster that is set up as it should be.</summary>
public sealed class RuleTests
{
    private static readonly Dictionary<string, Rule> Rules = RuleBook.All.ToDictionary(rule => rule.Id);

    public static TheoryData<string> Names => [.. Planted.All.Keys];

    [Fact]
    public void Nothing_is_found_in_a_cluster_that_is_set_up_as_it_should_be() => Assert.Empty(RuleBook.Apply(Example.Cluster));

    [Fact]
    public void Each_rule_has_a_mistake_that_is_planted() =>
        Assert.Equal(
            RuleBook.All.Select(rule => rule.Id).Order(StringComparer.Ordinal),
            Planted.All.Values.Select(mistake => mistake.Rule).Distinct().Order(StringComparer.Ordinal)
        );

    [Theory]
    [MemberData(nameof(Names))]
    public void A_planted_mistake_is_found_with_its_command(string name)
    {
        var mistake = Planted.All[name];

        var finding = Assert.Single(Rules[mistake.Rule].Apply(mistake.Cluster));

        Assert.Equal(Rules[mistake.Rule].Severity, finding.Severity);
        Assert.Equal(mistake.Command, finding.Command);
        Assert.NotEqual(string.Empty, finding.Reason);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_rule_that_may_not_look_says_so_or_does_not_depend_on_it(string name)
    {
        var mistake = Planted.All[name];
        var blind = Blind.Of(mistake.Cluster);

        var findings = Rules[mistake.Rule].Apply(blind).ToList();

        // Never fine: the mistake is found all the same, or it is said that it could not be looked for.
        Assert.NotEmpty(findings);
        Assert.All(
            findings,
            finding => Assert.True(finding.Severity == Severity.Unknown || finding.Severity == Rules[mistake.Rule].Severity)
        );
    }

    [Fact]
    public void Findings_come_with_the_worst_first()
    {
        var cluster = Example.Cluster with
        {
            Configuration = Example.Configuration with
            {
                Properties = new Dictionary<string, string>
                {
                    ["stonith-enabled"] = "false",
                    ["maintenance-mode"] = "true",
                    ["load-threshold"] = "50%",
                },
            },
        };

        Assert.Equal(
            [("fencing-disabled", Severity.Error), ("maintenance-mode", Severity.Warning), ("load-threshold", Severity.Hint)],
            RuleBook.Apply(cluster).Select(finding => (finding.Id, finding.Severity))
        );
    }

    [Fact]
    public void Ids_are_unique() => Assert.Equal(RuleBook.All.Count, RuleBook.All.Select(rule => rule.Id).Distinct().Count());
}
