using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Pacemaker.Status;

/// <summary>A node as the cluster sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsMember">Whether it is a node of Corosync, and neither remote nor a container.</param>
public sealed record CrmMonNode(string Name, bool IsMember)
{
    /// <summary>Whether it failed and is not fenced yet.</summary>
    public bool IsUnclean { get; init; }

    /// <summary>Whether it is joining the cluster.</summary>
    public bool IsPending { get; init; }

    /// <summary>Whether it is there.</summary>
    public bool IsOnline { get; init; }

    /// <summary>Whether nothing on it is touched.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>Whether it is told to run nothing.</summary>
    public bool IsStandby { get; init; }

    /// <summary>The version of Pacemaker's features on it; null if that is not told.</summary>
    public string? FeatureSet { get; init; }
}

/// <summary>A resource, or an instance of a clone, on a node.</summary>
/// <param name="Resource">The resource, without the number of an instance.</param>
/// <param name="Node">The node.</param>
/// <param name="Role">Its role, by its name of today.</param>
public sealed record CrmMonInstance(string Resource, string Node, string Role)
{
    /// <summary>The node on which it runs: where <see cref="Node"/> is a container of a bundle, that of the container.</summary>
    public required string Host { get; init; }

    /// <summary>Whether it runs.</summary>
    public bool IsActive { get; init; }

    /// <summary>Whether Pacemaker acts on it.</summary>
    public bool IsManaged { get; init; }

    /// <summary>Whether an action is under way.</summary>
    public bool IsPending { get; init; }
}

/// <summary>A failed action that Pacemaker remembers.</summary>
/// <param name="Resource">The resource, without the number of an instance.</param>
/// <param name="Node">Where it failed.</param>
/// <param name="Action">The action.</param>
/// <param name="Reason">The exit reason, or else what the status means.</param>
public sealed record FailedAction(string Resource, string Node, string Action, string Reason)
{
    /// <summary>Whether the agent said that the configuration is wrong on every node (OCF_ERR_CONFIGURED).</summary>
    public bool IsNotConfigured { get; init; }
}

/// <summary>How often a resource has failed on a node, as far as that counts.</summary>
/// <param name="Resource">The primitive's name.</param>
/// <param name="Node">The node.</param>
/// <param name="Count">How often, <see cref="Score.Infinity"/> for once and for all.</param>
public sealed record FailCount(string Resource, string Node, int Count);

/// <summary>What <c>crm_mon --output-as=xml</c> prints (crm_mon(8), Pacemaker 2.0.5 to 3), as far as it is of use.</summary>
/// <param name="HasQuorum">Whether the partition has quorum; null while no controller has been elected.</param>
/// <param name="Nodes">The nodes.</param>
/// <param name="Instances">What is where.</param>
/// <param name="Failures">The failed actions.</param>
/// <param name="FailCounts">What has failed how often.</param>
public sealed record CrmMonOutput(
    bool? HasQuorum,
    IReadOnlyList<CrmMonNode> Nodes,
    IReadOnlyList<CrmMonInstance> Instances,
    IReadOnlyList<FailedAction> Failures,
    IReadOnlyList<FailCount> FailCounts
);
