using OvndbOcf.Ocf;
using OvndbOcf.Servers.Parameters;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class ClusterRulesTests
{
    private const string Promotable = "create the resource with: promotable notify=true";
    private const string One = "set promoted-max=1";
    private const string Notify = "set the clone's meta attribute notify=true";

    /// <summary>Meta variables as "name=value" and the problems as "parameter: what to do".</summary>
    public static TheoryData<string[], string[]> Cases =>
        new()
        {
            { ["clone_max=3", "promoted_max=1", "notify=true"], [] },
            { ["clone_max=3", "master_max=1", "notify=true"], [] },
            { ["clone_max=3", "promoted_max=1", "master_max=1", "notify=TRUE"], [] },
            { ["clone_max=3", "promoted_max=1", "master_max=2", "notify=1"], [] },
            { ["clone_max=3", "promoted_max=2", "notify=true"], ["promoted-max: " + One] },
            { ["clone_max=3", "master_max=3", "notify=true"], ["promoted-max: " + One] },
            { ["clone_max=3", "promoted_max=0", "notify=true"], ["promoted-max: " + One] },
            { ["clone_max=3", "promoted_max=-1", "notify=true"], ["promoted-max: " + One] },
            { ["clone_max=3", "promoted_max=all", "notify=true"], ["promoted-max: " + One] },
            { ["clone_max=3", "promoted_max=1"], ["notify: " + Notify] },
            { ["clone_max=3", "promoted_max=1", "notify=false"], ["notify: " + Notify] },
            { ["clone_max=3", "promoted_max=1", "notify=perhaps"], ["notify: " + Notify] },
            { ["clone_max=3", "notify=true"], ["promotable: " + Promotable] },
            { ["clone_max=3"], ["promotable: " + Promotable, "notify: " + Notify] },
            { ["clone_max=3", "promoted_max=2", "notify=no"], ["promoted-max: " + One, "notify: " + Notify] },
            // Nothing of this is known where the call does not come from a cluster.
            { [], [] },
            { ["promoted_max=2"], [] },
        };

    [Theory]
    [InlineData("1", "migration-threshold is 1: after one failure Pacemaker bans the databases from this node")]
    [InlineData("3", "migration-threshold is 3: after 3 failures Pacemaker bans the databases from this node")]
    [InlineData("4", null)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1000000", null)]
    [InlineData("INFINITY", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_small_threshold_of_failures_is_a_risk(string? threshold, string? risk)
    {
        Assert.Equal(risk is null, ClusterRules.RiskOfThreshold(threshold) is null);
        Assert.StartsWith(risk ?? "", ClusterRules.RiskOfThreshold(threshold) ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_mistake_in_the_clones_options_is_told_of(string[] meta, string[] expected)
    {
        var environment = OcfEnvironment.From(
            "ovndb-servers",
            meta.Select(text => text.Split('='))
                .Select(pair => KeyValuePair.Create<string, string?>("OCF_RESKEY_CRM_meta_" + pair[0], pair[1]))
        );
        var problems = ClusterRules.Check(environment);
        Assert.Equal(expected.Length, problems.Count);
        foreach (var (problem, text) in problems.Zip(expected, (problem, text) => (problem, text.Split(": ", 2))))
        {
            Assert.Equal(
                (OcfExitCode.NotConfigured, text[0], text[0] != "notify"),
                (problem.Code, problem.Parameter, problem.PreventsStart)
            );
            Assert.EndsWith(text[1], problem.Text, StringComparison.Ordinal);
        }
    }
}
