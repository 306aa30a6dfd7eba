using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>What this node's copies are worth to the cluster.</summary>
/// <param name="Copies">What is in them.</param>
/// <param name="Cluster">What the cluster knows.</param>
/// <param name="Verdict">Whether they may be promoted.</param>
public sealed record Assessment(CopyPair Copies, ClusterKnowledge Cluster, PromotionVerdict Verdict)
{
    /// <summary>Reads and compares; the servers have to answer.</summary>
    /// <param name="context">The action.</param>
    /// <param name="cutOff">For how long this backup has been without a connection that it should have.</param>
    public static async Task<Assessment> MakeAsync(AgentContext context, TimeSpan cutOff)
    {
        var reading = context.History.ReadAsync();
        var copies = CopyAccess.ReadBoth(context.Parameters, context.Deadline);
        var cluster = await reading.ConfigureAwait(false);
        var state = CopyEvaluator.Evaluate(copies, cluster, context.Me.AttributeHost);
        var hindrance = HindranceOf(context, cluster.Record);
        var candidacy = new Candidacy(
            state,
            cutOff,
            context.Notice.GaveWay(cluster.Record),
            context.Parameters.OutdatedPolicy == OutdatedPolicy.Allow,
            hindrance is null
        );
        if (context.Servers.Select(server => server.Listeners.FindPortConflict()).OfType<string>().ToList() is [_, ..] conflicts)
        {
            // Clients would wait for nothing here, whatever anybody allows.
            return new Assessment(copies, cluster, new PromotionVerdict(state, null) { IsAble = false })
            {
                PortConflict = string.Join("; ", conflicts),
            };
        }

        var verdict = PromotionVerdict.For(candidacy);
        if (!verdict.IsPromotable && cluster.Record is { } record && await context.Notice.IsOverriddenAsync(record).ConfigureAwait(false))
        {
            context.Log.Warning($"an operator allowed this copy to be promoted: {Words(state, copies, cluster, context, null)}");
            verdict = PromotionVerdict.For(candidacy with { IsAllowed = true });
        }

        return new Assessment(copies, cluster, verdict) { Hindrance = hindrance };
    }

    /// <summary>Who holds a port that active servers need, and what to do; null if nobody does.</summary>
    public string? PortConflict { get; init; }

    /// <summary>Why the node is not able to take a promotion; null if it is.</summary>
    public string? Hindrance { get; init; }

    /// <summary>Why it may not be promoted, or had better not be, and what to do; empty where there is nothing to say.</summary>
    /// <param name="context">The action.</param>
    /// <param name="published">What all instances publish; null if that is not known.</param>
    public string Advice(AgentContext context, IReadOnlyDictionary<string, string>? published) =>
        PortConflict is not null ? PortConflict
        : Hindrance is null || !Verdict.IsPromotable ? Words(Verdict.Copy, Copies, Cluster, context, published)
        : CopyAdvice.Unable(Verdict.Copy, Hindrance);

    /// <summary>What this node claims before a promotion.</summary>
    /// <param name="node">The node.</param>
    /// <param name="lastChange">Of what time the copies have everything.</param>
    public NodeClaim Claim(string node, DateTimeOffset? lastChange) =>
        new(node, Cluster.Record?.Marker.Id, Verdict.Copy, Verdict.IsPromotable, Copies.Number, lastChange) { IsAble = Verdict.IsAble };

    private static string? HindranceOf(AgentContext context, PromotionRecord? record)
    {
        var disk = DatabaseDisks.Of(context.Parameters);
        return disk.IsFull ? disk.Trouble
            : context.FailedPromotions.AreRepeated(record?.Marker.Id) ? "promotions failed here repeatedly"
            : null;
    }

    private static string Words(
        CopyState state,
        CopyPair copies,
        ClusterKnowledge cluster,
        AgentContext context,
        IReadOnlyDictionary<string, string>? published
    ) =>
        CopyAdvice.For(
            state,
            copies,
            cluster,
            context.Me.AttributeHost,
            PublishedCopies.SourceOf(published, cluster.Record?.Marker),
            context.Notice.OverrideCommand(cluster)
        );
}
