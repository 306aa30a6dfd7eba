using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Sees to it that running servers are what the parameters say. Pacemaker restarts an instance whose parameters have changed, but where its transition is given up behind the demotion, the demotion
/// counts as the last operation, with the new parameters: nothing has changed any more, and the servers are promoted again as they are. Promoted servers must also be reachable: what the kernel says counts.
/// </summary>
internal static class RunningParameters
{
    // The rest is enough to start the server with its file as it was, and to promote it.
    private const double ShareForConversion = 0.5;

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Brings listeners in line, of each server by the role that it has; why the instance has failed all the same, null if it has not.</summary>
    /// <param name="context">The action: a thorough monitor.</param>
    /// <param name="servers">What was seen.</param>
    public static string? Apply(AgentContext context, ServerPair servers)
    {
        List<string> failures = [];
        foreach (var server in context.Servers)
        {
            var seen = servers.Of(server.Database.Database);
            var deadline = Deadline.After(AnswerTimeout).Earlier(context.Deadline);
            if (!seen.IsResponsive)
            {
                continue;
            }

            context.Warn(seen.IsBackup ? server.Listeners.AlignBackup(deadline) : AlignActive(context, server, deadline));
            if (FindDifference(server) is { } parameter)
            {
                failures.Add(
                    $"{server.Database.Label} does not run with {parameter}, which has changed; the cluster restarts the servers with it"
                );
            }
            else if (!seen.IsBackup && FindSilent(context, server, deadline) is { } silent)
            {
                context.Log.Warning(
                    $"{server.Database.Label} does not listen on {silent}, so nobody can connect there; see the log of the server"
                );
            }
            else if (!seen.IsBackup && server.Listeners.FindPortConflict() is { } conflict)
            {
                failures.Add(conflict);
            }
        }

        return failures.Count == 0 ? null : string.Join("; ", failures);
    }

    private static Outcome AlignActive(AgentContext context, DatabaseServer server, Deadline deadline)
    {
        var connections = context.ConnectionsOf(server);
        return server.Listeners.AlignActive(connections, connections.EnsureForBackups(deadline), deadline);
    }

    // By TLS a server listens for clients because a row of its data says so, and "ovn-nbctl set-connection" replaces all rows.
    private static IPEndPoint? FindSilent(AgentContext context, DatabaseServer server, Deadline deadline)
    {
        var silent = server.Listeners.FindSilent(deadline);
        if (silent is null || server.Database.Protocol != DatabaseProtocol.Ssl)
        {
            return silent;
        }

        var added = context.ConnectionsOf(server).EnsureAny(deadline);
        context.Warn(added);
        return added.IsDone ? server.Listeners.FindSilent(deadline) : silent;
    }

    /// <summary>
    /// Before a promotion: starts those servers again, as backups of nobody, that run with other TLS files, which they take at their start only, or that serve an older schema than this node's OVN has.
    /// </summary>
    /// <param name="context">The action.</param>
    /// <param name="copies">What is in the servers' copies.</param>
    /// <returns>What came of it, and whether files were to be converted.</returns>
    public static async Task<(Outcome Outcome, bool Converts)> RestartAsync(AgentContext context, CopyPair copies)
    {
        // A backup serves an older schema than this node's OVN has while the active servers have that.
        var toConvert = context
            .Servers.Where(server => SchemaChoice.MustConvertForPromotion(copies.Of(server.Database.Database).Schema, server.OwnSchema()))
            .ToHashSet();
        var outcome = await context
            .BothAsync(server => RestartAsync(context, server, copies, toConvert.Contains(server)))
            .ConfigureAwait(false);
        return (outcome, toConvert.Count > 0);
    }

    private static async Task<Outcome> RestartAsync(AgentContext context, DatabaseServer server, CopyPair copies, bool mustConvert)
    {
        if (FindDifference(server) is { } parameter)
        {
            context.Log.Info($"{server.Database.Label} does not run with {parameter}, which has changed; restarting it");
        }
        else if (!mustConvert)
        {
            return Outcome.Done;
        }

        var stopped = await server.StopAsync(context.Deadline).ConfigureAwait(false);
        if (!stopped.IsDone)
        {
            return stopped;
        }

        var started = await server
            .StartBackupAsync(
                () => mustConvert ? Task.FromResult(ActiveSchema.None) : context.ActiveSchemaAsync(server),
                mustConvert ? Deadline.After(context.Deadline.Remaining * ShareForConversion) : context.Deadline
            )
            .ConfigureAwait(false);
        if (!started.IsDone && mustConvert)
        {
            // Clients of the former schema are served well by it.
            context.Log.Warning(
                $"{started.Problem}; {server.Database.Label} is promoted with schema {copies.Of(server.Database.Database).Schema}"
            );
            started = await server.StartBackupAsync(() => Task.FromResult(ActiveSchema.Unknown), context.Deadline).ConfigureAwait(false);
        }

        context.Neighbours.NoteOwn();
        return started;
    }

    private static string? FindDifference(DatabaseServer server) =>
        DaemonFinder.FindServer(server.Paths).Daemon is { } process
            ? TlsIdentity.FindDifference(ProcessTable.CommandLine(process.Id), server.Database)
            : null;
}
