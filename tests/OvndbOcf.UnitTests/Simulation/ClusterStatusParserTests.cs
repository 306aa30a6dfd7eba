using OvndbOcf.Simulation.Status;
using Xunit;

namespace OvndbOcf.UnitTests.Simulation;

public sealed class ClusterStatusParserTests
{
    private readonly ClusterStatus status = ClusterStatusParser.Parse(CrmMonSamples.Pacemaker21);

    [Fact]
    public void The_controller_and_quorum_are_read()
    {
        Assert.Equal("node2", status.DesignatedController);
        Assert.Equal("2.1.5-a3f44794f94", status.PacemakerVersion);
        Assert.True(status.HasQuorum);
    }

    [Fact]
    public void Nodes_have_their_states() =>
        Assert.Equal(
            [
                new NodeStatus("node1", Online: true, Standby: false, Maintenance: false, Pending: false, Unclean: false),
                new NodeStatus("node2", Online: true, Standby: true, Maintenance: false, Pending: false, Unclean: false),
                new NodeStatus("node3", Online: false, Standby: false, Maintenance: false, Pending: false, Unclean: true),
            ],
            status.Nodes
        );

    [Fact]
    public void Instances_have_role_node_and_flags() =>
        Assert.Equal(
            [
                new ResourceInstance(
                    "ovn-vip",
                    null,
                    "ocf:heartbeat:IPaddr2",
                    ResourceRole.Started,
                    "node1",
                    true,
                    false,
                    false,
                    true,
                    false,
                    null
                ),
                new ResourceInstance(
                    "ovndb",
                    "ovndb-clone",
                    "ocf:ovn:ovndb-servers",
                    ResourceRole.Unpromoted,
                    "node2",
                    true,
                    true,
                    true,
                    true,
                    false,
                    null
                ),
                new ResourceInstance(
                    "ovndb",
                    "ovndb-clone",
                    "ocf:ovn:ovndb-servers",
                    ResourceRole.Promoted,
                    "node1",
                    true,
                    false,
                    false,
                    false,
                    false,
                    "Monitoring"
                ),
                new ResourceInstance(
                    "ovndb",
                    "ovndb-clone",
                    "ocf:ovn:ovndb-servers",
                    ResourceRole.Stopped,
                    null,
                    false,
                    false,
                    false,
                    true,
                    false,
                    null
                ),
            ],
            status.Resources
        );

    [Fact]
    public void A_clone_is_found_by_its_own_id_and_by_that_of_its_resource()
    {
        Assert.Equal("node1", status.PromotedNode("ovndb-clone"));
        Assert.Equal("node1", status.PromotedNode("ovndb"));
        Assert.Equal(["node2"], status.NodesInRole("ovndb-clone", ResourceRole.Unpromoted));
        Assert.Equal("node1", status.NodeOf("ovn-vip"));
        Assert.Null(status.NodeOf("ovndb"));
        Assert.Null(status.PromotedNode("ovn-vip"));
    }

    [Fact]
    public void Promotion_scores_are_numbers_and_absent_ones_are_null()
    {
        Assert.Equal(10, status.PromotionScore("ovndb", "node1"));
        Assert.Equal(-1_000_000, status.PromotionScore("ovndb", "node2"));
        Assert.Null(status.PromotionScore("ovndb", "node3"));
    }

    [Fact]
    public void Pending_operations_are_no_results()
    {
        var history = Assert.Single(status.Histories, history => history.Node == "node1");
        Assert.Equal(
            [
                new OperationResult("monitor", TimeSpan.FromSeconds(11), 7, TimeSpan.FromMilliseconds(101)),
                new OperationResult("promote", TimeSpan.Zero, 0, TimeSpan.FromMilliseconds(125)),
            ],
            history.Operations
        );
    }

    [Fact]
    public void Fail_counts_are_numbers_with_infinity_as_a_million()
    {
        Assert.Equal(1, status.FailCount("ovndb", "node1"));
        Assert.Equal(1_000_000, status.FailCount("ovndb", "node2"));
        Assert.Equal(0, status.FailCount("ovndb", "node3"));
    }

    [Fact]
    public void Failed_actions_come_with_code_and_reason() =>
        Assert.Equal([new FailedAction("node1", "ovndb_monitor_11000", 7, "NB is not there", "complete")], status.FailedActions);

    [Fact]
    public void Pacemaker_3_is_read_as_well()
    {
        var newer = ClusterStatusParser.Parse(CrmMonSamples.Pacemaker30);
        Assert.Equal("node3", newer.DesignatedController);
        Assert.False(newer.HasQuorum);
        Assert.True(Assert.Single(newer.Nodes).Maintenance);
        Assert.Equal(ResourceRole.Starting, Assert.Single(newer.Instances("ovndb-clone")).Role);
        Assert.Empty(newer.Attributes);
        Assert.Empty(newer.FailedActions);
        Assert.Empty(Assert.Single(newer.Histories).Operations);
    }

    [Fact]
    public void A_cluster_without_a_controller_has_neither_one_nor_quorum()
    {
        var young = ClusterStatusParser.Parse(CrmMonSamples.NoController);
        Assert.Null(young.DesignatedController);
        Assert.False(young.HasQuorum);
    }

    [Theory]
    [InlineData(CrmMonSamples.NotConnected, "Not connected")]
    [InlineData("", "no XML")]
    [InlineData("<crm_mon/>", "crm_mon")]
    [InlineData("Connection to cluster failed", "no XML")]
    public void What_is_no_status_is_refused_with_the_reason(string output, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => ClusterStatusParser.Parse(output)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_text_for_people_names_what_is_wrong()
    {
        var text = status.ToString();
        Assert.Contains("node3: OFFLINE, UNCLEAN", text, StringComparison.Ordinal);
        Assert.Contains("node1: online, master-ovndb=10", text, StringComparison.Ordinal);
        Assert.Contains("ovndb: Unpromoted on node2, FAILED, BLOCKED", text, StringComparison.Ordinal);
        Assert.Contains("failed: ovndb_monitor_11000 on node1: 7 (complete) NB is not there", text, StringComparison.Ordinal);
    }
}
