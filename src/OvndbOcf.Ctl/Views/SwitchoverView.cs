namespace OvndbOcf.Ctl.Views;

/// <summary>What a planned move would be: what <c>ovndbctl switchover --dry-run</c> prints.</summary>
internal sealed record SwitchoverView
{
    /// <inheritdoc cref="ClusterView.CurrentFormat"/>
    public int Format { get; init; } = ClusterView.CurrentFormat;

    /// <summary>What it would be.</summary>
    public required SwitchoverVerdict Verdict { get; init; }

    /// <summary>The active node; null if there is none, or it does not matter.</summary>
    public string? From { get; init; }

    /// <summary>The node that would be active; null if there is none.</summary>
    public string? To { get; init; }

    /// <summary>Why it is so.</summary>
    public required string Reason { get; init; }

    /// <summary>What to do instead, as a command; null where there is nothing.</summary>
    public string? NextStep { get; init; }
}

/// <summary>What a planned move would be.</summary>
internal enum SwitchoverVerdict
{
    /// <summary>It cannot be done, or must not.</summary>
    Refused,

    /// <summary>The node is the active one.</summary>
    NothingToDo,

    /// <summary>It can be done, and rows that were written last may be lost to clients.</summary>
    MayLose,

    /// <summary>It can be done, and nothing is lost.</summary>
    Lossless,
}
