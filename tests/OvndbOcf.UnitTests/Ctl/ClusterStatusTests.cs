using OvndbOcf.Ctl.Cluster;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Pacemaker.Status;
using OvndbOcf.UnitTests.Simulation;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

public sealed class ClusterStatusTests
{
    [Fact]
    public void Roles_nodes_and_failures_of_Pacemaker_2_1_are_read()
    {
        var status = ClusterStatus.Read(CrmMonSamples.Pacemaker21)!;
        Assert.True(status.HasQuorum);
        Assert.Equal(
            [("node1", NodeCondition.Online), ("node2", NodeCondition.Standby), ("node3", NodeCondition.Unclean)],
            status.Nodes.Select(node => (node.Key, node.Value))
        );
        Assert.Equal(
            [
                ("ovn-vip", "node1", InstanceRole.Unpromoted),
                ("ovndb", "node2", InstanceRole.Unpromoted),
                ("ovndb", "node1", InstanceRole.Promoted),
            ],
            status.Instances.Select(instance => (instance.Resource, instance.Node, instance.Role))
        );
        Assert.Equal([new FailedAction("ovndb", "node1", "monitor", "NB is not there")], status.Failures);
    }

    [Fact]
    public void A_node_in_maintenance_and_an_instance_that_starts_are_read_of_Pacemaker_3()
    {
        var status = ClusterStatus.Read(CrmMonSamples.Pacemaker30)!;
        Assert.False(status.HasQuorum);
        Assert.Equal(NodeCondition.Maintenance, status.Nodes["node3"]);
        Assert.Equal(InstanceRole.Changing, Assert.Single(status.Instances).Role);
    }

    [Theory]
    [InlineData("&amp;apos;a&amp;apos; &amp;amp; &amp;quot;b&amp;quot; &amp;lt; &amp;gt;", "'a' & \"b\" < >")]
    [InlineData("'a' &amp; b", "'a' & b")]
    [InlineData("&amp;amp;lt;", "&lt;")]
    [InlineData("", "error")]
    public void A_reason_that_crm_mon_escaped_twice_is_read_as_it_was_written(string written, string read) =>
        Assert.Equal(read, ReasonOf(written));

    [Theory]
    [InlineData(127, false)]
    [InlineData(128, true)]
    public void A_reason_that_Pacemaker_cut_says_so_and_ends_with_a_whole_word(int length, bool isCut)
    {
        var reason = new string('a', 119) + " with a command"[..(length - 119)];
        Assert.Equal(isCut ? new string('a', 119) + " with a …" : reason, ReasonOf(reason));
    }

    private static string ReasonOf(string written) =>
        Assert
            .Single(
                ClusterStatus
                    .Read(
                        $"""<pacemaker-result><nodes/><failures><failure op_key="ovndb_start_0" node="node1" exitstatus="error" exitreason="{written}" exitcode="1" task="start"/></failures></pacemaker-result>"""
                    )!
                    .Failures
            )
            .Reason;

    [Fact]
    public void A_cluster_that_does_not_answer_has_no_status() => Assert.Null(ClusterStatus.Read(CrmMonSamples.NotConnected));
}
