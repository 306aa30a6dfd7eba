using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Views;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>Where the configuration itself keeps everybody from running, or from being promoted, each command says that, and how it ends.</summary>
public sealed class HaltTests
{
    private const string Reason = "wrong value of master_ip: '10.119.131.999' is no address";

    /// <summary>What is set where; what is said, and the command that ends it.</summary>
    public static TheoryData<string, string, string, string> Roles =>
        new()
        {
            { "clone", "Stopped", "ovndb-clone is disabled (target-role), so nothing of it runs", "pcs resource enable ovndb-clone" },
            { "primitive", "stopped", "ovndb-clone is disabled (target-role), so nothing of it runs", "pcs resource enable ovndb" },
            {
                "defaults",
                "Stopped",
                "ovndb-clone is disabled (target-role), so nothing of it runs",
                "pcs resource meta ovndb-clone target-role=Started"
            },
            {
                "clone",
                "Slave",
                "target-role of ovndb-clone is Slave, so nobody is promoted",
                "pcs resource meta ovndb-clone target-role="
            },
            {
                "clone",
                "Unpromoted",
                "target-role of ovndb-clone is Unpromoted, so nobody is promoted",
                "pcs resource meta ovndb-clone target-role="
            },
        };

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_disabled_resource_is_told_by_each_command(string where, string role, string text, string command) =>
        AssertTold(
            In(
                CtlSamples.WithMeta(where, "target-role", role),
                string.Equals(role, "stopped", StringComparison.OrdinalIgnoreCase) ? InstanceRole.Stopped : InstanceRole.Unpromoted
            ),
            text,
            command
        );

    [Theory]
    [InlineData("clone", "Started")]
    [InlineData("clone", "Master")]
    [InlineData("primitive", "Promoted")]
    public void A_role_that_allows_a_promotion_is_nothing_to_tell(string where, string role) =>
        Assert.Empty(
            CtlSamples.View(CtlSamples.Healthy with { Cib = Cib.Read(CtlSamples.WithMeta(where, "target-role", role))! }).Problems
        );

    [Fact]
    public void A_parameter_that_is_wrong_on_every_node_is_told_by_each_command()
    {
        var facts = In(CtlSamples.Cib(), InstanceRole.Stopped);
        facts = facts with { Status = facts.Status! with { Failures = [.. Failures(6, "node2"), .. Failures(6, "node1")] } };
        AssertTold(facts, $"ovndb-clone runs nowhere: start failed on node1 and node2: {Reason}", "ovndbctl check");
        Assert.Contains(
            Why.Node(CtlSamples.View(facts), CtlSamples.View(facts).Nodes[0], isSentAhead: true).Facts,
            fact => fact.Text.EndsWith($"no instance runs here: start failed: {Reason}", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Another_failure_of_one_node_is_cleaned_up()
    {
        var facts = In(CtlSamples.Cib(), InstanceRole.Stopped);
        var view = CtlSamples.View(facts with { Status = facts.Status! with { Failures = Failures(1, "node1") } });
        Assert.Equal("crm_resource --cleanup --resource ovndb --node node1", Why.Nobody(view).NextStep);
        Assert.Equal($"no instance runs here: start failed: {Reason}", view.Nodes[0].Reason);
    }

    [Fact]
    public void What_runs_all_the_same_is_active_and_the_setting_a_warning()
    {
        var view = CtlSamples.View(CtlSamples.Healthy with { Cib = Cib.Read(CtlSamples.WithMeta("clone", "target-role", "Stopped"))! });
        Assert.Equal("node1", view.Active);
        Assert.Equal(
            [
                new ProblemView(
                    ProblemSeverity.Warning,
                    "ovndb-clone is disabled (target-role), so nothing of it runs",
                    "pcs resource enable ovndb-clone"
                ),
            ],
            view.Problems
        );
        Assert.Equal(SwitchoverVerdict.Refused, SwitchoverPlan.Decide(view, "node2", isSentAhead: true).Verdict);
    }

    private static void AssertTold(ClusterFacts facts, string text, string command)
    {
        var view = CtlSamples.View(facts);
        Assert.Equal(new ProblemView(ProblemSeverity.Critical, $"nobody is active: {text}", command), view.Problems[0]);
        Assert.DoesNotContain(view.Problems, problem => problem.Command?.Contains("--cleanup", StringComparison.Ordinal) == true);

        var nobody = Why.Nobody(view);
        Assert.Equal((false, $"{text}.", command), (nobody.Promotable, nobody.Conclusion, nobody.NextStep));
        Assert.Contains(new ExplainedFact(false, text), nobody.Facts);

        var one = Why.Node(view, view.Nodes[1], isSentAhead: true);
        Assert.Equal((false, $"node2 is not promoted: {text}.", command), (one.Promotable, one.Conclusion, one.NextStep));

        var failover = FailoverPlan.Decide(view, null);
        Assert.Equal((text, command), (failover.Refusal, failover.NextStep));
        var switchover = SwitchoverPlan.Decide(view, "node2", isSentAhead: true);
        Assert.Equal((SwitchoverVerdict.Refused, text, command), (switchover.Verdict, switchover.Reason, switchover.NextStep));
    }

    private static ClusterFacts In(string cib, InstanceRole role) =>
        CtlSamples.Healthy with
        {
            LocalNode = null,
            Local = null,
            Cib = Cib.Read(cib)!,
            Status = CtlSamples.Healthy.Status! with
            {
                Instances =
                    role == InstanceRole.Stopped
                        ? []
                        : [.. ((string[])["node1", "node2", "node3"]).Select(node => CtlSamples.Instance("ovndb", node, role))],
            },
        };

    // crm_mon escapes a reason once more than XML asks for.
    private static IReadOnlyList<OvndbOcf.Pacemaker.Status.FailedAction> Failures(int status, string node) =>
        ClusterStatus
            .Read(
                $"""
                <pacemaker-result><nodes/><failures>
                  <failure op_key="ovndb_start_0" node="{node}" exitstatus="not configured" exitcode="{status}"
                    exitreason="{Reason.Replace(
                    "'",
                    "&amp;apos;",
                    StringComparison.Ordinal
                )}" call="9" status="complete" task="start"/>
                </failures></pacemaker-result>
                """
            )!
            .Failures;
}
