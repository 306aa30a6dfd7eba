using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// notify: before a promotion each node says what its copies are; after a promotion elsewhere the backups follow the new active servers; when a
/// backup has started or stopped, the promoted
/// instance notes it. Everything else concerns nobody and returns at once. Pacemaker ignores the exit code; what was missed shows in the next monitor.
/// </summary>
public static class NotifyAction
{
    /// <summary>Success, or a failure that only the log tells of.</summary>
    public static Task<ActionResult> RunAsync(AgentContext context) =>
        context.Notify switch
        {
            { Type: NotifyType.Pre, Operation: NotifyOperation.Promote } => ClaimAsync(context),
            { Type: NotifyType.Post, Operation: NotifyOperation.Start or NotifyOperation.Stop } notify
                when notify.StayingPromoted is { } promoted && context.Me.IsMe(promoted) => NoteBackupsAsync(context),
            var notify when ReplicationSources.AtNotify(notify, context.Me) == ReplicationSource.Active => FollowAsync(context),
            _ => Task.FromResult(ActionResult.Success),
        };

    private static async Task<ActionResult> ClaimAsync(AgentContext context)
    {
        var servers = context.Observe(Deadline.After(context.Deadline.Remaining * 0.3));
        if (servers.Northbound.IsResponsive && servers.Southbound.IsResponsive)
        {
            var asking = context.Notify.Promoting.Any(context.Me.IsMe) ? context.CopyAttributes.ReadAsync() : null;
            var assessment = await Assessment.MakeAsync(context, TimeSpan.Zero, asking).ConfigureAwait(false);
            if (!assessment.Verdict.IsKnown)
            {
                context.Log.Warning($"this node reports no copy before the promotion: {assessment.Verdict.Reason}");
                return ActionResult.Success;
            }

            // A first dump is no proof that the active servers wrote anything at that time, so that another copy would have to have it.
            var written = context.FollowingSince.Proven(assessment.Cluster.Record?.Marker.Id, assessment.Copies.LastChange);
            var claiming = context.CopyAttributes.ClaimAsync(assessment.Claim(written));
            if (assessment.Verdict.IsPromotable && context.History.ScheduledScore is null)
            {
                // A copy that is chosen gives way to a better one, but only once: the scheduler must be able to choose that one by then.
                await context.SetScoreAsync(assessment.Verdict.Score).ConfigureAwait(false);
            }

            await claiming.ConfigureAwait(false);
            if (assessment.Published is { } published)
            {
                await GiveWayAsync(context, assessment, PublishedCopies.ClaimsOf(published, context.Me.AttributeHost))
                    .ConfigureAwait(false);
            }
        }

        return ActionResult.Success;
    }

    /// <summary>
    /// A chosen copy gives way to a better one, as far as published states tell: with a change of its score that the scheduler knows before this notification ends, which makes it plan
    /// anew. Giving way in the promote action would count as a failure.
    /// </summary>
    private static async Task GiveWayAsync(AgentContext context, Assessment assessment, IReadOnlyList<NodeClaim> claims)
    {
        var mine = assessment.Claim(lastChange: null);
        if (
            assessment.Verdict.IsPromotable
            && PromotionGuard.BetterThan(mine, claims) is { } better
            && !context.CopyAttributes.GaveWay(assessment.Cluster.Record)
        )
        {
            context.Log.Warning(
                $"{better.Node} has a better copy, so this node gives way ({better.Copy} of promotion {better.Number}; {mine.Copy} of {mine.Number} here)"
            );
            context.CopyAttributes.GiveWay(assessment.Cluster.Record);
            await context.SetScoreAsync(PromotionScores.Least).ConfigureAwait(false);
            await context.AwaitScheduledScoreAsync(PromotionScores.Least).ConfigureAwait(false);
        }
    }

    private static async Task<ActionResult> NoteBackupsAsync(AgentContext context)
    {
        await ActiveDuties.PerformAsync(context).ConfigureAwait(false);
        return ActionResult.Success;
    }

    private static async Task<ActionResult> FollowAsync(AgentContext context)
    {
        // What it looks for from now on, it has not missed yet.
        context.Disconnection.Update(holds: false);
        var reading = context.History.ReadAsync();
        var northd = context.Northd.StopAsync(context.Deadline);
        var servers = context.Observe(Deadline.After(context.Deadline.Remaining * 0.3));
        var cluster = await reading.ConfigureAwait(false);
        var following = context.Following;
        var followed = await context
            .BothAsync(server => FollowAsync(server, servers.Of(server.Database.Database), cluster, following, context))
            .ConfigureAwait(false);
        var outcome = Outcome.All(followed, await northd.ConfigureAwait(false));

        // The address of the active servers waits for the end of this. That the data has arrived, the next monitor finds.
        return outcome.IsDone ? ActionResult.Success : ActionResult.Error(outcome.Problem!);
    }

    private static Task<Outcome> FollowAsync(
        DatabaseServer server,
        ServerObservation seen,
        ClusterKnowledge cluster,
        Following following,
        AgentContext context
    ) =>
        seen.IsBackup
            ? following.FollowAsync(server, seen, cluster.Record, wasWritable: false, context.Deadline)
            // A server that is active beside the promoted one may hold writes: pointing it there would discard them. Monitor isolates it, and sets
            // aside what it has.
            : Task.FromResult(
                Outcome.Failed(
                    $"{server.Database.Label} is not a backup that answers ({ServerWords.Describe(seen)}) and follows nobody yet; the next monitor tries again"
                )
            );
}
