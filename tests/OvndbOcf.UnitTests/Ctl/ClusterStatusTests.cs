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

    [Fact]
    public void A_cluster_that_does_not_answer_has_no_status() => Assert.Null(ClusterStatus.Read(CrmMonSamples.NotConnected));
}
