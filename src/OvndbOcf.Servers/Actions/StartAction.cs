using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>start: whatever was there before, afterwards both servers are backups, and northd does not run here.</summary>
public static class StartAction
{
    /// <summary>Success once both servers are backups. It never returns promoted: only monitor may.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        if (ConfigurationCheck.BeforeStart(context) is { } wrong)
        {
            return wrong;
        }

        if (await context.Neighbours.CheckAsync(isStart: true).ConfigureAwait(false) is [_, ..] overlaps)
        {
            return ConfigurationCheck.Result(overlaps);
        }

        if (await context.Neighbours.ClaimAsync().ConfigureAwait(false) is { } owner)
        {
            return new ActionResult(
                OcfExitCode.NotConfigured,
                $"the servers in {context.Parameters.Directories.Run} belong to resource {owner}; give this resource its own directories and ports"
            );
        }

        context.ForgetConditions();
        var threshold = WarnOfThresholdAsync(context);
        var northd = context.Northd.StopAsync(context.Deadline);
        var servers = context.Observe(context.PatientDeadline);
        var started = await context
            .BothAsync(server => BecomeBackupAsync(server, servers.Of(server.Database.Database), context))
            .ConfigureAwait(false);
        await threshold.ConfigureAwait(false);
        var outcome = Outcome.All(started, await northd.ConfigureAwait(false));
        if (!outcome.IsDone)
        {
            await context.SetScoreAsync(null).ConfigureAwait(false);
            return ActionResult.Error(outcome.Problem!);
        }

        context.Neighbours.NoteOwn();
        if (ReplicationSources.AtStartOrDemote(context.Notify, context.Me) == ReplicationSource.Active)
        {
            // The copy is about to be replaced, and counts again when it is complete: the next monitor tells. The promoted instance has to know that
            // somebody follows from now on.
            var coming = new PublishedCopy("Following", new PublishedLink(null, null), 0, string.Empty, null);
            await Task.WhenAll(context.SetScoreAsync(null), context.CopyAttributes.PublishAsync(coming, published: null))
                .ConfigureAwait(false);
            await FollowAsync(context, servers).ConfigureAwait(false);
            return ActionResult.Success;
        }

        await ReportAsync(context, mustScore: true).ConfigureAwait(false);
        context.Log.Info("started as a backup that waits for an active server");
        return ActionResult.Success;
    }

    private static async Task WarnOfThresholdAsync(AgentContext context)
    {
        if (
            context.Environment.IsRunByPacemaker
            && ClusterRules.RiskOfThreshold(
                await context
                    .Cluster.ReadMigrationThresholdAsync(context.Environment.ResourceName, context.ToolTimeout)
                    .ConfigureAwait(false)
            )
                is { } risk
        )
        {
            context.Log.Warning(risk);
        }
    }

    /// <summary>
    /// The way from any state to a backup. One that is active, though nobody promoted it, follows nobody afterwards; another one follows whomever it
    /// did.
    /// </summary>
    internal static async Task<Outcome> BecomeBackupAsync(DatabaseServer server, ServerObservation seen, AgentContext context)
    {
        switch (seen.State)
        {
            case ServerState.Replicating or ServerState.Disconnected or ServerState.ReplicationFailed or ServerState.Active:
                context.Warn(server.Listeners.AlignBackup(context.Deadline));
                if (seen.State == ServerState.Active)
                {
                    // Whatever it took is in no other copy, as far as anybody knows, and this action may not get as far as saving it.
                    new UnsavedNote(DatabaseFile.Find(context.Parameters, server.Database)).Write();
                }

                return seen.State == ServerState.Active
                    ? await server.DemoteAsync(null, context.Deadline).ConfigureAwait(false)
                    : Outcome.Done;

            case ServerState.NotRunning:
                return await server.StartBackupAsync(() => context.ActiveSchemaAsync(server), context.Deadline).ConfigureAwait(false);

            case ServerState.Busy:
                // Killing it would have the next one begin anew with the same file.
                return Outcome.Failed(
                    $"{server.Database.Label} is still busy ({seen.Detail}) and the action's timeout is nearly over; raise the timeout if this happens again"
                );

            default:
                context.Log.Warning($"{server.Database.Label} {ServerWords.Describe(seen)}; restarting the server");
                var stopped = await server.StopAsync(context.Deadline).ConfigureAwait(false);
                return stopped.IsDone
                    ? await server.StartBackupAsync(() => context.ActiveSchemaAsync(server), context.Deadline).ConfigureAwait(false)
                    : stopped;
        }
    }

    /// <summary>Says what the copies are worth, and waits until the scheduler knows.</summary>
    /// <param name="context">The action.</param>
    /// <param name="mustScore">Whether there is no score yet that could stay where nothing is known.</param>
    internal static async Task ReportAsync(AgentContext context, bool mustScore)
    {
        var now = context.Observe(Deadline.After(context.Deadline.Remaining * 0.3));
        var assessment = await BackupDuties.ReportAsync(context, now, TimeSpan.Zero, mustScore).ConfigureAwait(false);
        if (mustScore || assessment.Verdict.IsKnown)
        {
            await context.AwaitScheduledScoreAsync(assessment.Verdict.Score).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Points both backups at the active servers on another node. That one cannot follow now is no failure: it keeps what it has, is not promoted,
    /// and the next monitor tries again.
    /// </summary>
    /// <param name="context">The action.</param>
    /// <param name="before">What was seen at the beginning of the action.</param>
    internal static async Task FollowAsync(AgentContext context, ServerPair before)
    {
        var now = context.Observe(Deadline.After(context.Deadline.Remaining * 0.3));
        var cluster = await context.History.ReadAsync().ConfigureAwait(false);
        var following = context.Following;
        var followed = await context
            .BothAsync(server =>
            {
                var database = server.Database.Database;
                return following.FollowAsync(
                    server,
                    now.Of(database),
                    cluster.Record,
                    before.Of(database).State == ServerState.Active,
                    context.Deadline
                );
            })
            .ConfigureAwait(false);
        if (followed.IsDone)
        {
            context.Log.Info($"backup of {context.Topology.Follow(cluster.Record)?.Address}");
        }
        else
        {
            context.Log.Warning(followed.Problem!);
        }
    }
}
