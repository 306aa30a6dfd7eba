namespace OvndbOcf.Ctl.Views;

/// <summary>What is known of one resource of this agent in the cluster at one moment: all that commands show. As JSON it is what <c>--output json</c> prints.</summary>
internal sealed record ClusterView
{
    /// <summary>The version of this form. A new member does not change it; one that goes, or means something else, does.</summary>
    public const int CurrentFormat = 1;

    /// <inheritdoc cref="CurrentFormat"/>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>When it was found out.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The resource's name.</summary>
    public required string Resource { get; init; }

    /// <summary>The name of its clone or bundle, which commands of Pacemaker take; that of the resource where there is none.</summary>
    public required string CloneId { get; init; }

    /// <summary>The node on which the command runs; null if that is no node of the cluster.</summary>
    public string? LocalNode { get; init; }

    /// <summary>Whether Pacemaker answered; if not, the configuration is that of its file, and other nodes are not known.</summary>
    public required bool PacemakerAnswers { get; init; }

    /// <summary>Whether the partition has quorum; null if unknown.</summary>
    public bool? HasQuorum { get; init; }

    /// <summary>Whether Pacemaker leaves all resources alone.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>What keeps all instances from running, or from being promoted, by the configuration; null if nothing does.</summary>
    public HaltView? Halt { get; init; }

    /// <summary>The ids of constraints that a move of the resource by a person left behind.</summary>
    public IReadOnlyList<string> Moves { get; init; } = [];

    /// <summary>The node whose databases are active by Pacemaker, or as seen here; null if there is none, or none is known.</summary>
    public string? Active { get; init; }

    /// <summary>The latest promotion on record; null if there is none.</summary>
    public PromotionView? Promotion { get; init; }

    /// <summary>Whether there is one on record in a form that this version does not know.</summary>
    public bool IsRecordUnknown { get; init; }

    /// <summary>The address that clients connect to; null if the resource has none.</summary>
    public AddressView? Address { get; init; }

    /// <summary>The nodes, in the order of their names.</summary>
    public required IReadOnlyList<NodeView> Nodes { get; init; }

    /// <summary>What is not as it should be, the most important first.</summary>
    public IReadOnlyList<ProblemView> Problems { get; init; } = [];
}

/// <summary>A promotion on record.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Node">The node that was promoted.</param>
/// <param name="Time">When it was promoted, or closed.</param>
/// <param name="Closed">Whether it ended as planned, with everything sent to the backups.</param>
/// <param name="Complete">Whether the promoted copy provably held everything of the promotion before.</param>
/// <param name="Outdated">The nodes whose copies were cut off meanwhile.</param>
internal sealed record PromotionView(
    long Number,
    string Node,
    DateTimeOffset Time,
    bool Closed,
    bool Complete,
    IReadOnlyList<string> Outdated
);

/// <summary>What keeps all instances from running, or from being promoted, until a person changes the configuration.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Command">The next step as a command.</param>
internal sealed record HaltView(string Text, string Command);

/// <summary>The address that clients connect to.</summary>
/// <param name="Ip">The address.</param>
/// <param name="Resource">The resource that moves it; null if no resource of the cluster does.</param>
/// <param name="Node">The node that holds it by Pacemaker; null if none does, or that is not known.</param>
/// <param name="IsHere">Whether the node on which the command runs has it.</param>
internal sealed record AddressView(string Ip, string? Resource, string? Node, bool IsHere);

/// <summary>A node and its instance.</summary>
internal sealed record NodeView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether the command runs there.</summary>
    public bool IsLocal { get; init; }

    /// <summary>What Pacemaker says of the node.</summary>
    public NodeCondition Condition { get; init; }

    /// <summary>What Pacemaker says of the instance.</summary>
    public InstanceRole Role { get; init; }

    /// <summary>How its copies compare (docs/freshness.md), such as <c>Current</c>; null for the active one, and where unknown.</summary>
    public string? Copy { get; init; }

    /// <summary>The promotion score; null if it has none. -1000000 is -INFINITY.</summary>
    public int? Score { get; init; }

    /// <summary>Whether it may be promoted; null if that is not known.</summary>
    public bool? IsPromotable { get; init; }

    /// <summary>Why it has that score.</summary>
    public string Reason { get; init; } = string.Empty;

    /// <summary>What a person can do about it; null if there is nothing to do.</summary>
    public string? NextStep { get; init; }

    /// <summary>Since when a backup has been seen to follow the active servers by the connections that it has, to a few seconds; null if it is not connected, or unknown.</summary>
    public DateTimeOffset? ConnectedSince { get; init; }

    /// <summary>What ovn-northd does, such as <c>runs</c>; null where it is not managed or not known.</summary>
    public string? Northd { get; init; }

    /// <summary>The Northbound database.</summary>
    public required DatabaseView Northbound { get; init; }

    /// <summary>The Southbound database.</summary>
    public required DatabaseView Southbound { get; init; }
}

/// <summary>One database on one node.</summary>
internal sealed record DatabaseView
{
    /// <summary>What its server is.</summary>
    public DatabaseRole Role { get; init; }

    /// <summary>Where a backup replicates from: a node's name, or else the remote; null if unknown.</summary>
    public string? Source { get; init; }

    /// <summary>Whether a backup is connected to its source; null if unknown, or not a backup.</summary>
    public bool? Connected { get; init; }

    /// <summary>The schema version; null if unknown.</summary>
    public string? Schema { get; init; }

    /// <summary>The number of the promotion whose data it holds; null if unknown, or none.</summary>
    public long? Promotion { get; init; }

    /// <summary>
    /// How many rows only the active database has, or only this copy, of a backup on this node that was asked for it (<c>--rows</c>); null if unknown. Rows that both have with other values are not counted.
    /// </summary>
    public int? RowsDiffering { get; init; }

    /// <summary>The length of its file on this node; null if unknown.</summary>
    public long? FileBytes { get; init; }

    /// <summary>Files that were set aside on this node; null if unknown.</summary>
    public int? SetAside { get; init; }
}

/// <summary>What is not as it should be.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Text">What it is.</param>
/// <param name="Command">The next step as a command; null where none fits.</param>
internal sealed record ProblemView(ProblemSeverity Severity, string Text, string? Command);
