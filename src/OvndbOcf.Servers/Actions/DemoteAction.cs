using OvndbOcf.Decisions.Copies;
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
            : await servers
                .EachAsync(server => backups.RetireAsync(server, seen.Of(server.Database.Kind), stopFollows))
                .ConfigureAwait(false);
        var outcome = Outcome.All(demoted, await stopping.ConfigureAwait(false));
        await telling.ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            await score.SetAsync(null).ConfigureAwait(false);
            return ActionResult.Error($"demotion failed: {outcome.Problem}");
        }

        var source = ReplicationSources.AtStartOrDemote(scope.Notify, scope.Me);
        switch (AfterDemotions.Choose(stopFollows, source, isWhole, history.ScheduledScore is not null))
        {
            case AfterDemotion.FollowActive:
                await follower.FollowActiveAsync(seen).ConfigureAwait(false);
                break;

            case AfterDemotion.ReportCopy:
                await reporter.ReportUntilScheduledAsync(mustScore: false).ConfigureAwait(false);
                break;
        }

        history.Forget();
        scope.Log.Info($"{Describe(cluster)}NB and SB databases are demoted, and take no more writes");
        return ActionResult.Success;
    }

    // A promotion that never got on record has no number that anybody else knows.
    private string Describe(ClusterKnowledge cluster) =>
        cluster.Latest is { Marker: var mine } && mine.Node == scope.Me.AttributeHost ? $"{PromotionStory.EndOf(mine)}: " : string.Empty;
}
