using OvndbOcf.Decisions.Copies;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Keeps the promotion of the promoted instance in its data and on the cluster's record, whatever clients, operators and automation make of them: a restored backup, a cleared
/// <c>external_ids</c>, a configuration pushed as a whole, a promotion by hand on another node. What is to be done is decided by <see cref="PromotionUpkeep"/>.
/// </summary>
internal static class PromotionKeeper
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Looks, and does what has to be done; done too where nothing had to.</summary>
    /// <param name="context">The action.</param>
    /// <param name="cluster">What the cluster knows; it was readable.</param>
    /// <param name="published">What the instances publish; null if that is not known.</param>
    /// <returns>The record as it is now, and whether nothing may be left to do the next time.</returns>
    public static async Task<(PromotionRecord? Record, bool IsSettled)> KeepAsync(
        AgentContext context,
        ClusterKnowledge cluster,
        IReadOnlyDictionary<string, string>? published
    )
    {
        var copies = CopyAccess.ReadBoth(context.Parameters, Deadline.After(AnswerTimeout).Earlier(context.Deadline), withSchema: false);
        var other = cluster.Latest?.Marker;
        var upkeep = PromotionUpkeep.Decide(
            new UpkeepView(
                copies,
                cluster,
                context.History.Remembered,
                context.Me.AttributeHost,
                other is null ? false : PublishedCopies.IsPromoted(published, other),
                context.RecordedElsewhere.Update(other is not null && other.Node != context.Me.AttributeHost)
            )
        );
        if (upkeep.Step == UpkeepStep.Nothing)
        {
            return (cluster.Latest, copies.Northbound.IsReadable && copies.Southbound.IsReadable);
        }

        context.Log.Warning(
            upkeep.Cause
                + upkeep.Step switch
                {
                    UpkeepStep.Wait => "; waiting until no instance is promoted there for certain",
                    UpkeepStep.WriteRecord => "; writing the record again",
                    _ => "; this node writes a new promotion",
                }
        );
        var (record, outcome) = await CarryOutAsync(context, upkeep, cluster, published).ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            context.Log.Warning(outcome.Problem!);
        }

        return (outcome.IsDone ? record : cluster.Latest, IsSettled: false);
    }

    private static async Task<(PromotionRecord? Record, Outcome Outcome)> CarryOutAsync(
        AgentContext context,
        PromotionUpkeep upkeep,
        ClusterKnowledge cluster,
        IReadOnlyDictionary<string, string>? published
    )
    {
        switch (upkeep.Step)
        {
            case UpkeepStep.WriteRecord:
                var record = upkeep.OutdatesUnseen
                    ? await CompleteAsync(context, upkeep.Base!, published).ConfigureAwait(false)
                    : upkeep.Base;
                return record is null
                    ? (
                        null,
                        Outcome.Failed(
                            "the cluster's nodes and attributes cannot be read, so the record is not written yet; the next monitor tries again"
                        )
                    )
                    : (record, await context.History.WriteAsync(record).ConfigureAwait(false));

            case UpkeepStep.PromoteAgain:
                return await PromoteAgainAsync(context, upkeep.Base!, cluster).ConfigureAwait(false);

            default:
                return (null, Outcome.Done);
        }
    }

    /// <summary>A record of which nothing but the markers is known: every node is outdated that is not seen connected. Null if they cannot be seen.</summary>
    private static async Task<PromotionRecord?> CompleteAsync(
        AgentContext context,
        PromotionRecord bare,
        IReadOnlyDictionary<string, string>? published
    )
    {
        if (published is null || await context.Cluster.NodeNamesAsync(context.ToolTimeout).ConfigureAwait(false) is not { } nodes)
        {
            return null;
        }

        var whole = Describe(context, bare.Marker, CopyAccess.ReadBoth(context.Parameters, context.Deadline));
        var findings = LinkTracker.Update(
            LinkTracker.Begin([]),
            PublishedCopies.LinksOf(published, context.Me.AttributeHost),
            ActiveDuties.Established(context),
            [.. nodes.Where(node => node != context.Me.AttributeHost)],
            bare.Marker.Id,
            whole.Address is not null
        );
        return whole with { Outdated = findings.Outdated };
    }

    private static async Task<(PromotionRecord? Record, Outcome Outcome)> PromoteAgainAsync(
        AgentContext context,
        PromotionRecord former,
        ClusterKnowledge cluster
    )
    {
        if (await context.Cluster.HasQuorumAsync(context.ToolTimeout).ConfigureAwait(false) != true)
        {
            return (null, Outcome.Failed("no quorum is known here, so no new promotion is written; check the cluster's quorum"));
        }

        var latest = cluster.Latest is { } recorded && recorded.Marker.Number > former.Marker.Number ? recorded : former;
        var copies = CopyAccess.ReadBoth(context.Parameters, context.Deadline);
        var marker = NextPromotion.For(
            copies,
            latest,
            context.Me.AttributeHost,
            DateTimeOffset.UtcNow,
            Guid.NewGuid(),
            isActive: true,
            context.History.Recorded
        );

        // The data first, as at any promotion.
        var marked = await MarkAsync(context, marker).ConfigureAwait(false);
        if (!marked.IsDone)
        {
            return (null, marked);
        }

        // What a copy has that was cut off before is not in this one for certain: whoever follows sets its file aside.
        var record = Describe(context, marker, copies) with
        {
            Previous = former.Marker.Id,
            Outdated = former.Outdated,
        };
        ActiveDuties.ExpectEverybody(context);
        return (record, await context.History.WriteAsync(record).ConfigureAwait(false));
    }

    private static PromotionRecord Describe(AgentContext context, PromotionMarker marker, CopyPair copies) =>
        new(marker)
        {
            Address = context.Topology.OwnAddress,
            Boot = BootId.Current,
            Northbound = copies.Northbound.Schema,
            Southbound = copies.Southbound.Schema,
        };

    /// <summary>Writes the marker, and brings connections in line, as whatever changed the one may have changed the others.</summary>
    private static Task<Outcome> MarkAsync(AgentContext context, PromotionMarker marker) =>
        context.BothAsync(server =>
            Task.Run(() =>
            {
                new PromotionNote(DatabaseFile.Find(context.Parameters, server.Database)).Open(marker);
                var marked = new CopyAccess(context.Parameters, server.Database).WriteMarker(marker, context.Deadline);
                return marked.IsDone ? context.ConnectionsOf(server).Ensure(server.Listeners.OfAgent(), context.Deadline) : marked;
            })
        );
}
