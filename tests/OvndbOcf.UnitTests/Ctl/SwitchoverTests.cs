using System.CommandLine;
using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Commands;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Moving;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What is decided, and said, about a planned move.</summary>
public sealed class SwitchoverTests
{
    private static readonly ClusterView Healthy = CtlSamples.View(CtlSamples.Healthy);

    [Fact]
    public void A_connected_backup_is_taken_and_nothing_is_lost() =>
        Assert.Equal(
            "From node1 to node2. No row is lost: node2 follows node1, which sends everything\n  before it ends.\n",
            SwitchoverText.Plan(SwitchoverPlan.Decide(Healthy, null, isSentAhead: true), CtlSamples.Plain)
        );

    [Fact]
    public void A_named_node_is_taken() =>
        Assert.Equal((SwitchoverVerdict.Lossless, "node1", "node3"), Taken(SwitchoverPlan.Decide(Healthy, "node3", isSentAhead: true)));

    [Fact]
    public void The_active_node_needs_no_move() =>
        Assert.Equal(SwitchoverVerdict.NothingToDo, SwitchoverPlan.Decide(Healthy, "node1", isSentAhead: true).Verdict);

    [Fact]
    public void The_backup_with_the_higher_score_goes_first() =>
        Assert.Equal(
            (SwitchoverVerdict.Lossless, "node1", "node3"),
            Taken(
                SwitchoverPlan.Decide(
                    CtlSamples.View(CtlSamples.Healthy with { Cib = Cib.Read(CtlSamples.Cib("10 4 5"))! }),
                    null,
                    isSentAhead: true
                )
            )
        );

    [Fact]
    public void Through_the_clients_address_the_last_rows_may_be_lost() =>
        Assert.Equal(SwitchoverVerdict.MayLose, SwitchoverPlan.Decide(Healthy, null, isSentAhead: false).Verdict);

    [Theory]
    [InlineData("node2", "Outdated promotion=3 id=- nb=- sb=- of=-")]
    [InlineData("node2", "Current promotion=4 id=- nb=- sb=- of=-")]
    [InlineData("node2", "Current promotion=3 id=- nb=10.0.0.3:1 sb=10.0.0.3:2 of=-")]
    [InlineData("node2", "what is this")]
    public void What_is_not_proven_may_lose(string node, string published)
    {
        var facts = CtlSamples.Healthy with
        {
            Published = new Dictionary<string, string>(CtlSamples.Healthy.Published!) { [node] = published },
        };
        Assert.Equal(SwitchoverVerdict.MayLose, SwitchoverPlan.Decide(CtlSamples.View(facts), node, isSentAhead: true).Verdict);
    }

    [Fact]
    public void Clusters_that_are_not_fit_are_left_alone()
    {
        Assert.All(
            (ClusterView[])
                [
                    Healthy with
                    {
                        PacemakerAnswers = false,
                    },
                    Healthy with
                    {
                        HasQuorum = false,
                    },
                    Healthy with
                    {
                        HasQuorum = null,
                    },
                    Healthy with
                    {
                        IsInMaintenance = true,
                    },
                    Healthy with
                    {
                        Moves = ["cli-ban-ovndb-clone-on-node2"],
                    },
                    Healthy with
                    {
                        Active = null,
                    },
                    Healthy with
                    {
                        Nodes = [Healthy.Nodes[0], Healthy.Nodes[1] with { Role = InstanceRole.Changing }],
                    },
                    Healthy with
                    {
                        Nodes = [Healthy.Nodes[0], Healthy.Nodes[1] with { Role = InstanceRole.Promoted }],
                    },
                    Healthy with
                    {
                        Nodes = [Healthy.Nodes[0], Healthy.Nodes[1] with { IsPromotable = false }],
                    },
                    Healthy with
                    {
                        Nodes = [Healthy.Nodes[0], Healthy.Nodes[1] with { Condition = NodeCondition.Standby }],
                    },
                ],
            view => Assert.Equal(SwitchoverVerdict.Refused, SwitchoverPlan.Decide(view, null, isSentAhead: true).Verdict)
        );
    }

