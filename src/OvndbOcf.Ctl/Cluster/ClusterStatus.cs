using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Cluster;

/// <summary>A failed action that Pacemaker remembers.</summary>
/// <param name="Resource">The resource, without the number of an instance.</param>
/// <param name="Node">Where it failed.</param>
/// <param name="Action">The action.</param>
/// <param name="Reason">The exit reason, or else what the status means.</param>
internal sealed record FailedAction(string Resource, string Node, string Action, string Reason);

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
);
