using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>The way of a server from any state to a backup.</summary>
/// <param name="scope">The action.</param>
/// <param name="parameters">The parameters.</param>
/// <param name="history">Tells which schema the active servers have.</param>
internal sealed class BackupTransition(ActionScope scope, AgentParameters parameters, PromotionHistory history)
{
    /// <summary>Done once the server is a backup. One that is active, though nobody promoted it, follows nobody afterwards; another one follows whomever it did.</summary>
    public Task<Outcome> BecomeBackupAsync(IDatabaseServer server, ServerObservation seen) =>
        GoAsync(BackupWays.From(seen.State), server, seen);

    /// <summary>Done once the server is a backup, or where a stop of the instance follows, surely not active.</summary>
    public Task<Outcome> RetireAsync(IDatabaseServer server, ServerObservation seen, bool stopFollows) =>
        GoAsync(BackupWays.AtDemotion(seen.State, stopFollows), server, seen);

    private async Task<Outcome> GoAsync(BackupWay way, IDatabaseServer server, ServerObservation seen)
    {
        switch (way)
        {
            case BackupWay.Stay:
                scope.Warn(server.Listeners.AlignBackup(scope.Deadline));
                return Outcome.Done;

            case BackupWay.Demote:
                scope.Warn(server.Listeners.AlignBackup(scope.Deadline));
                // Whatever it took is in no other copy, as far as anybody knows, and this action may not get as far as saving it.
                new UnsavedNote(DatabaseFile.Find(parameters, server.Database)).Write();
                return await server.DemoteAsync(null, scope.Deadline).ConfigureAwait(false);

            case BackupWay.Start:
                return await StartAsync(server).ConfigureAwait(false);

            case BackupWay.Stop:
                return await server.StopAsync(scope.Deadline).ConfigureAwait(false);

            case BackupWay.Wait:
                return Outcome.Failed(
                    $"{server.Database.Label} is still busy ({seen.Detail}) and the action's timeout is nearly over; raise the timeout if this happens again"
                );

            default:
                scope.Log.Warning($"{server.Database.Label} {ServerWords.Describe(seen)}; restarting the server");
                var stopped = await server.StopAsync(scope.Deadline).ConfigureAwait(false);
                return stopped.IsDone ? await StartAsync(server).ConfigureAwait(false) : stopped;
        }
    }

    private Task<Outcome> StartAsync(IDatabaseServer server) =>
        server.StartBackupAsync(() => history.ActiveSchemaAsync(server.Database), scope.Deadline);
}