    [Fact]
    public void A_node_that_cannot_be_promoted_is_refused_with_its_reason()
    {
        var view = Healthy with { Nodes = [Healthy.Nodes[0], Healthy.Nodes[1] with { IsPromotable = false, Reason = "lacks data" }] };
        Assert.Equal(
            "Refused: node2 cannot be promoted: lacks data.\n  $ ovndbctl why node2\n",
            SwitchoverText.Plan(SwitchoverPlan.Decide(view, "node2", isSentAhead: true), CtlSamples.Plain)
        );
    }

    [Theory]
    [InlineData(null, "Refused: 10.0.0.9 is on no node.\n  $ crm_resource --why --resource ovn-vip\n")]
    [InlineData("node3", "Refused: 10.0.0.9 is on node3, not on node1.\n  $ crm_resource --why --resource ovn-vip\n")]
    public void Nothing_is_moved_while_the_address_is_elsewhere(string? holder, string text)
    {
        var view = Healthy with { Address = Healthy.Address! with { Node = holder } };
        Assert.Equal(text, SwitchoverText.Plan(SwitchoverPlan.Decide(view, "node2", isSentAhead: true), CtlSamples.Plain));
    }

    [Fact]
    public void An_address_that_no_resource_moves_is_no_hindrance() =>
        Assert.Equal(
            SwitchoverVerdict.Lossless,
            SwitchoverPlan
                .Decide(Healthy with { Address = Healthy.Address! with { Resource = null, Node = null } }, "node2", isSentAhead: true)
                .Verdict
        );

    [Fact]
    public void A_plan_as_JSON_has_null_for_what_is_not_there()
    {
        Assert.Equal(
            """
            {
              "format": 1,
              "verdict": "Refused",
              "from": null,
              "to": null,
              "reason": "nobody is active",
              "nextStep": "ovndbctl why"
            }

            """,
            CtlJson.Write(SwitchoverPlan.Decide(Healthy with { Active = null }, null, isSentAhead: true).ToView())
        );
        Assert.Equal(
            ("node1", "node2", null),
            SwitchoverPlan.Decide(Healthy, null, isSentAhead: true).ToView() is var view ? (view.From, view.To, view.NextStep) : default
        );
    }

    [Theory]
    [InlineData("switchover --dry-run --output json", 0)]
    [InlineData("switchover --output table", 0)]
    [InlineData("switchover --output json", 1)]
    public void JSON_is_for_what_changes_nothing(string line, int errors)
    {
        var root = new RootCommand();
        root.Add(SwitchoverCommand.Create());
        Assert.Equal(errors, root.Parse(line).Errors.Count);
    }

    [Fact]
    public void The_report_tells_promotion_proof_and_outage()
    {
        var plan = SwitchoverPlan.Decide(Healthy, "node2", isSentAhead: true);
        var after = Healthy with { Active = "node2", Promotion = Healthy.Promotion! with { Number = 5, Node = "node2", Complete = true } };
        Assert.Equal(
            "node2 is active, promotion 5: proven to have every row of the one before.\nClients could not write for 1.25 s.\n",
            SwitchoverText.Result(plan, true, after, new Outage(TimeSpan.FromSeconds(1.25), IsOver: true), false, null)
        );
        Assert.Equal(
            "Interrupted: the move is not waited for any more.\nnode1 is active now; Pacemaker may still be at work.\n  $ ovndbctl list --watch\n",
            SwitchoverText.Result(plan, false, Healthy, null, true, null)
        );
    }

    [Fact]
    public void A_signal_that_ended_the_tool_too_is_no_refusal_of_the_cluster()
    {
        var plan = SwitchoverPlan.Decide(Healthy, "node2", isSentAhead: true);
        var text = SwitchoverText.Result(plan, false, Healthy, null, isInterrupted: true, "crm_resource exited with 130");
        Assert.StartsWith("Interrupted: ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("did not take", text, StringComparison.Ordinal);
        Assert.StartsWith(
            "Pacemaker did not take the order: crm_resource exited with 1\n",
            SwitchoverText.Result(plan, false, Healthy, null, isInterrupted: false, "crm_resource exited with 1"),
            StringComparison.Ordinal
        );
    }

    private static (SwitchoverVerdict, string, string) Taken(SwitchoverPlan plan) => (plan.Verdict, plan.From, plan.To);
}
