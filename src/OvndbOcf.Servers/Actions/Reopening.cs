using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Decisions;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Makes a server of the promoted instance active again that crashed and was restarted by ovsdb's monitor process, which brings it back as a backup. The other server's clients notice nothing then,
/// where a failure would cost both a failover.
/// </summary>
internal static class Reopening
{
    // A monitor process starts its server at once; one that is younger by more than this is not the first.
    private const long SameStartTicks = 100;

    /// <summary>What the servers are afterwards.</summary>
    public static async Task<ServerPair> IfRestartedAsync(AgentContext context, ServerPair servers)
    {
        if (RestartedServer.Among(servers.Northbound, servers.Southbound) is not { } database)
        {
            return servers;
        }

        var server = context.Servers.First(candidate => candidate.Database.Database == database);
        var lately = new RecentNote(context.StateDirectory, context.Environment.ResourceName, $"reopened-{server.Database.Prefix}");
        var evidence = await GatherAsync(context, server, lately.Says(server.Database.Prefix)).ConfigureAwait(false);
        if (!evidence.MayBeReopened)
        {
            context.Log.Info($"{server.Database.Label} is a backup beside an active server, and may not be made active in place: {evidence}");
            return servers;
        }

        lately.Write(server.Database.Prefix);
        context.Log.Warning($"{server.Database.Label} crashed, and its monitor process restarted it; making it active again, nobody else was promoted and its data is complete; see its log for the cause");
        var opened = await PromoteAction.OpenAsync(context, server, evidence.Latest!).ConfigureAwait(false);
        if (!opened.IsDone)
        {
            context.Log.Warning($"{server.Database.Label} could not be made active again: {opened.Problem}");
        }

        return context.Observer.Observe(Deadline.After(context.Deadline.Remaining / 2));
    }

    private static async Task<RestartedServer> GatherAsync(AgentContext context, DatabaseServer server, bool happenedLately)
    {
        var reading = context.History.ReadAsync();
        var quorum = context.Cluster.HasQuorumAsync(context.ToolTimeout);
        var copies = CopyAccess.ReadBoth(context.Parameters, context.Deadline, withSchema: false);
        var latest = (await reading.ConfigureAwait(false)).Record;
        var database = server.Database.Database;
        var (process, monitor) = DaemonFinder.FindServer(server.Paths);
        return new RestartedServer(
            latest?.Marker,
            copies.Of(database).Marker,
            (database == Parameters.OvnDatabase.Northbound ? copies.Southbound : copies.Northbound).Marker,
            context.Me.AttributeHost,
            (BootId.Current, latest?.Boot),
            process is not null && monitor is not null && process.StartTicks - monitor.StartTicks > SameStartTicks,
            server.HasSourceFile,
            Inspect(DatabaseFile.Find(context.Parameters, server.Database), Deadline.After(context.Deadline.Remaining / 2)),
            await quorum.ConfigureAwait(false),
            happenedLately);
    }

    private static LogCondition Inspect(string path, Deadline deadline)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return DatabaseLog.Inspect(file, deadline).Condition;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return LogCondition.Unknown;
        }
    }
}
