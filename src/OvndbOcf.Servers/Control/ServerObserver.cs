using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Ovsdb.Unixctl;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Control;

/// <summary>What was seen of both servers at one time.</summary>
/// <param name="Northbound">The Northbound server.</param>
/// <param name="Southbound">The Southbound server.</param>
public sealed record ServerPair(ServerObservation Northbound, ServerObservation Southbound)
{
    /// <summary>What was seen of one database's server.</summary>
    public ServerObservation Of(OvnDatabase database) => database == OvnDatabase.Northbound ? Northbound : Southbound;
}

/// <summary>Asks the servers what they are. Where one does not answer, the process table has the word.</summary>
public sealed class ServerObserver
{
    private const string Question = "ovsdb-server/sync-status";

    // Long enough for a server under load, short enough not to matter when one is stopped by a signal, which the process table then shows.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromSeconds(1);

    private readonly AgentParameters _parameters;

    /// <summary>Looks at the servers in the run directory of the parameters.</summary>
    public ServerObserver(AgentParameters parameters) => _parameters = parameters;

    /// <summary>Asks both servers side by side; returns by the deadline.</summary>
    public ServerPair Observe(Deadline deadline)
    {
        var northbound = ServerPaths.Of(_parameters.Directories, _parameters.Northbound);
        var southbound = ServerPaths.Of(_parameters.Directories, _parameters.Southbound);
        var first = Deadline.After(FirstPatience).Earlier(deadline);
        var replies = Ask([northbound.Control, southbound.Control], first);
        AskAgain(replies, [northbound, southbound], deadline);
        return new ServerPair(
            Conclude(replies[0], northbound, _parameters.Northbound),
            Conclude(replies[1], southbound, _parameters.Southbound));
    }

    /// <summary>Asks one server; returns by the deadline.</summary>
    public ServerObservation Observe(DatabaseParameters database, Deadline deadline)
    {
        var paths = ServerPaths.Of(_parameters.Directories, database);
        return Conclude(UnixctlClient.Call(paths.Control, Question, [], deadline), paths, database);
    }

    private static UnixctlReply[] Ask(ReadOnlySpan<string> sockets, Deadline deadline)
    {
        var calls = new UnixctlCall[sockets.Length];
        for (var i = 0; i < calls.Length; i++)
        {
            calls[i] = UnixctlClient.Begin(sockets[i], Question);
        }

        return UnixctlClient.FinishAll(calls, deadline);
    }

    // A process that is stopped will not answer however long one waits; any other may just be busy and gets all the time there is.
    private static void AskAgain(UnixctlReply[] replies, ReadOnlySpan<ServerPaths> paths, Deadline deadline)
    {
        var waiting = new List<int>();
        var sockets = new List<string>();
        for (var i = 0; i < replies.Length; i++)
        {
            if (replies[i].Failure == CallFailure.TimedOut
                && DaemonFinder.FindServer(paths[i]).Server is { Activity: not ProcessActivity.Stopped })
            {
                waiting.Add(i);
                sockets.Add(paths[i].Control);
            }
        }

        if (waiting.Count == 0 || deadline.HasPassed)
        {
            return;
        }

        var again = Ask(sockets.ToArray(), deadline);
        for (var i = 0; i < again.Length; i++)
        {
            replies[waiting[i]] = again[i];
        }
    }

    private static ServerObservation Conclude(UnixctlReply reply, ServerPaths paths, DatabaseParameters database) => reply.Succeeded
        ? ServerClassifier.FromAnswer(SyncStatus.Parse(reply.Text).For(database.SchemaName))
        : ServerClassifier.FromSilence(reply, DaemonFinder.FindServer(paths));
}
