using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>Tells the cluster, and people, what a backup's copies are worth.</summary>
internal sealed class CopyReporter(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    Assessor assessor,
    PromotionScore score,
    CopyAttributes attributes,
    ResourceMemory memory
)
{
    /// <summary>
    /// Brings the promotion score and what is published in line with the copies. What is not known changes neither, except where the action is to leave a score behind in any case:
    /// then it is the one that keeps the copy from being promoted.
    /// </summary>
    /// <param name="seen">What was seen: both are backups.</param>
    /// <param name="cutOff">For how long the backup has been without a connection that it should have.</param>
    /// <param name="mustScore">Whether there may be no score yet, and Pacemaker may promote an instance without one.</param>
    public async Task<Assessment> ReportAsync(ServerPair seen, TimeSpan cutOff, bool mustScore = false)
    {
        foreach (var server in servers.All)
        {
            if (seen.Of(server.Database.Kind).State == ServerState.Replicating)
            {
                var note = new PromotionNote(DatabaseFile.Find(parameters, server.Database));
                if (!note.CatchUp())
                {
                    scope.Log.Warning(
                        $"{server.Database.Label}: {note.Path} cannot be written, so this copy counts as outdated although it has caught up; make it writable"
                    );
                }
            }
        }

        var assessment = await assessor.AssessAsync(cutOff, attributes.ReadAsync()).ConfigureAwait(false);
        var advice = assessment.Verdict.Reason;
        if (advice.Length > 0)
        {
            if (scope.Topology.VirtualAddress is { } address && NodeAddress.IsLocal(address))
            {
                // Pacemaker places the address without regard to who may be promoted if the databases are colocated with it, and promotes nobody then.
                advice =
                    $"{address} is on this node, where nothing may be promoted: colocate the address with the promoted instance, not the reverse; {advice}";
            }

            scope.Log.Warning(advice);
        }

        if (assessment.Verdict.IsKnown || mustScore)
        {
            await score.EnsureAsync(assessment.Verdict.Score).ConfigureAwait(false);
        }

        if (!assessment.Verdict.IsKnown)
        {
            return assessment;
        }

        var publication = Publication(seen, assessment, advice);
        if (
            publication.Link is { Promotion: { } promotion, Ends: { } ends }
            && assessment.Cluster.Record is { Marker: var marker }
            && marker.IsOf(promotion)
        )
        {
            var connections = $"{ends.Northbound} {ends.Southbound}";
            if (memory.FollowingSince.Write(promotion, connections, scope.Clock.GetUtcNow()))
            {
                scope.Log.Info($"{PromotionStory.Of(marker)}: the copies here have caught up with {marker.Node}");
            }

            publication = publication with { Since = memory.FollowingSince.Of(promotion, connections) };
            NoteHolder(assessment, publication);
        }

        await attributes.PublishAsync(publication, assessment.Published).ConfigureAwait(false);
        return assessment;
    }

    /// <summary>Looks at the servers, tells, and waits until the scheduler knows.</summary>
    /// <param name="mustScore">Whether there is no score yet that could stay where nothing is known.</param>
    public async Task ReportUntilScheduledAsync(bool mustScore)
    {
        var now = servers.Observe(scope.Deadline.Share(0.3));
        var assessment = await ReportAsync(now, TimeSpan.Zero, mustScore).ConfigureAwait(false);
        if (mustScore || assessment.Verdict.IsKnown)
        {
            await score.AwaitScheduledAsync(assessment.Verdict.Score).ConfigureAwait(false);
        }
    }

    // From now on the record tells of these copies by this name alone: both are connected to the active servers, have their marker, and have been published so before, for the active node to see.
    private void NoteHolder(Assessment assessment, PublishedCopy publication)
    {
        var me = scope.Me.AttributeHost;
        if (
            assessment.Cluster.Record is not { Marker: { Closed: false } marker }
            || assessment.Published?.GetValueOrDefault(me) != publication.Facts
        )
        {
            return;
        }

        foreach (var server in servers.All)
        {
            if (assessment.Copies.Of(server.Database.Kind).Holder != me)
            {
                new PromotionNote(DatabaseFile.Find(parameters, server.Database)).Receive(marker, me);
            }
        }
    }

    private static PublishedCopy Publication(ServerPair seen, Assessment assessment, string advice)
    {
        var (northbound, southbound) = (assessment.Copies.Northbound.Marker, assessment.Copies.Southbound.Marker);
        var promotion = northbound?.Id == southbound?.Id ? northbound?.Id : null;
        var ends = Ends(seen);
        return new PublishedCopy(
            assessment.Verdict.Copy.ToString(),
            new PublishedLink(promotion, ends),
            assessment.Copies.Number,
            advice,
            assessment.Cluster.Record?.Marker.Id
        )
        {
            IsAble = assessment.Verdict.IsAble,
            Source = ends is not null && assessment.Cluster.Record?.Marker is { } latest && latest.Id == promotion ? latest.Node : null,
        };
    }

    private static LinkEnds? Ends(ServerPair seen) =>
        seen is { Northbound.Link: { } northbound, Southbound.Link: { } southbound }
            ? new LinkEnds(northbound.Local.ToString(), southbound.Local.ToString())
            : null;
}
