using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Ctl.Judging;

/// <summary>What the words about a node's score are made of.</summary>
internal sealed record ScoreFacts
{
    /// <summary>What Pacemaker says of the node.</summary>
    public NodeCondition Condition { get; init; }

    /// <summary>What Pacemaker says of the instance.</summary>
    public InstanceRole Role { get; init; }

    /// <summary>How the copies compare; null if unknown.</summary>
    public CopyState? Copy { get; init; }

    /// <summary>The promotion score; null if there is none.</summary>
    public int? Score { get; init; }

    /// <summary>Whether both databases are connected to the active ones; null if unknown.</summary>
    public bool? IsConnected { get; init; }

    /// <summary>Whether the node is able to take a promotion.</summary>
    public bool IsAble { get; init; } = true;

    /// <summary>The number of the promotion on record; null if there is none.</summary>
    public long? Promotion { get; init; }

    /// <summary>The active node; null if there is none.</summary>
    public string? Active { get; init; }

    /// <summary>What failed on the node, and why; empty if nothing is on record.</summary>
    public string Failure { get; init; } = string.Empty;

    /// <summary>What the agent says about it; empty where there is nothing to say.</summary>
    public string Advice { get; init; } = string.Empty;
}

/// <summary>Says in words why a node has its promotion score, also when all is well. Pure, for each state.</summary>
internal static class ScoreReason
{
    private const string Never = "its score keeps it from being promoted";

    /// <summary>The words.</summary>
    public static string Of(ScoreFacts facts) =>
        facts.Condition switch
        {
            NodeCondition.Offline => "the node is offline",
            NodeCondition.Unclean => "the node failed and is not fenced yet",
            NodeCondition.Pending => "the node is joining the cluster",
            NodeCondition.Standby when facts.Role is InstanceRole.Stopped or InstanceRole.Unknown =>
                "the node is in standby: no instance may run here",
            NodeCondition.Unknown when facts.Role == InstanceRole.Unknown => "nothing is known of the node",
            _ => OfInstance(facts),
        };

    private static string OfInstance(ScoreFacts facts) =>
        facts.Role switch
        {
            InstanceRole.Promoted => "active; its score keeps it where it is",
            InstanceRole.Stopped when facts.Failure.Length > 0 => $"no instance runs here: {facts.Failure}",
            InstanceRole.Stopped => "no instance runs here",
            InstanceRole.Changing => "an action is under way",
            _ => OfCopy(facts),
        };

    private static string OfCopy(ScoreFacts facts)
    {
        if (facts.Advice.Length > 0)
        {
            return facts.Advice;
        }

        var promotion = facts.Promotion is { } number
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"promotion {number}")
            : "the latest promotion";
        var text = facts.Copy switch
        {
            CopyState.LastActive => "has the data of the last active servers: comes first",
            CopyState.Complete => $"has everything of {promotion}, which ended as planned",
            CopyState.Closed => "holds the end of a promotion that is not on record",
            CopyState.Current when facts.IsConnected == true && facts.Active is { } active =>
                $"has {promotion} and follows {active}: can take over",
            CopyState.Current when facts.Score is >= PromotionScores.Backup or PromotionScores.Least or null =>
                $"has {promotion}, and is not connected to active servers now",
            CopyState.Current => $"has {promotion}, and lost the active servers {SinceWhen(facts.Score)} ago or earlier",
            CopyState.Unverified => "has data, and no promotion is on record to measure it by",
            CopyState.New => "new and empty, as the whole cluster is",
            CopyState.Outdated => $"lacks data of {promotion}: {Never}",
            CopyState.SchemaTooOld => $"has an older schema than the active servers: {Never}; upgrade OVN here",
            CopyState.Empty => $"is empty, though the cluster has had data: {Never}",
            CopyState.Unmarked => $"has data of unknown age: {Never}",
            CopyState.Foreign => $"has data of another history: {Never}",
            CopyState.Unknown => "could not be read, or what the cluster knows could not",
            _ => "nothing is known of its copies",
        };
        return facts switch
        {
            { IsAble: false } => $"{text}; but the node cannot take a promotion now (disk, or failed promotions)",
            { Score: PromotionScores.Least, Copy: > CopyState.New } => $"{text}; gave way to a better copy a moment ago",
            _ => text,
        };
    }

    private static string SinceWhen(int? score) =>
        score switch
        {
            PromotionScores.CutOff => "20 s",
            PromotionScores.CutOffForMinutes => "1 min",
            _ => "10 min",
        };
}
