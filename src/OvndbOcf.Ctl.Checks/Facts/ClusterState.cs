using OvndbOcf.Pacemaker.Configuration;

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

/// <summary>How often a resource has failed on a node, as far as that counts.</summary>
/// <param name="Resource">The primitive's name.</param>
/// <param name="Node">The node.</param>
/// <param name="Count">How often, <see cref="Score.Infinity"/> for once and for all.</param>
internal sealed record FailCount(string Resource, string Node, int Count);

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
