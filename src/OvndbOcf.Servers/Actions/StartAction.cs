using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>start: whatever was there before, afterwards both servers are backups, and northd does not run here.</summary>
internal sealed class StartAction(
    ActionScope scope,
    AgentParameters parameters,
    BothServers servers,
    INorthd northd,
    IClusterConfiguration cluster,
    ResourceMemory memory,
    ConfigurationCheck configuration,
    Neighbours neighbours,
    PromotionScore score,
    CopyAttributes attributes,
    BackupTransition backups,
    ActiveFollower follower,
    CopyReporter reporter
)
{
    /// <summary>Success once both servers are backups. It never returns promoted: only monitor may.</summary>
    public async Task<ActionResult> RunAsync()
    {
        if (configuration.BeforeStart() is { } wrong)
        {
            return wrong;
        }

        if (await neighbours.CheckAsync(isStart: true).ConfigureAwait(false) is [_, ..] overlaps)
        {
            return ConfigurationCheck.Result(overlaps);
        }

        if (await neighbours.ClaimAsync().ConfigureAwait(false) is { } owner)
        {
            return new ActionResult(
                OcfExitCode.NotConfigured,
                $"the servers in {parameters.Directories.Run} belong to resource {owner}; give this resource its own directories and ports"
            );
        }

        memory.ForgetConditions();
        var threshold = WarnOfThresholdAsync();
        var stopping = northd.StopAsync(scope.Deadline);
        var seen = servers.Observe(scope.PatientDeadline);
        var started = await servers
            .EachAsync(server => backups.BecomeBackupAsync(server, seen.Of(server.Database.Kind)))
            .ConfigureAwait(false);
        await threshold.ConfigureAwait(false);
        var outcome = Outcome.All(started, await stopping.ConfigureAwait(false));
        if (!outcome.IsDone)
        {
            await score.SetAsync(null).ConfigureAwait(false);
            return ActionResult.Error(outcome.Problem!);
        }

        neighbours.NoteOwn();
        if (ReplicationSources.AtStartOrDemote(scope.Notify, scope.Me) == ReplicationSource.Active)
        {
            // The copy is about to be replaced, and counts again when it is complete: the next monitor tells. The promoted instance has to know that
            // somebody follows from now on.
            var coming = new PublishedCopy(PublishedCopy.Following, new PublishedLink(null, null), 0, string.Empty, null);
            await Task.WhenAll(score.SetAsync(null), attributes.PublishAsync(coming, published: null)).ConfigureAwait(false);
            await follower.FollowActiveAsync(seen).ConfigureAwait(false);
            return ActionResult.Success;
        }

        await reporter.ReportUntilScheduledAsync(mustScore: true).ConfigureAwait(false);
        scope.Log.Info("started as a backup that waits for an active server");
        return ActionResult.Success;
    }

    private async Task WarnOfThresholdAsync()
    {
        if (
            scope.Environment.IsRunByPacemaker
            && ClusterRules.RiskOfThreshold(
                await cluster.ReadMigrationThresholdAsync(scope.Resource, scope.ToolTimeout).ConfigureAwait(false)
            )
                is { } risk
        )
        {
            scope.Log.Warning(risk);
        }
    }
}
