using OvndbOcf.Ovsdb;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Sees to it that running servers are what the parameters say. Pacemaker restarts an instance whose parameters have changed, but where its transition is given up behind the demotion, the demotion
/// counts as the last operation, with the new parameters: nothing has changed any more, and the servers are promoted again as they are.
/// </summary>
internal static class RunningParameters
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(3);

    /// <summary>Brings listeners in line, of each server by the role that it has; why the servers have to be restarted, null if they need not.</summary>
    /// <param name="context">The action: a thorough monitor.</param>
    /// <param name="servers">What was seen.</param>
    public static string? Apply(AgentContext context, ServerPair servers)
    {
        List<string> differences = [];
        foreach (var server in context.Servers)
        {
            var seen = servers.Of(server.Database.Database);
            var deadline = Deadline.After(LongestAnswer).Earlier(context.Deadline);
            if (!seen.IsResponsive)
            {
                continue;
            }

            context.Warn(seen.IsBackup ? server.Listeners.AlignBackup(deadline) : server.Listeners.AlignActive(deadline));
            if (FindDifference(server) is { } parameter)
            {
                differences.Add($"{server.Database.Label} does not run with {parameter}");
            }
        }

        return differences.Count == 0 ? null : $"{string.Join(", ", differences)}, which has changed; the cluster restarts the servers with it";
    }

    /// <summary>Before a promotion: starts those servers again, as backups of nobody, that run with other TLS files, which they take at their start only.</summary>
    public static Task<Outcome> RestartAsync(AgentContext context) => context.BothAsync(async server =>
    {
        if (FindDifference(server) is not { } parameter)
        {
            return Outcome.Done;
        }

        context.Log.Info($"{server.Database.Label} does not run with {parameter}, which has changed; restarting it");
        var stopped = await server.StopAsync(context.Deadline).ConfigureAwait(false);
        return stopped.IsDone ? await server.StartBackupAsync(context.Deadline).ConfigureAwait(false) : stopped;
    });

    private static string? FindDifference(DatabaseServer server) =>
        DaemonFinder.FindServer(server.Paths).Server is { } process ? TlsIdentity.FindDifference(ProcessTable.CommandLine(process.Id), server.Database) : null;
}
