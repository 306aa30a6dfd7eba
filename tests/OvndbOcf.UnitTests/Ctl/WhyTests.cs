using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Pacemaker.Configuration;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What <c>ovndbctl why</c> prints.</summary>
public sealed class WhyTests
{
    [Fact]
    public void A_backup_that_can_take_over()
    {
        var view = CtlSamples.View(CtlSamples.Healthy);
        var explanation = Why.Node(view, view.Nodes[1], isSentAhead: true);
        Assert.True(explanation.Promotable);
        Assert.Equal(
            """
            + Pacemaker answers
            + the cluster has quorum
            + the latest promotion on record is 4 on node1
            + node2 is online
            + the instance on node2 runs as a backup
            + NB follows node1, and holds promotion 4
            + SB follows node1, and holds promotion 4
            + promotion score 5: has promotion 4 and follows node1: can take over

            node2 can be promoted; node1 is active, and stays so until it fails or is moved.
            Next: ovndbctl switchover --to node2

            """,
            WhyText.Render(explanation, CtlSamples.Plain)
        );
    }

    [Fact]
    public void Somebody_is_active_and_something_is_wrong()
    {
        var healthy = CtlSamples.View(CtlSamples.Healthy);
        var broken = healthy with
        {
            Problems =
            [
                new ProblemView(ProblemSeverity.Critical, "10.0.0.9 is on no node", "crm_resource --why --resource ovn-vip"),
                new ProblemView(ProblemSeverity.Warning, "node3 must not be promoted", "ovndbctl why node3"),
            ],
        };
        var explanation = Why.Nobody(broken);
        Assert.Equal(
            ("Is anybody active?", true, "node1 is active; but 10.0.0.9 is on no node.", "crm_resource --why --resource ovn-vip"),
            (explanation.Question, explanation.Promotable, explanation.Conclusion, explanation.NextStep)
        );
        Assert.Equal("node1 is active.", Why.Nobody(healthy).Conclusion);

        // A move comes after that.
        Assert.Equal("crm_resource --why --resource ovn-vip", Why.Node(broken, broken.Nodes[1], isSentAhead: true).NextStep);
        Assert.Equal("ovndbctl switchover --to node2", Why.Node(healthy, healthy.Nodes[1], isSentAhead: true).NextStep);
    }

    [Theory]
    [InlineData("node3", "ovndbctl check")]
    [InlineData("node1", "ovndbctl check  # on node3")]
    public void A_copy_that_is_cut_off_from_the_active_node_is_looked_at_where_it_is(string here, string next)
    {
        var view = CtlSamples.View(
            CtlSamples.Healthy with
            {
                LocalNode = here,
                Local = null,
                Published = new Dictionary<string, string>(CtlSamples.Healthy.Published!)
                {
                    ["node3"] = $"Outdated promotion=4 id=- nb=- sb=- of={CtlSamples.Promotion}",
                },
                Cib = Cib.Read(CtlSamples.Cib("10 5 -INFINITY"))!,
            }
        );
        Assert.Equal(next, Why.Node(view, view.Nodes[2], isSentAhead: true).NextStep);
    }

    /// <summary>The cluster; whether backups have listeners of their own; what is concluded of node2, and the next step.</summary>
    public static TheoryData<string, bool, string, string?> Moves =>
        new()
        {
            { "", true, "", "ovndbctl switchover --to node2" },
            {
                "promoted by another agent",
                true,
                " A move may lose rows: no open promotion of the active node is on record to measure copies by, as where another agent promoted it.",
                "pcs node standby node1  # then: pcs node unstandby node1"
            },
            {
                "a record of a later form",
                true,
                " A move may lose rows: a promotion is on record in a form that this version does not know; upgrade the agent and this command.",
                null
            },
            { "not connected", true, " A move may lose rows: node2 is not connected to node1.", "ovndbctl check  # on node2" },
            {
                "",
                false,
                " A move may lose rows: backups replicate through the clients' address, which leaves before the databases do.",
                "ovndbctl switchover --to node2 --allow-loss"
            },
            { "maintenance", true, " It is not moved now: the cluster is in maintenance mode.", "pcs property set maintenance-mode=false" },
        };

    [Theory]
    [MemberData(nameof(Moves))]
    public void What_is_said_of_a_move_is_what_switchover_decides(string condition, bool isSentAhead, string conclusion, string? next)
    {
        var healthy = CtlSamples.View(CtlSamples.Healthy);
        var view = condition switch
        {
            "promoted by another agent" => healthy with { Promotion = healthy.Promotion! with { Node = "node3" } },
            "a record of a later form" => healthy with { Promotion = null, IsRecordUnknown = true },
            "not connected" => healthy with
            {
                Nodes =
                [
                    healthy.Nodes[0],
                    healthy.Nodes[1] with
                    {
                        Northbound = healthy.Nodes[1].Northbound with { Connected = false },
                    },
                    healthy.Nodes[2],
                ],
            },
            "maintenance" => healthy with { IsInMaintenance = true },
            _ => healthy,
        };
        var explanation = Why.Node(view, view.Nodes[1], isSentAhead);
        Assert.Equal(
            (true, $"node2 can be promoted; node1 is active, and stays so until it fails or is moved.{conclusion}", next),
            (explanation.Promotable, explanation.Conclusion, explanation.NextStep)
        );

        // What a refused move names is not the question that names the move.
        var plan = SwitchoverPlan.Decide(view, "node2", isSentAhead);
        Assert.Equal(plan.Verdict == SwitchoverVerdict.Lossless, conclusion.Length == 0);
        Assert.Equal(plan.Verdict == SwitchoverVerdict.Lossless ? null : next, plan.NextStep);
    }

