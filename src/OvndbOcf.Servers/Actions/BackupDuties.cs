using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Timing;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Steady;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// What an unpromoted instance does at each monitor beside telling its state: say what its copies are worth, and follow the active servers if a
/// notification was missed.
/// </summary>
internal static class BackupDuties
{
    /// <summary>
    /// The connections on which it depends that all stays as it is: both servers follow the promotion on record and have its data; null if something is yet to come.
    /// </summary>
    public static IReadOnlyList<WatchedConnection>? Watched(ServerPair servers, Assessment assessment) =>
        assessment.Cluster.Record is { Marker: { Closed: false } marker }
        && assessment.Copies.Northbound.Marker == marker
        && assessment.Copies.Southbound.Marker == marker
        && assessment.Verdict is { Copy: CopyState.Current, Score: PromotionScores.Backup }
            ? SteadyConnections.OfBackup(servers)
            : null;

    /// <summary>
    /// Brings the promotion score and what is published in line with the copies. What is not known changes neither, except where the action is to leave a score behind in any case:
    /// then it is the one that keeps the copy from being promoted.
    /// </summary>
    /// <param name="context">The action.</param>
    /// <param name="servers">What was seen: both are backups.</param>
    /// <param name="cutOff">For how long the backup has been without a connection that it should have.</param>
    /// <param name="mustScore">Whether there may be no score yet, and Pacemaker may promote an instance without one.</param>
    public static async Task<Assessment> ReportAsync(AgentContext context, ServerPair servers, TimeSpan cutOff, bool mustScore = false)
    {
        var assessment = await Assessment.MakeAsync(context, cutOff, context.CopyAttributes.ReadAsync()).ConfigureAwait(false);
        var advice = assessment.Verdict.Reason;
        if (advice.Length > 0)
        {
            if (context.Topology.VirtualAddress is { } address && NodeAddress.IsLocal(address))
            {
                // Pacemaker places the address without regard to who may be promoted if the databases are colocated with it, and promotes nobody then.
                advice =
                    $"{address} is on this node, where nothing may be promoted: colocate the address with the promoted instance, not the reverse; {advice}";
            }

            context.Log.Warning(advice);
        }

        if (assessment.Verdict.IsKnown || mustScore)
        {
            await context.EnsureScoreAsync(assessment.Verdict.Score).ConfigureAwait(false);
        }

        if (!assessment.Verdict.IsKnown)
        {
            return assessment;
        }

        var publication = Publication(servers, assessment, advice);
        if (publication.Link is { Promotion: { } promotion, Ends: { } ends } && promotion == assessment.Cluster.Record?.Marker.Id)
        {
            context.FollowingSince.Write(promotion, $"{ends.Northbound} {ends.Southbound}", DateTimeOffset.UtcNow);
            NoteHolder(context, assessment, publication);
        }

        await context.CopyAttributes.PublishAsync(publication, assessment.Published).ConfigureAwait(false);
        return assessment;
    }

    /// <summary>
    /// Points servers at the active ones that do not follow them, such as after a notification that got lost, or a crash after which the server came back with its first source. Whoever
    /// answers there serves the latest promotion on record, and has all that is in this copy.
    /// </summary>
    public static async Task<Outcome> FollowIfMissedAsync(AgentContext context, ServerPair servers, Assessment assessment)
    {
        if (assessment.Cluster.Record is not { Marker.Closed: false } record)
        {
            return Outcome.Done;
        }

        var following = context.Following;
        var followed = context.Topology.Follow(record);
        var failing = context.FailedReplication.Update(
            servers.Northbound.State == ServerState.ReplicationFailed || servers.Southbound.State == ServerState.ReplicationFailed
        );
        var view = new MissedSource(
            IsMine: record.Marker.Node == context.Me.AttributeHost,
            followed is { IsNodesOwn: true },
            IsPromoted: PublishedCopies.IsPromoted(assessment.Published, record.Marker),
            IsHere: followed is null || (!followed.IsNodesOwn && NodeAddress.IsLocal(followed.Address)),
            HasFailedForLong: failing >= Disconnection.Lasting
        );
        if (view.HasFailedForLong)
        {
            // The next attempt is due after as long a time as this one.
            context.FailedReplication.Update(holds: false);
        }

        return await context
            .BothAsync(server =>
            {
                var seen = servers.Of(server.Database.Database);
                var isRight = seen.Source == ClusterTopology.SourceOf(server.Database, followed?.Address).ToString();
                var isKeptAway =
                    CopyEvaluator.IsSchemaTooOld(assessment.Copies.Of(server.Database.Database), server.Database.Database, record)
                    && !Following.CanConvert(server, record);
                return isKeptAway || !view.MustFollow(seen, isRight)
                    ? Task.FromResult(Outcome.Done)
                    : following.FollowAsync(server, seen, record, wasWritable: false, context.Deadline);
            })
            .ConfigureAwait(false);
    }

    // From now on the record tells of these copies by this name alone: both are connected to the active servers, have their marker, and have been published so before, for the active node to see.
    private static void NoteHolder(AgentContext context, Assessment assessment, PublishedCopy publication)
    {
        if (
            assessment.Cluster.Record is not { Marker: { Closed: false } marker }
            || assessment.Published?.GetValueOrDefault(context.Me.AttributeHost) != publication.Facts
        )
        {
            return;
        }

        foreach (var server in context.Servers)
        {
            if (assessment.Copies.Of(server.Database.Database).Holder != context.Me.AttributeHost)
            {
                new PromotionNote(DatabaseFile.Find(context.Parameters, server.Database)).Receive(marker, context.Me.AttributeHost);
            }
        }
    }

    private static PublishedCopy Publication(ServerPair servers, Assessment assessment, string advice)
    {
        var (northbound, southbound) = (assessment.Copies.Northbound.Marker, assessment.Copies.Southbound.Marker);
        return new PublishedCopy(
            assessment.Verdict.Copy.ToString(),
            new PublishedLink(northbound?.Id == southbound?.Id ? northbound?.Id : null, Ends(servers)),
            assessment.Copies.Number,
            advice,
            assessment.Cluster.Record?.Marker.Id
        )
        {
            IsAble = assessment.Verdict.IsAble,
        };
    }

    private static LinkEnds? Ends(ServerPair servers) =>
        servers is { Northbound.Link: { } northbound, Southbound.Link: { } southbound }
            ? new LinkEnds(northbound.Local.ToString(), southbound.Local.ToString())
            : null;
}
