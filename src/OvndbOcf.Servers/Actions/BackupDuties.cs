using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Timing;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// What an unpromoted instance does at each monitor beside telling its state and what its copies are worth: follow the active servers if a notification was missed.
/// </summary>
internal sealed class BackupDuties(ActionScope scope, BothServers servers, ActiveFollower follower, ResourceMemory memory)
{
    /// <summary>
    /// The connections on which it depends that all stays as it is: both servers follow the promotion on record and have its data; null if something is yet to come.
    /// </summary>
    public static IReadOnlyList<WatchedConnection>? Watched(ServerPair seen, Assessment assessment) =>
        assessment.Cluster.Record is { Marker: { Closed: false } marker }
        && assessment.Copies.Northbound.Marker == marker
        && assessment.Copies.Southbound.Marker == marker
        && assessment.Verdict is { Copy: CopyState.Current, Score: PromotionScores.Backup }
            ? WatchedConnections.OfBackup(seen)
            : null;

    /// <summary>
    /// Points servers at the active ones that do not follow them, such as after a notification that got lost, or a crash after which the server came back with its first source. Whoever
    /// answers there serves the latest promotion on record, and has all that is in this copy.
    /// </summary>
    public async Task<Outcome> FollowIfMissedAsync(ServerPair seen, Assessment assessment)
    {
        if (assessment.Cluster.Record is not { Marker.Closed: false } record)
        {
            return Outcome.Done;
        }

        var followed = scope.Topology.Follow(record);
        var failing = memory.FailedReplication.Update(
            seen.Northbound.State == ServerState.ReplicationFailed || seen.Southbound.State == ServerState.ReplicationFailed
        );
        var view = new MissedSource(
            IsMine: record.Marker.Node == scope.Me.AttributeHost,
            followed is { IsNodesOwn: true },
            IsPromoted: PublishedCopies.IsPromoted(assessment.Published, record.Marker),
            IsHere: followed is null || (!followed.IsNodesOwn && NodeAddress.IsLocal(followed.Address)),
            HasFailedForLong: failing >= Disconnection.Lasting
        );
        if (view.HasFailedForLong)
        {
            // The next attempt is due after as long a time as this one.
            memory.FailedReplication.Update(holds: false);
        }

        return await servers
            .EachAsync(server =>
            {
                var database = server.Database.Kind;
                var isRight = seen.Of(database).Source == ClusterTopology.SourceOf(server.Database, followed?.Address).ToString();
                var isKeptAway =
                    CopyEvaluator.IsSchemaTooOld(assessment.Copies.Of(database), database, record)
                    && !ReplicationTarget.CanConvert(server, record);
                return isKeptAway || !view.MustFollow(seen.Of(database), isRight)
                    ? Task.FromResult(Outcome.Done)
                    : follower.FollowAsync(server, seen.Of(database), record, wasWritable: false);
            })
            .ConfigureAwait(false);
    }
}
