using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// demote: no server here takes writes afterwards, and northd does not run. A server that is gone or hung does not make it fail: it is replaced by a backup,
/// or where Pacemaker is about to stop the instance anyway, left or made dead. That holds when both are gone, too: Pacemaker demotes first when it recovers
/// from such a crash, and would count "not running" as one more failure.
/// </summary>
internal sealed class DemoteAction(
    ActionScope scope,
    BothServers servers,
    INorthd northd,
    PromotionHistory history,
    PromotionScore score,
    ClientFarewell farewell,
    PlannedRetirement retirement,
    BackupTransition backups,
    ActiveFollower follower,
    CopyReporter reporter
)
{
    /// <summary>Success once both servers are backups, or at least surely not active when a stop follows.</summary>
    public async Task<ActionResult> RunAsync()
    {
        var reading = history.ReadAsync();
        var stopping = northd.StopAsync(scope.Deadline);
        var stopFollows = scope.Notify.Stopping.Any(scope.Me.IsMe);
        var seen = servers.Observe(stopFollows ? scope.Deadline.Share(0.3) : scope.PatientDeadline);
        // Their connections are there although the address has gone; they end with the promotion.
        var telling = farewell.TellAsync();
        var cluster = await reading.ConfigureAwait(false);
        var isWhole = seen.AreActive;
        var demoted = isWhole
            ? await retirement.RetireAsync(cluster, stopping).ConfigureAwait(false)
            : await servers.EachAsync(server => ReplaceAsync(server, seen.Of(server.Database.Database), stopFollows)).ConfigureAwait(false);
        var outcome = Outcome.All(demoted, await stopping.ConfigureAwait(false));
        await telling.ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            await score.SetAsync(null).ConfigureAwait(false);
            return ActionResult.Error($"demotion failed: {outcome.Problem}");
        }

        if (!stopFollows && ReplicationSources.AtStartOrDemote(scope.Notify, scope.Me) == ReplicationSource.Active)
        {
            await follower.FollowActiveAsync(seen).ConfigureAwait(false);
        }
        else if (!stopFollows && (!isWhole || history.ScheduledScore is null))
        {
            // After a crash, or where the score was lost, this copy may be the one to promote again. After a planned retirement the score stays as it is: a change would hold up the
            // promotion that Pacemaker has planned next, and the next monitor sets it right.
            await reporter.ReportUntilScheduledAsync(mustScore: false).ConfigureAwait(false);
        }

        history.Forget();
        scope.Log.Info($"{Describe(cluster)}NB and SB databases are demoted, and take no more writes");
        return ActionResult.Success;
    }

    // A promotion that never got on record has no number that anybody else knows.
    private string Describe(ClusterKnowledge cluster) =>
        cluster.Latest is { Marker: var mine } && mine.Node == scope.Me.AttributeHost ? $"{PromotionStory.EndOf(mine)}: " : string.Empty;

    private Task<Outcome> ReplaceAsync(IDatabaseServer server, ServerObservation seen, bool stopFollows) =>
        seen.IsResponsive || !stopFollows ? backups.BecomeBackupAsync(server, seen) : server.StopAsync(scope.Deadline);
}
