namespace OvndbOcf.Ctl.Views;

/// <summary>The promotions of the past: what <c>ovndbctl history</c> prints.</summary>
internal sealed record HistoryView
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>The resource.</summary>
    public required string Resource { get; init; }

    /// <summary>The promotions, the latest first.</summary>
    public required IReadOnlyList<PastPromotionView> Promotions { get; init; }
}

/// <summary>A promotion of the past.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Node">The node that was promoted.</param>
/// <param name="Begin">When it was promoted; null if unknown.</param>
/// <param name="End">When it ended as planned; null if it lasts, or ended without that.</param>
/// <param name="Complete">Whether the promoted copy provably held everything of the promotion before.</param>
/// <param name="PauseSeconds">Seconds between the planned end of the one before and this one, by the clocks of their nodes; null if the one before had no such end, or is not on record.</param>
/// <param name="Cause">Why it was.</param>
/// <param name="Reason">The same in words.</param>
internal sealed record PastPromotionView(
    long Number,
    string Node,
    DateTimeOffset? Begin,
    DateTimeOffset? End,
    bool Complete,
    long? PauseSeconds,
    PromotionCause Cause,
    string Reason
);

/// <summary>Why a promotion was.</summary>
internal enum PromotionCause
{
    /// <summary>The one before is not on record.</summary>
    Unknown,

    /// <summary>There was none before.</summary>
    First,

    /// <summary>The one before ended as planned: it was moved, or its node was stopped.</summary>
    Planned,

    /// <summary>The one before ended without a closing mark: its node was lost, or its servers failed.</summary>
    Lost,

    /// <summary>The same node again: its servers failed there, or its marks had to be written anew.</summary>
    Again,
}
