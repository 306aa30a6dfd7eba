namespace OvndbOcf.Ctl.Views;

/// <summary>Why somebody is promoted, or is not: what <c>ovndbctl why</c> prints.</summary>
internal sealed record Explanation
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>The question, in words.</summary>
    public required string Question { get; init; }

    /// <summary>Whether the node, or anybody, is promoted or can be; null if that is not known.</summary>
    public bool? Promotable { get; init; }

    /// <summary>The chain of facts, from the cluster to the copies.</summary>
    public required IReadOnlyList<ExplainedFact> Facts { get; init; }

    /// <summary>What follows from them.</summary>
    public required string Conclusion { get; init; }

    /// <summary>What to do, as a command; null where there is nothing to do.</summary>
    public string? NextStep { get; init; }
}

/// <summary>A fact.</summary>
/// <param name="Holds">Whether it speaks for a promotion; null if it is not known.</param>
/// <param name="Text">The fact.</param>
internal sealed record ExplainedFact(bool? Holds, string Text);
