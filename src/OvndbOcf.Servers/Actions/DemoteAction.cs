using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// demote: no server here takes writes afterwards, and northd does not run. A server that is gone or hung does not make it fail: it is replaced by a backup,
/// or where Pacemaker is about to stop the instance anyway, left or made dead. That holds when both are gone, too: Pacemaker demotes first when it recovers
/// from such a crash, and would count "not running" as one more failure.
/// </summary>
public static class DemoteAction
{
    /// <summary>Success once both servers are backups, or at least surely not active when a stop follows.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        var reading = context.History.ReadAsync();
        var stopping = context.Northd.StopAsync(context.Deadline);
        var stopFollows = context.Notify.Stopping.Any(context.Me.IsMe);
        var servers = context.Observe(stopFollows ? Deadline.After(context.Deadline.Remaining * 0.3) : context.PatientDeadline);
        // Their connections are there although the address has gone; they end with the promotion.
        var telling = ClientFarewell.TellAsync(context);
        var cluster = await reading.ConfigureAwait(false);
        var isWhole = servers.AreActive;
        var demoted = isWhole
            ? await RetireAsync(context, cluster, stopping).ConfigureAwait(false)
            : await context
                .BothAsync(server => ReplaceAsync(server, servers.Of(server.Database.Database), stopFollows, context))
                .ConfigureAwait(false);
        var outcome = Outcome.All(demoted, await stopping.ConfigureAwait(false));
        await telling.ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            await context.SetScoreAsync(null).ConfigureAwait(false);
            return ActionResult.Error($"demotion failed: {outcome.Problem}");
        }

        if (!stopFollows && ReplicationSources.AtStartOrDemote(context.Notify, context.Me) == ReplicationSource.Active)
        {
            await StartAction.FollowAsync(context, servers).ConfigureAwait(false);
        }
        else if (!stopFollows && (!isWhole || context.History.ScheduledScore is null))
        {
            // After a crash, or where the score was lost, this copy may be the one to promote again. After a planned retirement the score stays as it is: a change would hold up the
            // promotion that Pacemaker has planned next, and the next monitor sets it right.
            await StartAction.ReportAsync(context, mustScore: false).ConfigureAwait(false);
        }

        context.History.Forget();
        context.Log.Info("demoted: NB and SB databases take no more writes");
        return ActionResult.Success;
    }

    /// <summary>Gives up both databases so that their last state is provably the last, and puts that on record.</summary>
    private static async Task<Outcome> RetireAsync(AgentContext context, ClusterKnowledge cluster, Task northd)
    {
        var open = cluster.Latest is { Marker: { Closed: false } marker } latest && marker.Node == context.Me.AttributeHost ? latest : null;
        if (open is not null)
        {
            await Task.WhenAll(context.Servers.Select(server => context.BackupsOf(server).WaitAsync(context.Deadline, context.Log)))
                .ConfigureAwait(false);
        }

        var closing = open?.Marker.Close(
            CopyAccess.ReadBoth(context.Parameters, context.Deadline, withSchema: false),
            DateTimeOffset.UtcNow
        );
        var retirement = new Retirement(context.Parameters, context.Log);
        var retired = await Task.WhenAll(
                context.Servers.Select(server => Task.Run(() => retirement.RetireAsync(server, closing, northd, context.Deadline)))
            )
            .ConfigureAwait(false);
        var outcome = Outcome.All([.. retired.Select(result => result.Outcome)]);
        if (closing is not null && retired.All(result => result.IsClosed))
        {
            var written = await context.History.WriteAsync(open! with { Marker = closing }).ConfigureAwait(false);
            context.Log.Info(written.Problem ?? $"promotion {closing.Number} is closed: nothing was written after its closing marker");
        }
        else if (open is not null)
        {
            // Whoever is chosen next may lack what came after the marker. It has to know that before it is promoted.
            await context
                .CopyAttributes.PublishAsync(
                    new PublishedCopy(
                        nameof(CopyState.LastActive),
                        new PublishedLink(open.Marker.Id, null),
                        open.Marker.Number,
                        string.Empty,
                        open.Marker.Id
                    ),
                    published: null
                )
                .ConfigureAwait(false);
        }

        return outcome;
    }

    private static Task<Outcome> ReplaceAsync(DatabaseServer server, ServerObservation seen, bool stopFollows, AgentContext context) =>
        seen.IsResponsive || !stopFollows ? StartAction.BecomeBackupAsync(server, seen, context) : server.StopAsync(context.Deadline);
}
