namespace OvndbOcf.Decisions.Copies;

/// <summary>Who allows a copy to be promoted that lacks data, or may lack it.</summary>
public enum LossAcceptance
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>The configuration (<c>outdated_copies=allow</c>).</summary>
    ByPolicy,

    /// <summary>A person, once, in place of the promotion on record.</summary>
    ByOperator,
}

/// <summary>Everything by which it is decided whether an unpromoted instance may be promoted.</summary>
/// <param name="Copies">What is in its copies.</param>
/// <param name="Cluster">What the cluster knows.</param>
/// <param name="Node">Its node, by the name that promotions record.</param>
public sealed record Candidacy(CopyPair Copies, ClusterKnowledge Cluster, string Node)
{
    /// <summary>For how long it has been without a connection that it should have; zero where it has one, or needs none.</summary>
    public TimeSpan CutOff { get; init; }

    /// <summary>Whether it recently found a better copy on another node when it was to be promoted.</summary>
    public bool GaveWay { get; init; }

    /// <summary>Who allows it to be promoted though it lacks data.</summary>
    public LossAcceptance Acceptance { get; init; }

    /// <summary>Why the node is not able to take a promotion, such as a full disk; null if it is.</summary>
    public string? Hindrance { get; init; }

    /// <summary>Who holds a port that active servers need, and what to do; null if nobody does.</summary>
    public string? PortConflict { get; init; }

    /// <summary>What the node of the latest promotion is doing. For the words alone.</summary>
    public LatestSource Source { get; init; }

    /// <summary>The command by which a person allows the promotion. For the words alone.</summary>
    public string OverrideCommand { get; init; } = string.Empty;
}
