using OvndbOcf.Decisions.Copies;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Keeps the promotion of the promoted instance in its data and on the cluster's record, whatever clients, operators and automation make of them: a restored backup, a cleared
/// <c>external_ids</c>, a configuration pushed as a whole, a promotion by hand on another node. What is to be done is decided by <see cref="PromotionUpkeep"/>.
/// </summary>
internal sealed class PromotionKeeper(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    IClusterNodes nodes,
    PromotionHistory history,
    ExpectedBackups backups,
    ResourceMemory memory
)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Looks, and does what has to be done; done too where nothing had to.</summary>
    /// <param name="cluster">What the cluster knows; it was readable.</param>
    /// <param name="published">What the instances publish; null if that is not known.</param>
    /// <returns>The record as it is now, and whether nothing may be left to do the next time.</returns>
    public async Task<(PromotionRecord? Record, bool IsSettled)> KeepAsync(
        ClusterKnowledge cluster,
        IReadOnlyDictionary<string, string>? published
    )
    {
        var copies = servers.ReadCopies(scope.Deadline.Within(AnswerTimeout), withSchema: false);
        var other = cluster.Latest?.Marker;
        var upkeep = PromotionUpkeep.Decide(
            new UpkeepView(
                copies,
                cluster,
                history.Remembered,
                scope.Me.AttributeHost,
                other is null ? false : PublishedCopies.IsPromoted(published, other),
                memory.RecordedElsewhere.Update(other is not null && other.Node != scope.Me.AttributeHost)
            )
        );
        if (upkeep.Step == UpkeepStep.Nothing)
        {
            return (cluster.Latest, copies.Northbound.IsReadable && copies.Southbound.IsReadable);
        }

        scope.Log.Warning(
            upkeep.Cause
                + upkeep.Step switch
                {
                    UpkeepStep.Wait => "; waiting until no instance is promoted there for certain",
                    UpkeepStep.WriteRecord => "; writing the record again",
                    _ => "; this node writes a new promotion",
                }
        );
        var (record, outcome) = await CarryOutAsync(upkeep, cluster, published).ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            scope.Log.Warning(outcome.Problem!);
        }

        return (outcome.IsDone ? record : cluster.Latest, IsSettled: false);
    }

    private async Task<(PromotionRecord? Record, Outcome Outcome)> CarryOutAsync(
        PromotionUpkeep upkeep,
        ClusterKnowledge cluster,
        IReadOnlyDictionary<string, string>? published
    )
    {
        switch (upkeep.Step)
        {
            case UpkeepStep.WriteRecord:
                var record = upkeep.OutdatesUnseen ? await CompleteAsync(upkeep.Base!, published).ConfigureAwait(false) : upkeep.Base;
                return record is null
                    ? (
                        null,
                        Outcome.Failed(
                            "the cluster's nodes and attributes cannot be read, so the record is not written yet; the next monitor tries again"
                        )
                    )
                    : (record, await history.WriteAsync(record).ConfigureAwait(false));

            case UpkeepStep.PromoteAgain:
                return await PromoteAgainAsync(upkeep.Base!, cluster).ConfigureAwait(false);

            default:
                return (null, Outcome.Done);
        }
    }

    /// <summary>A record of which nothing but the markers is known: every node is outdated that is not seen connected. Null if they cannot be seen.</summary>
    private async Task<PromotionRecord?> CompleteAsync(PromotionRecord bare, IReadOnlyDictionary<string, string>? published)
    {
        if (published is null || await nodes.NodeNamesAsync(scope.ToolTimeout).ConfigureAwait(false) is not { } names)
        {
            return null;
        }

        var whole = Describe(bare.Marker, servers.ReadCopies(scope.Deadline));
        var findings = LinkTracker.Update(
            LinkTracker.Initial([]),
            PublishedCopies.LinksOf(published, scope.Me.AttributeHost),
            backups.Established(),
            [.. names.Where(node => node != scope.Me.AttributeHost)],
            bare.Marker.Id,
            whole.Address is not null
        );
        return whole with { Outdated = findings.Outdated };
    }

    private async Task<(PromotionRecord? Record, Outcome Outcome)> PromoteAgainAsync(PromotionRecord former, ClusterKnowledge cluster)
    {
        if (await nodes.HasQuorumAsync(scope.ToolTimeout).ConfigureAwait(false) != true)
        {
            return (null, Outcome.Failed("no quorum is known here, so no new promotion is written; check the cluster's quorum"));
        }

        var latest = cluster.Latest is { } recorded && recorded.Marker.Number > former.Marker.Number ? recorded : former;
        var copies = servers.ReadCopies(scope.Deadline);
        var marker = NextPromotion.For(
            copies,
            latest,
            scope.Me.AttributeHost,
            scope.Clock.GetUtcNow(),
            Guid.NewGuid(),
            isActive: true,
            history.Recorded
        );

        // The data first, as at any promotion.
        var marked = await MarkAsync(marker).ConfigureAwait(false);
        if (!marked.IsDone)
        {
            return (null, marked);
        }

        // What a copy has that was cut off before is not in this one for certain: whoever follows sets its file aside.
        var record = Describe(marker, copies) with
        {
            Previous = former.Marker.Id,
            Outdated = former.Outdated,
        };
        backups.ExpectEverybody();
        return (record, await history.WriteAsync(record).ConfigureAwait(false));
    }

    private PromotionRecord Describe(PromotionMarker marker, CopyPair copies) =>
        new(marker)
        {
            Address = scope.Topology.OwnAddress,
            Boot = BootId.Current,
            Northbound = copies.Northbound.Schema,
            Southbound = copies.Southbound.Schema,
        };

    /// <summary>Writes the marker, and brings connections in line, as whatever changed the one may have changed the others.</summary>
    private Task<Outcome> MarkAsync(PromotionMarker marker) =>
        servers.EachAsync(server =>
            Task.Run(() =>
            {
                new PromotionNote(DatabaseFile.Find(parameters, server.Database)).Open(marker);
                var marked = server.Copy.WriteMarker(marker, scope.Deadline);
                return marked.IsDone ? server.Connections.Ensure(server.Listeners.OfAgent(), scope.Deadline) : marked;
            })
        );
}
