using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.State;

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

        context.Disconnection.Note(disconnected: false);
        var source = ReplicationSources.AtStartOrDemote(context.Notify, context.Me);
        var northd = context.Northd.StopAsync(context.Deadline);
        var servers = context.Observer.Observe(Deadline.After(context.Deadline.Remaining * 0.3));
        var started = await context.BothAsync(server => BecomeBackupAsync(server, servers.Of(server.Database.Database), source, context)).ConfigureAwait(false);
        var outcome = Outcome.All(started, await northd.ConfigureAwait(false));
        if (!outcome.IsDone)
        {
            await context.SetScoreAsync(null).ConfigureAwait(false);
            return ActionResult.Error(outcome.Problem!);
        }

        await context.SetScoreAsync(PromotionScores.Backup).ConfigureAwait(false);
        context.Log.Info(source == ReplicationSource.Active
            ? $"started as a backup of {context.Parameters.MasterIp}"
            : "started as a backup that waits for an active server");
        return ActionResult.Success;
    }

    /// <summary>The way from any state to a backup of that source.</summary>
    internal static async Task<Outcome> BecomeBackupAsync(DatabaseServer server, ServerObservation seen, ReplicationSource source, AgentContext context)
    {
        switch (seen.State)
        {
            case ServerState.Replicating or ServerState.Disconnected or ServerState.ReplicationFailed or ServerState.Active:
                if (!context.Parameters.ListenOnMasterIpOnly)
                {
                    server.RemoveListeners(context.Deadline);
                }

                if (seen.State == ServerState.Active)
                {
                    return await server.LeaveActiveAsync(source, context.Deadline).ConfigureAwait(false);
                }

                var wanted = OvnCtlCommands.SourceRemote(context.Parameters, server.Database, source);
                return seen.Source == wanted ? Outcome.Done : await server.DemoteAsync(source, context.Deadline).ConfigureAwait(false);

            case ServerState.NotRunning:
                return await server.StartBackupAsync(source, context.Deadline).ConfigureAwait(false);

            default:
                context.Log.Warning($"{server.Database.Label} database server: {seen.Detail}; restarting it");
                var stopped = await server.StopAsync(context.Deadline).ConfigureAwait(false);
                return stopped.IsDone ? await server.StartBackupAsync(source, context.Deadline).ConfigureAwait(false) : stopped;
        }
    }
}
