using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Sees to it that running servers are what the parameters say. Pacemaker restarts an instance whose parameters have changed, but where its transition is given up behind the demotion, the demotion
/// counts as the last operation, with the new parameters: nothing has changed any more, and the servers are promoted again as they are. Nor does it reload an instance whose last operation is a
/// demotion (Pacemaker 2.1.5). Promoted servers must also be reachable: what the kernel says counts.
/// </summary>
internal sealed class RunningParameters(
    ActionScope scope,
    IReadOnlyList<ParameterProblem> problems,
    BothServers servers,
    PromotionHistory history,
    Neighbours neighbours
)
{
    // The rest is enough to start the server with its file as it was, and to promote it.
    private const double ShareForConversion = 0.5;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Brings listeners in line, of each server by the role that it has; why the instance has failed all the same, null if it has not.</summary>
    /// <param name="seen">What was seen: by a thorough monitor.</param>
    public string? Apply(ServerPair seen)
    {
        List<string> failures = [];
        foreach (var server in servers.All)
        {
            var now = seen.Of(server.Database.Kind);
            var deadline = scope.Deadline.Within(AnswerTimeout);
            if (!now.IsResponsive)
            {
                continue;
            }

            scope.Warn(now.IsBackup ? server.Listeners.AlignBackup(deadline) : AlignActive(server, deadline));
            if (now.State == ServerState.Replicating && problems.All(problem => problem.Parameter != "inactive_probe_interval_to_master"))
            {
                // It cannot be asked for what it has, and takes the same again without a new connection.
                scope.Warn(server.SetActiveProbe(deadline));
            }

            if (FindDifference(server) is { } parameter)
            {
                failures.Add(
                    $"{server.Database.Label} does not run with {parameter}, which has changed; the cluster restarts the servers with it"
                );
            }
            else if (!now.IsBackup && FindSilent(server, deadline) is { } silent)
            {
                scope.Log.Warning(
                    $"{server.Database.Label} does not listen on {silent}, so nobody can connect there; see the log of the server"
                );
            }
            else if (!now.IsBackup && server.Listeners.FindPortConflict() is { } conflict)
            {
                failures.Add(conflict);
            }
        }

        return failures.Count == 0 ? null : string.Join("; ", failures);
    }

    private static Outcome AlignActive(IDatabaseServer server, Deadline deadline)
    {
        var connections = server.Connections;
        return server.Listeners.AlignActive(connections, connections.EnsureForBackups(deadline), deadline);
    }

    // By TLS a server listens for clients because a row of its data says so, and "ovn-nbctl set-connection" replaces all rows.
    private IPEndPoint? FindSilent(IDatabaseServer server, Deadline deadline)
    {
        var silent = server.Listeners.FindSilent(deadline);
        if (silent is null || server.Database.Protocol != DatabaseProtocol.Ssl)
        {
            return silent;
        }

        var added = server.Connections.EnsureAny(deadline);
        scope.Warn(added);
        return added.IsDone ? server.Listeners.FindSilent(deadline) : silent;
    }

    /// <summary>
    /// Before a promotion: starts those servers again, as backups of nobody, that run with other TLS files, which they take at their start only, or that serve an older schema than this node's OVN has.
    /// </summary>
    /// <param name="copies">What is in the servers' copies.</param>
    /// <returns>What came of it, and whether files were to be converted.</returns>
    public async Task<(Outcome Outcome, bool Converts)> RestartAsync(CopyPair copies)
    {
        // A backup serves an older schema than this node's OVN has while the active servers have that.
        var toConvert = servers
            .All.Where(server => SchemaChoice.MustConvertForPromotion(copies.Of(server.Database.Kind).Schema, server.OwnSchema()))
            .ToHashSet();
        var outcome = await servers.EachAsync(server => RestartAsync(server, copies, toConvert.Contains(server))).ConfigureAwait(false);
        return (outcome, toConvert.Count > 0);
    }

    private async Task<Outcome> RestartAsync(IDatabaseServer server, CopyPair copies, bool mustConvert)
    {
        if (FindDifference(server) is { } parameter)
        {
            scope.Log.Info($"{server.Database.Label} does not run with {parameter}, which has changed; restarting it");
        }
        else if (!mustConvert)
        {
            return Outcome.Done;
        }

        var stopped = await server.StopAsync(scope.Deadline).ConfigureAwait(false);
        if (!stopped.IsDone)
        {
            return stopped;
        }

        var started = await server
            .StartBackupAsync(
                () => mustConvert ? Task.FromResult(ActiveSchema.None) : history.ActiveSchemaAsync(server.Database),
                mustConvert ? scope.Deadline.Share(ShareForConversion) : scope.Deadline
            )
            .ConfigureAwait(false);
        if (!started.IsDone && mustConvert)
        {
            // Clients of the former schema are served well by it.
            scope.Log.Warning(
                $"{started.Problem}; {server.Database.Label} is promoted with schema {copies.Of(server.Database.Kind).Schema}"
            );

            // It may run all the same, and still read what was converted.
            stopped = await server.StopAsync(scope.Deadline).ConfigureAwait(false);
            started = stopped.IsDone
                ? await server.StartBackupAsync(() => Task.FromResult(ActiveSchema.Unknown), scope.Deadline).ConfigureAwait(false)
                : stopped;
        }

        neighbours.NoteOwn();
        return started;
    }

    /// <summary>The parameter that names another TLS file than the server was started with; null if there is none, or no server.</summary>
    public static string? FindDifference(IDatabaseServer server) =>
        DaemonFinder.FindServer(server.Paths).Daemon is { } process
            ? TlsIdentity.FindDifference(ProcessTable.CommandLine(process.Id), server.Database)
            : null;
}
