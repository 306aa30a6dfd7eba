using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.State;

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
        var northd = context.Northd.StopAsync(context.Deadline);
        var servers = context.Observer.Observe(Deadline.After(context.Deadline.Remaining * 0.3));
        var source = ReplicationSources.AtStartOrDemote(context.Notify, context.Me);
        var stopFollows = context.Notify.Stopping.Any(context.Me.IsMe);
        var demoted = await context.BothAsync(server => DemoteAsync(server, servers.Of(server.Database.Database), source, stopFollows, context)).ConfigureAwait(false);
        var outcome = Outcome.All(demoted, await northd.ConfigureAwait(false));
        if (!outcome.IsDone)
        {
            await context.SetScoreAsync(null).ConfigureAwait(false);
            return ActionResult.Error($"demotion failed: {outcome.Problem}");
        }

        await context.SetScoreAsync(stopFollows ? null : PromotionScores.Backup).ConfigureAwait(false);
        context.Log.Info("demoted: NB and SB databases take no more writes");
        return ActionResult.Success;
    }

    private static Task<Outcome> DemoteAsync(
        DatabaseServer server, ServerObservation seen, ReplicationSource source, bool stopFollows, AgentContext context) =>
        seen.IsResponsive || !stopFollows
            ? StartAction.BecomeBackupAsync(server, seen, source, context)
            : server.StopAsync(context.Deadline);
}
