using OvndbOcf.Decisions.Timing;

namespace OvndbOcf.Decisions.Copies;

/// <summary>Whether a copy may be promoted.</summary>
public enum Promotability
{
    /// <summary>Nobody knows: it must not, and its score stays as it is.</summary>
    Unknown,

    /// <summary>It must not.</summary>
    Forbidden,

    /// <summary>It lacks data, or may lack it, and is allowed all the same (<see cref="LossAcceptance"/>).</summary>
    Overridden,

    /// <summary>It may.</summary>
    Allowed,
}

/// <summary>
/// All promotion scores. A backup and the promoted instance have those of OVN's shell agent, so that both agents may run in one cluster; the others
/// lie around them.
/// </summary>
public static class PromotionScores
{
    /// <summary>The score of the promoted instance, so that it stays where it is.</summary>
    public const int Active = 10;

    /// <summary>The score of the last active instance: it alone may hold rows that were not replicated yet.</summary>
    public const int LastActive = 9;

    /// <summary>The score of a copy that provably holds everything.</summary>
    public const int Complete = 8;

    /// <summary>The score of a copy that holds the closing marker of a promotion that is not on record.</summary>
    public const int Closed = 7;

    /// <summary>The score of a backup that was following when the active was last seen. One that lost it earlier has less.</summary>
    public const int Backup = 5;

    /// <summary>The score of a backup that has been cut off for longer than a failover takes (<see cref="Disconnection.Lasting"/>).</summary>
    public const int CutOff = 4;

    /// <summary>The score of a backup that has been cut off for a minute or longer.</summary>
    public const int CutOffForMinutes = 3;

    /// <summary>The score of a backup that has been cut off for ten minutes or longer.</summary>
    public const int CutOffForLong = 2;

    /// <summary>The score of an instance that is to be promoted only where there is no other.</summary>
    public const int Least = 1;

    /// <summary>
    /// The score of an instance that must not be promoted (<c>-INFINITY</c>). Where the promoted instance is colocated with the address, having none
    /// is not enough: Pacemaker would try all the same.
    /// </summary>
    public const int Forbidden = -1_000_000;

    /// <summary>The score of a backup that has been without a connection that it should have for that long; zero where it has one, or needs none.</summary>
    public static int OfBackup(TimeSpan cutOff) =>
        cutOff < Disconnection.Lasting ? Backup
        : cutOff < TimeSpan.FromMinutes(1) ? CutOff
        : cutOff < TimeSpan.FromMinutes(10) ? CutOffForMinutes
        : CutOffForLong;
}

/// <summary>What is decided of an unpromoted instance: how its copies compare, whether it may be promoted, its score, and why.</summary>
/// <param name="Copy">How the copies compare.</param>
/// <param name="Promotability">Whether it may be promoted.</param>
/// <param name="Score">The promotion score; <see cref="PromotionScores.Forbidden"/> if it must not be promoted.</param>
/// <param name="Reason">Why it may not be promoted, or had better not be, and what to do; empty where there is nothing to say.</param>
public sealed record PromotionVerdict(CopyState Copy, Promotability Promotability, int Score, string Reason)
{
    /// <summary>Whether it may be promoted.</summary>
    public bool IsPromotable => Promotability is Promotability.Allowed or Promotability.Overridden;

    /// <summary>Whether anything is known that a score could be set by.</summary>
    public bool IsKnown => Promotability != Promotability.Unknown;

    /// <summary>Whether the node is able to take a promotion.</summary>
    public bool IsAble { get; init; } = true;

    /// <summary>
    /// The verdict. A copy that lost its source keeps its rank for as long as a failover takes: all of them lose it when the active dies. After that the one that lost it later counts more. Where the
    /// node is unable, the copy is of no use to anybody, whatever is in it: it comes after all others, and is tried where there is no other. Where a port is taken, clients would wait for nothing,
    /// whatever anybody allows.
    /// </summary>
    public static PromotionVerdict For(Candidacy candidacy) =>
        For(CopyEvaluator.Evaluate(candidacy.Copies, candidacy.Cluster, candidacy.Node), candidacy);

    /// <summary>Whether a copy in that state may be promoted by itself, whatever else is known of its node.</summary>
    public static Promotability ByItself(CopyState copy) =>
        copy switch
        {
            CopyState.Unknown => Promotability.Unknown,
            CopyState.New or CopyState.Unverified or CopyState.Current or CopyState.Closed or CopyState.Complete or CopyState.LastActive =>
                Promotability.Allowed,
            _ => Promotability.Forbidden,
        };

    internal static PromotionVerdict For(CopyState copy, Candidacy candidacy)
    {
        var promotability =
            ByItself(copy) is var byItself && byItself == Promotability.Unknown ? OfUnknown(candidacy)
            : candidacy.PortConflict is not null ? Promotability.Forbidden
            : byItself == Promotability.Forbidden && candidacy.Acceptance != LossAcceptance.None ? Promotability.Overridden
            : byItself;
        return new PromotionVerdict(copy, promotability, ScoreOf(copy, promotability, candidacy), ReasonOf(copy, promotability, candidacy))
        {
            IsAble = candidacy is { Hindrance: null, PortConflict: null },
        };
    }

    // A record that this version does not understand stays: with a score from before, this node would be chosen, and refuse, again and again, though another one may understand it.
    private static Promotability OfUnknown(Candidacy candidacy) =>
        candidacy
            is {
                Cluster: { IsReadable: true, IsRecordUnknown: true },
                Copies: { Northbound.IsReadable: true, Southbound.IsReadable: true }
            }
            ? Promotability.Forbidden
            : Promotability.Unknown;

    private static int ScoreOf(CopyState copy, Promotability promotability, Candidacy candidacy) =>
        (promotability, copy) switch
        {
            (Promotability.Unknown or Promotability.Forbidden, _) => PromotionScores.Forbidden,
            (Promotability.Overridden, _) => PromotionScores.Least,
            _ when candidacy.GaveWay || candidacy.Hindrance is not null => PromotionScores.Least,
            (_, CopyState.LastActive) => PromotionScores.LastActive,
            (_, CopyState.Complete) => PromotionScores.Complete,
            (_, CopyState.Closed) => PromotionScores.Closed,
            (_, CopyState.Current or CopyState.Unverified) => PromotionScores.OfBackup(candidacy.CutOff),
            _ => PromotionScores.Least,
        };

    private static string ReasonOf(CopyState copy, Promotability promotability, Candidacy candidacy) =>
        candidacy.PortConflict is { } conflict ? conflict
        : promotability is (Promotability.Allowed or Promotability.Overridden) && candidacy.Hindrance is { } hindrance
            ? CopyAdvice.Unable(copy, hindrance)
        : CopyAdvice.For(copy, candidacy);
}
