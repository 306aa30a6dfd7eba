using OvndbOcf.Decisions.Timing;

namespace OvndbOcf.Decisions.Copies;

/// <summary>What an unpromoted instance would bring into a promotion.</summary>
/// <param name="Copy">How its copies compare.</param>
/// <param name="CutOff">For how long it has been without a connection that it should have; zero where it has one, or needs none.</param>
/// <param name="GaveWay">Whether it recently found a better copy on another node when it was to be promoted.</param>
/// <param name="IsAllowed">Whether a person, or the policy, allows it to be promoted though it lacks data.</param>
/// <param name="IsAble">Whether the node is able to take it: its disk has room, and promotions did not fail here again and again.</param>
public sealed record Candidacy(CopyState Copy, TimeSpan CutOff, bool GaveWay, bool IsAllowed, bool IsAble);

/// <summary>Whether a copy may be promoted, and how much it should be.</summary>
/// <param name="Copy">How the copies compare.</param>
/// <param name="Score">The promotion score; null if it must not be promoted.</param>
public sealed record PromotionVerdict(CopyState Copy, int? Score)
{
    /// <summary>Whether it may be promoted.</summary>
    public bool IsPromotable => Score is not null;

    /// <summary>Whether the node is able to take a promotion.</summary>
    public bool IsAble { get; init; } = true;

    /// <summary>
    /// The verdict. A copy that lost its source keeps its rank for as long as a failover takes: all of them lose it when the active dies. After that the one that lost it later counts more. Where the
    /// node is unable, the copy is of no use to anybody, whatever is in it: it comes after all others, and is tried where there is no other.
    /// </summary>
    public static PromotionVerdict For(Candidacy candidacy) => new(candidacy.Copy, ScoreOf(candidacy)) { IsAble = candidacy.IsAble };

    private static int? ScoreOf(Candidacy candidacy) =>
        candidacy.Copy switch
        {
            CopyState.LastActive => Yield(PromotionScores.LastActive, candidacy),
            CopyState.Complete => Yield(PromotionScores.Complete, candidacy),
            CopyState.Closed => Yield(PromotionScores.Closed, candidacy),
            CopyState.Current or CopyState.Unverified => Yield(AfterCut(candidacy.CutOff), candidacy),
            CopyState.New => PromotionScores.Least,
            CopyState.Outdated
            or CopyState.Foreign
            or CopyState.Unmarked
            or CopyState.SchemaTooOld
            or CopyState.Empty when candidacy.IsAllowed => PromotionScores.Least,
            _ => null,
        };

    private static int Yield(int score, Candidacy candidacy) => candidacy.GaveWay || !candidacy.IsAble ? PromotionScores.Least : score;

    private static int AfterCut(TimeSpan cutOff) =>
        cutOff < Disconnection.Lasting ? PromotionScores.Backup
        : cutOff < TimeSpan.FromMinutes(1) ? 4
        : cutOff < TimeSpan.FromMinutes(10) ? 3
        : 2;
}
