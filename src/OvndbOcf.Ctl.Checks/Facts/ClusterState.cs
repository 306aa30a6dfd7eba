using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Pacemaker.Status;

namespace OvndbOcf.Ctl.Checks.Facts;

/// <summary>A node as the cluster sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOnline">Whether it is there.</param>
/// <param name="IsStandby">Whether it is told to run nothing.</param>
/// <param name="IsInMaintenance">Whether nothing on it is touched.</param>
/// <param name="FeatureSet">The version of Pacemaker's features on it; null if that is not told.</param>
internal sealed record NodeState(string Name, bool IsOnline, bool IsStandby, bool IsInMaintenance, string? FeatureSet = null);

/// <summary>A resource, or an instance of a clone, on a node.</summary>
/// <param name="Resource">The primitive's name.</param>
/// <param name="Node">The node.</param>
/// <param name="Role">Its role, by its name of today.</param>
internal sealed record InstanceState(string Resource, string Node, string Role);

/// <summary>What the cluster does (crm_mon(8)).</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="Instances">What is active.</param>
/// <param name="FailCounts">What has failed.</param>
internal sealed record ClusterState(
    IReadOnlyList<NodeState> Nodes,
    IReadOnlyList<InstanceState> Instances,
    IReadOnlyList<FailCount> FailCounts
)
{
    /// <summary>The state by the XML of crm_mon(8); null if the text is none.</summary>
    public static ClusterState? Read(string xml) =>
        StatusReader.Parse(xml) is { } status
            ? new ClusterState(
                [
                    .. status
                        .Nodes.Where(node => node.IsMember)
                        .Select(node => new NodeState(
                            node.Name,
                            node.IsOnline && !node.IsPending,
                            node.IsStandby,
                            node.IsInMaintenance,
                            node.FeatureSet
                        )),
                ],
                [
                    .. status
                        .Instances.Where(instance => instance.IsActive)
                        .Select(instance => new InstanceState(instance.Resource, instance.Host, instance.Role)),
                ],
                status.FailCounts
            )
            : null;

    /// <summary>Where a resource is active, in any role.</summary>
    public IReadOnlyList<string> NodesOf(string resource) =>
        [.. Instances.Where(instance => instance.Resource == resource).Select(instance => instance.Node).Distinct()];

    /// <summary>Where a resource is promoted.</summary>
    public IReadOnlyList<string> PromotedNodesOf(string resource) =>
        [
            .. Instances
                .Where(instance => instance.Resource == resource && instance.Role == RoleNames.Promoted)
                .Select(instance => instance.Node)
                .Distinct(),
        ];
}