    [Fact]
    public void Nobody_is_active_as_the_only_node_with_the_data_is_off()
    {
        var explanation = Why.Nobody(CtlSamples.View(WithoutNode1()));
        Assert.False(explanation.Promotable);
        Assert.Equal("No copy online may be promoted. What they lack is on node1, which is offline.", explanation.Conclusion);
        Assert.Equal("pcs cluster start node1", explanation.NextStep);
    }

    [Fact]
    public void An_outdated_node_is_told_to_start_the_node_with_the_data()
    {
        var view = CtlSamples.View(WithoutNode1());
        var explanation = Why.Node(view, view.Nodes[1], isSentAhead: true);
        Assert.False(explanation.Promotable);
        Assert.Equal("pcs cluster start node1", explanation.NextStep);
        Assert.Equal("node2 is not promoted: lacks data of promotion 4: its score keeps it from being promoted.", explanation.Conclusion);
    }

    [Theory]
    [InlineData("node1", "systemctl start pacemaker_remote  # on node1")]
    [InlineData("vm1", "crm_resource --cleanup --resource vm1")]
    public void A_remote_node_that_is_off_is_started_by_its_own_service_and_a_guest_by_its_machine(string resource, string next)
    {
        var facts = WithoutNode1();
        var explanation = Why.Nobody(
            CtlSamples.View(facts with { Cib = facts.Cib with { RemoteNodes = [new RemoteNode("node1", "10.0.0.2", resource)] } })
        );
        Assert.Equal(next, explanation.NextStep);
    }

    [Fact]
    public void Where_a_constraint_keeps_the_resource_off_the_node_with_the_data_the_constraint_is_shown()
    {
        var facts = WithoutNode1();
        var explanation = Why.Nobody(
            CtlSamples.View(
                facts with
                {
                    Status = facts.Status! with
                    {
                        Nodes = new Dictionary<string, NodeCondition>(facts.Status!.Nodes) { ["node1"] = NodeCondition.Online },
                    },
                    Cib = facts.Cib with { Bans = new Dictionary<string, IReadOnlyList<string>> { ["ovndb-clone"] = ["node1"] } },
                }
            )
        );
        Assert.Equal("crm_resource --constraints --resource ovndb-clone", explanation.NextStep);
    }

    [Fact]
    public void Without_quorum_nobody_is_promoted()
    {
        var facts = WithoutNode1();
        var explanation = Why.Nobody(CtlSamples.View(facts with { Status = facts.Status! with { HasQuorum = false } }));
        Assert.Equal((false, "corosync-quorumtool -s"), (explanation.Promotable, explanation.NextStep));
    }

    [Fact]
    public void Where_a_copy_may_be_promoted_Pacemaker_is_asked()
    {
        var facts = WithoutNode1();
        var explanation = Why.Nobody(CtlSamples.View(facts with { Cib = Cib.Read(CtlSamples.Cib("- 5 5"))! }));
        Assert.True(explanation.Promotable);
        Assert.Equal("crm_resource --why --resource ovndb-clone --node node2", explanation.NextStep);
    }

    [Fact]
    public void While_Pacemaker_does_not_answer_nothing_is_claimed() =>
        Assert.Null(Why.Nobody(CtlSamples.View(WithoutNode1() with { IsLive = false, Status = null, Published = null })).Promotable);

    [Fact]
    public void The_active_node_that_the_cluster_lost_counts_for_nobody()
    {
        var facts = CtlSamples.Healthy with
        {
            LocalNode = null,
            Local = null,
            Status = CtlSamples.Healthy.Status! with
            {
                Nodes = new Dictionary<string, NodeCondition>
                {
                    ["node1"] = NodeCondition.Unclean,
                    ["node2"] = NodeCondition.Online,
                    ["node3"] = NodeCondition.Online,
                },
            },
        };
        var view = CtlSamples.View(facts);
        Assert.Equal((null, InstanceRole.Unknown, DatabaseRole.Unknown), (view.Active, view.Nodes[0].Role, view.Nodes[0].Northbound.Role));
        Assert.Equal(
            (ProblemSeverity.Critical, "nobody is active: clients are not served"),
            (view.Problems[0].Severity, view.Problems[0].Text)
        );
    }

    private static ClusterFacts WithoutNode1()
    {
        var healthy = CtlSamples.Healthy;
        var outdated = $"Outdated promotion=3 id=- nb=- sb=- of={CtlSamples.Promotion}";
        return healthy with
        {
            LocalNode = null,
            Local = null,
            Cib = Cib.Read(CtlSamples.Cib("- -INFINITY -INFINITY"))!,
            Status = healthy.Status! with
            {
                Nodes = new Dictionary<string, NodeCondition>
                {
                    ["node1"] = NodeCondition.Offline,
                    ["node2"] = NodeCondition.Online,
                    ["node3"] = NodeCondition.Online,
                },
                Instances =
                [
                    CtlSamples.Instance("ovndb", "node2", InstanceRole.Unpromoted),
                    CtlSamples.Instance("ovndb", "node3", InstanceRole.Unpromoted),
                ],
            },
            Published = new Dictionary<string, string> { ["node2"] = outdated, ["node3"] = outdated },
        };
    }
}
