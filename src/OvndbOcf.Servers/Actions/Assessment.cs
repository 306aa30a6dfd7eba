using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Freshness;

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
        var gaveWay = context.Notice.GaveWay(cluster.Record);
        var verdict = PromotionVerdict.For(new Candidacy(state, cutOff, gaveWay, context.Parameters.OutdatedPolicy == OutdatedPolicy.Allow));
        if (!verdict.IsPromotable && cluster.Record is { } record && await context.Notice.IsOverriddenAsync(record).ConfigureAwait(false))
        {
            context.Log.Warning($"an operator allowed this copy to be promoted: {Words(state, copies, cluster, context, null)}");
            verdict = PromotionVerdict.For(new Candidacy(state, cutOff, gaveWay, IsAllowed: true));
        }

        return new Assessment(copies, cluster, verdict);
    }

    /// <summary>Why it may not be promoted and what to do; empty where there is nothing to say.</summary>
    /// <param name="context">The action.</param>
    /// <param name="published">What all instances publish; null if that is not known.</param>
    public string Advice(AgentContext context, IReadOnlyDictionary<string, string>? published) => Words(Verdict.Copy, Copies, Cluster, context, published);

    /// <summary>What this node claims before a promotion.</summary>
    /// <param name="node">The node.</param>
    /// <param name="lastChange">Of what time the copies have everything.</param>
    public NodeClaim Claim(string node, DateTimeOffset? lastChange) =>
        new(node, Cluster.Record?.Marker.Id, Verdict.Copy, Verdict.IsPromotable, Copies.Number, lastChange);

    private static string Words(
        CopyState state, CopyPair copies, ClusterKnowledge cluster, AgentContext context, IReadOnlyDictionary<string, string>? published) => CopyAdvice.For(
            state, copies, cluster, context.Me.AttributeHost, CopyNotice.SourceOf(published, cluster.Record?.Marker), context.Notice.OverrideCommand(cluster));
}
