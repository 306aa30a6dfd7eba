using OvndbOcf.Ctl.Views;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Pacemaker.Status;

namespace OvndbOcf.Ctl.Cluster;

/// <summary>An instance of a resource on a node.</summary>
/// <param name="Resource">The resource, without the number of an instance.</param>
/// <param name="Node">The node.</param>
/// <param name="Role">Its role.</param>
/// <param name="IsManaged">Whether Pacemaker acts on it.</param>
/// <param name="IsPending">Whether an action is under way.</param>
internal sealed record RunningInstance(string Resource, string Node, InstanceRole Role, bool IsManaged, bool IsPending);

/// <summary>What crm_mon(8) says of the cluster.</summary>
/// <param name="HasQuorum">Whether the partition has quorum; null while no controller has been elected.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Instances">What runs where.</param>
/// <param name="Failures">The failed actions.</param>
internal sealed record ClusterStatus(
    bool? HasQuorum,
    IReadOnlyDictionary<string, NodeCondition> Nodes,
    IReadOnlyList<RunningInstance> Instances,
    IReadOnlyList<FailedAction> Failures
)
{
    /// <summary>What crm_mon printed as XML; null if it is not readable, or crm_mon had no answer from the cluster.</summary>
    public static ClusterStatus? Read(string? xml) =>
        StatusReader.Parse(xml) is { } status
            ? new ClusterStatus(
                status.HasQuorum,
                status.Nodes.GroupBy(node => node.Name).ToDictionary(named => named.Key, named => ConditionOf(named.Last())),
                [
                    .. status.Instances.Select(instance => new RunningInstance(
                        instance.Resource,
                        instance.Node,
                        RoleOf(instance.Role),
                        instance.IsManaged,
                        instance.IsPending
                    )),
                ],
                status.Failures
            )
            : null;

    private static NodeCondition ConditionOf(CrmMonNode node) =>
        node.IsUnclean ? NodeCondition.Unclean
        : node.IsPending ? NodeCondition.Pending
        : !node.IsOnline ? NodeCondition.Offline
        : node.IsInMaintenance ? NodeCondition.Maintenance
        : node.IsStandby ? NodeCondition.Standby
        : NodeCondition.Online;

    private static InstanceRole RoleOf(string role) =>
        role switch
        {
            RoleNames.Promoted => InstanceRole.Promoted,
            RoleNames.Unpromoted or "Started" => InstanceRole.Unpromoted,
            "Stopped" => InstanceRole.Stopped,
            "Starting" or "Stopping" or "Promoting" or "Demoting" or "Migrating" => InstanceRole.Changing,
            _ => InstanceRole.Unknown,
        };
}
