using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Servers.Actions;

/// <summary>What this node's copies are worth to the cluster.</summary>
/// <param name="Candidacy">What was found out.</param>
/// <param name="Verdict">What follows from that.</param>
/// <param name="Published">What all instances published before; null if that is not known, or was not asked for.</param>
internal sealed record Assessment(Candidacy Candidacy, PromotionVerdict Verdict, IReadOnlyDictionary<string, string>? Published)
{
    /// <summary>What is in the copies.</summary>
    public CopyPair Copies => Candidacy.Copies;

    /// <summary>What the cluster knows.</summary>
    public ClusterKnowledge Cluster => Candidacy.Cluster;

    /// <summary>The same with what is in the copies now.</summary>
    public Assessment With(CopyPair copies)
    {
        var candidacy = Candidacy with { Copies = copies };
        return this with { Candidacy = candidacy, Verdict = PromotionVerdict.For(candidacy) };
    }

    /// <summary>What this node claims before a promotion.</summary>
    /// <param name="lastChange">Of what time the copies have everything.</param>
    public NodeClaim Claim(DateTimeOffset? lastChange) =>
        new(Candidacy.Node, Cluster.Record?.Marker.Id, Verdict.Copy, Verdict.IsPromotable, Copies.Number, lastChange)
        {
            IsAble = Verdict.IsAble,
        };
}
