using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Commands;
using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Pacemaker.Status;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What <c>ovndbctl list</c> prints, whole.</summary>
public sealed class ListTextTests
{
    private static string Text(ClusterFacts facts) => ListText.Render(CtlSamples.View(facts), CtlSamples.Plain);

    [Fact]
    public void A_healthy_cluster() =>
        Assert.Equal(
            """
            ovndb: node1 is active since 2026-11-27 07:00:00 (5 min), promotion 4
            Clients connect to 10.0.0.9 (ovn-vip) on node1.

            NODE          DB  ROLE    FROM   CONNECTED  SCHEMA   PROMOTION  SCORE
            node1 (here)  NB  active  -      -          7.3.0            4     10
                          SB  active  -      -          20.33.0          4
              active; its score keeps it where it is; ovn-northd runs
            node2         NB  backup  node1  yes        -                4      5
                          SB  backup  node1  yes        -                4
              has promotion 4 and follows node1: can take over
            node3         NB  backup  node1  yes        -                4      5
                          SB  backup  node1  yes        -                4
              has promotion 4 and follows node1: can take over

            No problems.

            """,
            Text(CtlSamples.Healthy)
        );

    [Fact]
    public void A_backup_tells_for_how_long_it_has_been_connected_and_the_rows_in_which_it_differs()
    {
        var healthy = CtlSamples.Healthy;
        var published = new Dictionary<string, string>(healthy.Published!);
        published["node2"] += " since=2026-11-27T07:00:03Z";
        var view = CtlSamples.View(healthy with { Published = published });
        var (second, third) = (view.Nodes[1], view.Nodes[2]);
        Assert.Equal(CtlSamples.Marker.Time.AddSeconds(3), second.ConnectedSince);
        Assert.Null(third.ConnectedSince);
        var counted = view with
        {
            Nodes = [view.Nodes[0], second with { Northbound = second.Northbound with { RowsDiffering = 12 } }, third],
        };
        Assert.Contains(
            """
              has promotion 4 and follows node1: can take over; connected for 4 min; rows
              that differ: 12 of NB, an unknown number of SB

            """,
            ListText.Render(counted, CtlSamples.Plain),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_lost_node_and_an_outdated_one()
    {
        var healthy = CtlSamples.Healthy;
        var facts = healthy with
        {
            LocalNode = null,
            Local = null,
            Cib = Cib.Read(
                CtlSamples.Cib(
                    "- - -INFINITY",
                    advice: "Outdated promotion=3 id=- nb=- sb=- data is missing in NB and SB: the copy holds promotion 3, the latest is 4 on node1; start node1, or accept the loss: attrd_updater -n allow-outdated-ovndb -U 4 -N node3"
                )
            )!,
            Status = healthy.Status! with
            {
                Nodes = new Dictionary<string, NodeCondition>
                {
                    ["node1"] = NodeCondition.Offline,
                    ["node2"] = NodeCondition.Standby,
                    ["node3"] = NodeCondition.Online,
                },
                Instances = [CtlSamples.Instance("ovndb", "node3", InstanceRole.Unpromoted)],
                Failures = [new FailedAction("ovndb", "node3", "monitor", "NB is hung")],
            },
            Published = new Dictionary<string, string> { ["node3"] = $"Outdated promotion=3 id=- nb=- sb=- of={CtlSamples.Promotion}" },
        };
        Assert.Equal(
            """
            ovndb: nobody is active; the last was node1, promotion 4, 2026-11-27 07:00:00
            Clients connect to 10.0.0.9 (ovn-vip), which is on no node.

            NODE   DB  ROLE     FROM  CONNECTED  SCHEMA  PROMOTION  SCORE
            node1  NB  -        -     -          -               -   none
                   SB  -        -     -          -               -
              the node is offline
            node2  NB  stopped  -     -          -               -   none
                   SB  stopped  -     -          -               -
              the node is in standby: no instance may run here
            node3  NB  backup   -     no         -               3   -INF
                   SB  backup   -     no         -               3
              data is missing in NB and SB: the copy holds promotion 3, the latest is 4 on
              node1; start node1, or accept the loss: ovndbctl failover --accept-loss node3

            CRITICAL  nobody is active: clients are not served
                      $ ovndbctl why
            WARNING   node1 is offline
                      $ pcs cluster start node1
            WARNING   node2 is in standby
                      $ pcs node unstandby node2
            WARNING   node3 must not be promoted
                      $ ovndbctl why node3
            WARNING   monitor failed on node3: NB is hung
                      $ crm_resource --cleanup --resource ovndb --node node3

            """,
            Text(facts)
        );
        Assert.Equal(2, CommonOptions.StatusOf(CtlSamples.View(facts)));
    }

    [Theory]
    [InlineData("node1")]
    [InlineData("node3")]
    public void A_backup_that_is_cut_off_and_has_not_noticed_is_shown_as_not_connected(string here)
    {
        var healthy = CtlSamples.Healthy;
        var view = CtlSamples.View(
            healthy with
            {
                LocalNode = here,
                Local =
                    here == "node1"
                        ? healthy.Local
                        : healthy.Local! with
                        {
                            Servers = new ServerPair(
                                CtlSamples.Server(ServerState.Replicating, "tcp:10.0.0.2:6641"),
                                CtlSamples.Server(ServerState.Replicating, "tcp:10.0.0.2:6642")
                            ),
                            HasAddress = false,
                        },
                Cib = Cib.Read(
                    CtlSamples.Cib(
                        "10 5 -INFINITY",
                        record: $"4 {CtlSamples.Promotion} node1 2026-11-27T07:00:00Z open at=10.0.0.2 nb=7.3.0 sb=20.33.0 outdated=node3"
                    )
                )!,
            }
        );
        Assert.Equal([true, false], view.Nodes.Skip(1).Select(node => node.Northbound.Connected));
        Assert.Equal([true, false], view.Nodes.Skip(1).Select(node => node.Southbound.Connected));
        Assert.Equal(["node3 must not be promoted"], view.Problems.Select(problem => problem.Text));
        Assert.Contains(
            Why.Node(view, view.Nodes[2], isSentAhead: true).Facts,
            fact => fact is { Holds: null, Text: "NB is a backup that is not connected, and holds promotion 4" }
        );
    }

    [Fact]
    public void Pacemaker_is_down_and_the_servers_here_are_active()
    {
        var view = CtlSamples.View(CtlSamples.Healthy with { IsLive = false, Status = null, Published = null });
        Assert.Equal(("node1", 3), (view.Active, CommonOptions.StatusOf(view)));
        Assert.Equal("systemctl status corosync pacemaker", Why.Node(view, view.Nodes[1], isSentAhead: true).NextStep);
        Assert.StartsWith("ovndb: node1 is active since", ListText.Render(view, CtlSamples.Plain), StringComparison.Ordinal);
        Assert.Equal(InstanceRole.Unknown, view.Nodes[1].Role);
        Assert.Contains(view.Problems, problem => problem.Text.StartsWith("Pacemaker does not answer", StringComparison.Ordinal));
    }

    [Fact]
    public void A_date_stays_beside_its_time() =>
        Assert.Equal(
            "ovndb: nobody is known to be active; the last was node1, promotion 4,\n  2026-11-27 07:00:00",
            string.Join('\n', Text(CtlSamples.Healthy with { IsLive = false, Status = null, Local = null }).Split('\n')[..2])
        );

    [Fact]
    public void A_backup_here_that_lost_its_source_is_a_problem()
    {
        var healthy = CtlSamples.Healthy;
        var view = CtlSamples.View(
            healthy with
            {
                LocalNode = "node2",
                Local = healthy.Local! with
                {
                    Servers = new ServerPair(
                        CtlSamples.Server(ServerState.Disconnected, "tcp:10.0.0.2:6641"),
                        CtlSamples.Server(ServerState.Replicating, "tcp:10.0.0.2:6642")
                    ),
                    HasAddress = false,
                },
            }
        );
        var node = view.Nodes[1];
        Assert.Equal(("node1", false, true), (node.Northbound.Source, node.Northbound.Connected, node.Southbound.Connected));
        Assert.Equal(["NB on node2 is not connected to the active server"], view.Problems.Select(problem => problem.Text));
        Assert.Equal("has promotion 4, and is not connected to active servers now", node.Reason);
    }

    [Fact]
    public void Two_promoted_a_left_over_move_and_an_address_elsewhere_are_problems()
    {
        var healthy = CtlSamples.Healthy;
        const string Ban = """<rsc_location id="cli-ban-ovndb-clone-on-node2" rsc="ovndb-clone" node="node2" score="-INFINITY"/>""";
        var view = CtlSamples.View(
            healthy with
            {
                Cib = Cib.Read(CtlSamples.Cib(constraints: Ban))!,
                Status = healthy.Status! with
                {
                    Instances =
                    [
                        CtlSamples.Instance("ovndb", "node2", InstanceRole.Promoted),
                        CtlSamples.Instance("ovndb", "node1", InstanceRole.Promoted),
                        CtlSamples.Instance("ovn-vip", "node3", InstanceRole.Unpromoted),
                    ],
                },
            }
        );
        Assert.Equal("node1", view.Active);
        Assert.Equal(
            [
                (ProblemSeverity.Critical, "node1 and node2 are both promoted"),
                (ProblemSeverity.Critical, "10.0.0.9 is on node3, and the active databases are on node1"),
                (ProblemSeverity.Warning, "a move left a constraint behind: cli-ban-ovndb-clone-on-node2"),
                (ProblemSeverity.Warning, "no instance runs on node3"),
            ],
            view.Problems.Select(problem => (problem.Severity, problem.Text))
        );
    }

    [Fact]
    public void Colours_do_not_move_columns()
    {
        var view = CtlSamples.View(CtlSamples.Healthy);
        var colored = ListText.Render(view, CtlSamples.Plain with { HasColor = true });
        Assert.Contains("\u001b[", colored, StringComparison.Ordinal);
        Assert.Equal(
            ListText.Render(view, CtlSamples.Plain),
            System.Text.RegularExpressions.Regex.Replace(colored, "\u001b\\[\\d+m", string.Empty)
        );
    }

    [Fact]
    public void Each_state_of_a_copy_has_its_words()
    {
        var words = Enum.GetValues<CopyState>()
            .Select(copy =>
                ScoreReason.Of(
                    new ScoreFacts
                    {
                        Condition = NodeCondition.Online,
                        Role = InstanceRole.Unpromoted,
                        Copy = copy,
                    }
                )
            )
            .ToList();
        Assert.Equal(words.Count, words.Distinct().Count());
        Assert.DoesNotContain("nothing is known of its copies", words);
    }
}
