namespace OvndbOcf.Decisions.Copies;

/// <summary>
/// The last look before a promotion: whether another node that is online, and may be promoted, has a better copy. The scores should have seen to that; they do not tell
/// one promotion from another where none is on record, and between copies that are alike in all else, the time of the last change decides.
/// </summary>
public static class PromotionGuard
{
    /// <summary>
    /// How far the clocks of two nodes, and the moments at which two connected backups write the same change, may be apart without meaning anything.
    /// </summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>Whether this copy is promoted, and the other one that this is about; null where it is about none.</summary>
    /// <param name="mine">This node's claim.</param>
    /// <param name="claims">Those of all nodes.</param>
    /// <param name="gaveWay">Whether this node gave way in the same promotion already: it does so once.</param>
    public static (PromotionChoice Choice, NodeClaim? Other) Choose(NodeClaim mine, IReadOnlyList<NodeClaim> claims, bool gaveWay) =>
        BetterThan(mine, claims) is { } better ? (gaveWay ? PromotionChoice.ChosenAgain : PromotionChoice.GiveWay, better)
        : InPlaceOf(mine, claims) is { } unable ? (PromotionChoice.InPlaceOf, unable)
        : (PromotionChoice.Promote, null);

    /// <summary>The best of the other claims if it is better than this one; null if none is.</summary>
    public static NodeClaim? BetterThan(NodeClaim mine, IReadOnlyList<NodeClaim> claims)
    {
        NodeClaim? best = null;
        foreach (var claim in claims)
        {
            if (claim.Node != mine.Node && claim.IsPromotable && claim.Record == mine.Record && IsBetter(claim, best ?? mine))
            {
                best = claim;
            }
        }

        return best;
    }

    /// <summary>The node with a better copy that this one is promoted in place of, because it is not able to take a promotion itself; null if there is none.</summary>
    public static NodeClaim? InPlaceOf(NodeClaim mine, IReadOnlyList<NodeClaim> claims) =>
        BetterThan(mine, [.. claims.Where(claim => !claim.IsAble).Select(claim => claim with { IsAble = mine.IsAble })]);

    /// <summary>Whether one claim is surely better than another.</summary>
    public static bool IsBetter(NodeClaim claim, NodeClaim other)
    {
        // What an unable node has, nobody can use, and it stays in its file. A copy that is behind, as far as is known, does not take its place.
        if (claim.IsAble != other.IsAble && (claim.IsAble ? TakesPlaceOf(claim, other) : TakesPlaceOf(other, claim)))
        {
            return claim.IsAble;
        }

        // A later promotion first: all that was acknowledged before it and could be had is in it.
        if (claim.Number != other.Number)
        {
            return claim.Number > other.Number;
        }

        if (Rank(claim.Copy) != Rank(other.Copy))
        {
            return Rank(claim.Copy) > Rank(other.Copy);
        }

        return claim.LastChange is { } changed && other.LastChange is { } otherChanged && changed - otherChanged > Tolerance;
    }

    private static bool TakesPlaceOf(NodeClaim able, NodeClaim unable) => able.Copy >= CopyState.Unverified && able.Number >= unable.Number;

    // A copy with the closing marker holds all that the last active one does: a planned move must not be turned back.
    private static CopyState Rank(CopyState copy) => copy == CopyState.LastActive ? CopyState.Complete : copy;
}
