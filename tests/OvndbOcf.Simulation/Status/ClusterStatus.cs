namespace OvndbOcf.Simulation.Status;

/// <summary>What a cluster looked like at one moment, from one node's view (crm_mon(8), XML output).</summary>
/// <param name="PacemakerVersion">As the designated controller tells it; null without one.</param>
/// <param name="DesignatedController">The node that decides; null while there is none.</param>
/// <param name="HasQuorum">Whether the answering node's partition has quorum.</param>
/// <param name="Nodes">All nodes that the cluster knows, online or not.</param>
/// <param name="Resources">All instances of resources; those that run nowhere have no node.</param>
/// <param name="Attributes">The nodes' attributes, promotion scores among them.</param>
/// <param name="Histories">What is remembered of each resource on each node.</param>
/// <param name="FailedActions">The actions that count as failed until somebody cleans up or they expire.</param>
public sealed record ClusterStatus(
    string? PacemakerVersion,
    string? DesignatedController,
    bool HasQuorum,
    IReadOnlyList<NodeStatus> Nodes,
    IReadOnlyList<ResourceInstance> Resources,
    IReadOnlyList<AttributeValue> Attributes,
    IReadOnlyList<ResourceHistory> Histories,
    IReadOnlyList<FailedAction> FailedActions
)
{
    /// <summary>The node with the name; null if the cluster does not know it.</summary>
    public NodeStatus? Node(string name) => Nodes.FirstOrDefault(node => node.Name == name);

    /// <summary>The instances of a resource, given by its own id or the id of its clone.</summary>
    public IEnumerable<ResourceInstance> Instances(string resource) =>
        Resources.Where(instance => instance.Id == resource || instance.CloneId == resource);

    /// <summary>The nodes where the resource (or its clone) is in the role, in no particular order.</summary>
    public IReadOnlyList<string> NodesInRole(string resource, ResourceRole role) =>
        [.. Instances(resource).Where(instance => instance.Role == role && instance.Node is not null).Select(instance => instance.Node!)];

    /// <summary>The node where a resource runs that is not cloned; null if it does not run (yet), or on several nodes.</summary>
    public string? NodeOf(string resource) =>
        Instances(resource)
            .Where(instance => instance.Role is ResourceRole.Started or ResourceRole.Unpromoted or ResourceRole.Promoted)
            .Select(instance => instance.Node)
            .Distinct()
            .ToList()
            is [var only]
            ? only
            : null;

    /// <summary>The only node where the resource is promoted; null if it is promoted nowhere, or on several nodes.</summary>
    public string? PromotedNode(string resource) => NodesInRole(resource, ResourceRole.Promoted) is [var only] ? only : null;

    /// <summary>An attribute's value; null where the node does not have it.</summary>
    public string? Attribute(string node, string name) =>
        Attributes.FirstOrDefault(attribute => attribute.Node == node && attribute.Name == name)?.Value;

    /// <summary>The promotion score of a resource (not of its clone) on a node; null where it has none. INFINITY is 1000000.</summary>
    public int? PromotionScore(string resource, string node) => Score.Parse(Attribute(node, $"master-{resource}"));

    /// <summary>How often the resource has failed on the node since the last clean-up. INFINITY is 1000000.</summary>
    public int FailCount(string resource, string node) =>
        Histories.FirstOrDefault(history => history.Resource == resource && history.Node == node)?.FailCount ?? 0;

    /// <inheritdoc/>
    public override string ToString() => ClusterStatusText.Write(this);
}

/// <summary>One node's part in the cluster.</summary>
/// <param name="Name">The node's name in Pacemaker.</param>
/// <param name="Online">Whether it is a member and may run resources (standby aside).</param>
/// <param name="Standby">Whether it is told to run nothing.</param>
/// <param name="Maintenance">Whether its resources are left alone.</param>
/// <param name="Pending">Whether it is joining.</param>
/// <param name="Unclean">Whether it has to be fenced.</param>
public sealed record NodeStatus(string Name, bool Online, bool Standby, bool Maintenance, bool Pending, bool Unclean);

/// <summary>One instance of a resource.</summary>
/// <param name="Id">The resource's id, without an instance number.</param>
/// <param name="CloneId">The id of the clone, group or bundle around it; null if there is none.</param>
/// <param name="Agent">Such as <c>ocf:ovn:ovndb-servers</c>.</param>
/// <param name="Role">What it is now, or is becoming.</param>
/// <param name="Node">Where it is active; null if nowhere.</param>
/// <param name="Active">Whether it is active anywhere.</param>
/// <param name="Failed">Whether its last result was a failure.</param>
/// <param name="Blocked">Whether Pacemaker gave up on it until a person cleans up.</param>
/// <param name="Managed">Whether Pacemaker acts on it.</param>
/// <param name="Orphaned">Whether it is no longer in the configuration.</param>
/// <param name="Pending">The operation that runs right now; null if none does.</param>
public sealed record ResourceInstance(
    string Id,
    string? CloneId,
    string Agent,
    ResourceRole Role,
    string? Node,
    bool Active,
    bool Failed,
    bool Blocked,
    bool Managed,
    bool Orphaned,
    string? Pending
);

/// <summary>The roles of resource instances as crm_mon shows them.</summary>
public enum ResourceRole
{
    /// <summary>A role that this list does not have.</summary>
    Unknown,

    /// <summary>Not running.</summary>
    Stopped,

    /// <summary>Running; resources that cannot be promoted.</summary>
    Started,

    /// <summary>Running, not promoted.</summary>
    Unpromoted,

    /// <summary>Running and promoted.</summary>
    Promoted,

    /// <summary>Its start action runs.</summary>
    Starting,

    /// <summary>Its stop action runs.</summary>
    Stopping,

    /// <summary>Its promote action runs.</summary>
    Promoting,

    /// <summary>Its demote action runs.</summary>
    Demoting,
}

/// <summary>One attribute of a node, permanent or transient.</summary>
/// <param name="Node">The node.</param>
/// <param name="Name">Such as <c>master-ovndb</c>.</param>
/// <param name="Value">As it was set.</param>
public sealed record AttributeValue(string Node, string Name, string Value);

/// <summary>What Pacemaker remembers of a resource on a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="Resource">The resource's id, without an instance number.</param>
/// <param name="FailCount">How often it failed; INFINITY is 1000000.</param>
/// <param name="Operations">The last result of each operation, in the order of execution; pending ones are left out.</param>
public sealed record ResourceHistory(string Node, string Resource, int FailCount, IReadOnlyList<OperationResult> Operations);

/// <summary>The result of one operation.</summary>
/// <param name="Task">Such as <c>start</c> or <c>monitor</c>.</param>
/// <param name="Interval">Zero for operations that are not repeated, and for probes.</param>
/// <param name="ExitCode">The OCF exit code.</param>
/// <param name="Duration">How long it ran.</param>
public sealed record OperationResult(string Task, TimeSpan Interval, int ExitCode, TimeSpan Duration);

/// <summary>An action that failed.</summary>
/// <param name="Node">Where.</param>
/// <param name="Operation">Such as <c>ovndb_monitor_10000</c>: resource, task and interval in ms.</param>
/// <param name="ExitCode">The OCF exit code.</param>
/// <param name="ExitReason">What the agent gave as the reason; empty if nothing.</param>
/// <param name="ExecutionStatus">How the executor saw it, in words that differ between releases: <c>complete</c> or <c>Done</c>, <c>Timed Out</c> and others.</param>
public sealed record FailedAction(string Node, string Operation, int ExitCode, string ExitReason, string ExecutionStatus);
