using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// notify: after a promotion elsewhere the backups follow the new active servers. Everything else concerns nobody and returns at once. Pacemaker ignores the
/// exit code; a backup that could not be pointed at the new active servers shows in its next monitor.
/// </summary>
public static class NotifyAction
{
    /// <summary>Success, or a failure that only the log tells of.</summary>
    public static async Task<ActionResult> RunAsync(AgentContext context)
    {
        if (ReplicationSources.AtNotify(context.Notify, context.Me) is not { } source)
        {
            return ActionResult.Success;
        }

        if (context.Parameters.MasterIp is null)
        {
            return ActionResult.Error("master_ip is not usable, so this backup cannot follow the active servers");
        }

        // What it looks for from now on, it has not missed yet.
        context.Disconnection.Note(disconnected: false);
        var northd = context.Northd.StopAsync(context.Deadline);
        var servers = context.Observer.Observe(Deadline.After(context.Deadline.Remaining * 0.3));
        var followed = await context.BothAsync(server => FollowAsync(server, servers.Of(server.Database.Database), source, context)).ConfigureAwait(false);
        var outcome = Outcome.All(followed, await northd.ConfigureAwait(false));
        return outcome.IsDone ? ActionResult.Success : ActionResult.Error(outcome.Problem!);
    }

    private static async Task<Outcome> FollowAsync(DatabaseServer server, ServerObservation seen, ReplicationSource source, AgentContext context)
    {
        if (!seen.IsBackup)
        {
            // A server that is active beside the promoted one may hold writes: pointing it there would discard them. Monitor reports it, and Pacemaker demotes it.
            return Outcome.Failed($"{server.Database.Label} database server is {seen.State}, not a backup, and was left as it is");
        }

        if (seen.Source != OvnCtlCommands.SourceRemote(context.Parameters, server.Database, source))
        {
            return await server.DemoteAsync(source, context.Deadline).ConfigureAwait(false);
        }

        // It names that source already, and may still mean a connection to the former active servers, which ended without a word when the address moved: it
        // would follow nobody until its probe finds out, after a minute by default. From OVS 3.3 on only another source makes it let go of a connection.
        var left = await server.DemoteAsync(ReplicationSource.Nobody, context.Deadline).ConfigureAwait(false);
        return Outcome.All(left, await server.DemoteAsync(source, context.Deadline).ConfigureAwait(false));
    }
}
