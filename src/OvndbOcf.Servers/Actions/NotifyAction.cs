using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// notify: before a promotion each node says what its copies are; after a promotion elsewhere the backups follow the new active servers; when a
/// backup has started or stopped, the promoted instance notes it. Everything else concerns nobody and returns at once. Pacemaker ignores the exit
/// code; what was missed shows in the next monitor.
/// </summary>
internal sealed class NotifyAction(
    ActionScope scope,
    BothServers servers,
    INorthd northd,
    ResourceMemory memory,
    PromotionHistory history,
    PromotionScore score,
    CopyAttributes attributes,
    Assessor assessor,
    ActiveFollower follower,
    ActiveDuties activeDuties
)
{
    /// <summary>Success, or a failure that only the log tells of.</summary>
    public Task<ActionResult> RunAsync() =>
        scope.Notify switch
        {
            { Type: NotifyType.Pre, Operation: NotifyOperation.Promote } => ClaimAsync(),
            { Type: NotifyType.Post, Operation: NotifyOperation.Start or NotifyOperation.Stop } notify
                when notify.StayingPromoted is { } promoted && scope.Me.IsMe(promoted) => NoteBackupsAsync(),
            var notify when ReplicationSources.AtNotify(notify, scope.Me) == ReplicationSource.Active => FollowAsync(),
            _ => Task.FromResult(ActionResult.Success),
        };

    private async Task<ActionResult> ClaimAsync()
    {
        var seen = servers.Observe(scope.Deadline.Share(0.3));
        if (seen.Northbound.IsResponsive && seen.Southbound.IsResponsive)
        {
            var asking = scope.Notify.Promoting.Any(scope.Me.IsMe) ? attributes.ReadAsync() : null;
            var assessment = await assessor.AssessAsync(TimeSpan.Zero, asking).ConfigureAwait(false);
            if (!assessment.Verdict.IsKnown)
            {
                scope.Log.Warning($"this node reports no copy before the promotion: {assessment.Verdict.Reason}");
                return ActionResult.Success;
            }

            // A first dump is no proof that the active servers wrote anything at that time, so that another copy would have to have it.
            var written = memory.FollowingSince.Proven(assessment.Cluster.Record?.Marker.Id, assessment.Copies.LastChange);
            var claiming = attributes.ClaimAsync(assessment.Claim(written));
            if (assessment.Verdict.IsPromotable && history.ScheduledScore is null)
            {
                // A copy that is chosen gives way to a better one, but only once: the scheduler must be able to choose that one by then.
                await score.SetAsync(assessment.Verdict.Score).ConfigureAwait(false);
            }

            await claiming.ConfigureAwait(false);
            if (assessment.Published is { } published)
            {
                await GiveWayAsync(assessment, PublishedCopies.ClaimsOf(published, scope.Me.AttributeHost)).ConfigureAwait(false);
            }
        }

        return ActionResult.Success;
    }

    /// <summary>
    /// A chosen copy gives way to a better one, as far as published states tell: with a change of its score that the scheduler knows before this notification ends, which makes it plan
    /// anew. Giving way in the promote action would count as a failure.
    /// </summary>
    private async Task GiveWayAsync(Assessment assessment, IReadOnlyList<NodeClaim> claims)
    {
        var mine = assessment.Claim(lastChange: null);
        if (
            assessment.Verdict.IsPromotable
            && PromotionGuard.Choose(mine, claims, attributes.GaveWay(assessment.Cluster.Record)) is (PromotionChoice.GiveWay, { } better)
        )
        {
            scope.Log.Warning(
                $"{better.Node} has a better copy, so this node gives way ({better.Copy} of promotion {better.Number}; {mine.Copy} of {mine.Number} here)"
            );
            attributes.GiveWay(assessment.Cluster.Record);
            await score.SetAsync(PromotionScores.Least).ConfigureAwait(false);
            await score.AwaitScheduledAsync(PromotionScores.Least).ConfigureAwait(false);
        }
    }

    private async Task<ActionResult> NoteBackupsAsync()
    {
        await activeDuties.PerformAsync().ConfigureAwait(false);
        return ActionResult.Success;
    }

    private async Task<ActionResult> FollowAsync()
    {
        // What it looks for from now on, it has not missed yet.
        memory.Disconnection.Update(holds: false);
        var reading = history.ReadAsync();
        var stopping = northd.StopAsync(scope.Deadline);
        var seen = servers.Observe(scope.Deadline.Share(0.3));
        var cluster = await reading.ConfigureAwait(false);
        var followed = await servers
            .EachAsync(server => FollowAsync(server, seen.Of(server.Database.Kind), cluster.Record))
            .ConfigureAwait(false);
        var outcome = Outcome.All(followed, await stopping.ConfigureAwait(false));

        // The address of the active servers waits for the end of this. That the data has arrived, the next monitor finds.
        return outcome.IsDone ? ActionResult.Success : ActionResult.Error(outcome.Problem!);
    }

    private Task<Outcome> FollowAsync(IDatabaseServer server, ServerObservation seen, PromotionRecord? record) =>
        seen.IsBackup
            ? follower.FollowAsync(server, seen, record, wasWritable: false)
            // A server that is active beside the promoted one may hold writes: pointing it there would discard them. Monitor isolates it, and sets
            // aside what it has.
            : Task.FromResult(
                Outcome.Failed(
                    $"{server.Database.Label} is not a backup that answers ({ServerWords.Describe(seen)}) and follows nobody yet; the next monitor tries again"
                )
            );
}
