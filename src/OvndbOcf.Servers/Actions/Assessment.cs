using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>What this node's copies are worth to the cluster.</summary>
/// <param name="Candidacy">What was found out.</param>
/// <param name="Verdict">What follows from that.</param>
/// <param name="Published">What all instances published before; null if that is not known, or was not asked for.</param>
public sealed record Assessment(Candidacy Candidacy, PromotionVerdict Verdict, IReadOnlyDictionary<string, string>? Published)
{
    /// <summary>What is in the copies.</summary>
    public CopyPair Copies => Candidacy.Copies;

    /// <summary>What the cluster knows.</summary>
    public ClusterKnowledge Cluster => Candidacy.Cluster;

    /// <summary>Reads and compares; the servers have to answer.</summary>
    /// <param name="context">The action.</param>
    /// <param name="cutOff">For how long this backup has been without a connection that it should have.</param>
    /// <param name="published">What all instances publish, which is being asked for; null where the reason is for nobody to read.</param>
    public static async Task<Assessment> MakeAsync(
        AgentContext context,
        TimeSpan cutOff,
        Task<IReadOnlyDictionary<string, string>?>? published
    )
    {
        var reading = context.History.ReadAsync();
        var copies = CopyAccess.ReadBoth(context.Parameters, context.Deadline);
        var cluster = await reading.ConfigureAwait(false);
        var all = published is null ? null : await published.ConfigureAwait(false);
        var candidacy = new Candidacy(copies, cluster, context.Me.AttributeHost)
        {
            CutOff = cutOff,
            GaveWay = context.CopyAttributes.GaveWay(cluster.Record),
            Acceptance = context.Parameters.OutdatedPolicy == OutdatedPolicy.Allow ? LossAcceptance.ByPolicy : LossAcceptance.None,
            Hindrance = HindranceOf(context, cluster.Record),
            PortConflict = PortConflictOf(context),
            Source = PublishedCopies.SourceOf(all, cluster.Record?.Marker),
            OverrideCommand = context.CopyAttributes.OverrideCommand(cluster),
        };
        var verdict = PromotionVerdict.For(candidacy);
        if (
            verdict.Promotability == Promotability.Forbidden
            && candidacy.PortConflict is null
            && cluster.Record is { } record
            && await context.CopyAttributes.IsOverriddenAsync(record).ConfigureAwait(false)
        )
        {
            context.Log.Warning($"an operator allowed this copy to be promoted: {verdict.Reason}");
            candidacy = candidacy with { Acceptance = LossAcceptance.ByOperator };
            verdict = PromotionVerdict.For(candidacy);
        }

        return new Assessment(candidacy, verdict, all);
    }

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

    private static string? HindranceOf(AgentContext context, PromotionRecord? record)
    {
        var disk = DatabaseDisks.Of(context.Parameters);
        return disk.IsFull ? disk.Trouble
            : context.FailedPromotions.AreRepeated(record?.Marker.Id) ? "promotions failed here repeatedly"
            : null;
    }

    private static string? PortConflictOf(AgentContext context) =>
        context.Servers.Select(server => server.Listeners.FindPortConflict()).OfType<string>().ToList() is [_, ..] conflicts
            ? string.Join("; ", conflicts)
            : null;
}
