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

    // Nearly all answers are there by then; for the others, what the processes do is looked at.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly AgentParameters _parameters;

    /// <summary>Looks at the servers in the run directory of the parameters.</summary>
    public ServerObserver(AgentParameters parameters) => _parameters = parameters;

    /// <summary>
    /// Asks both servers side by side; returns by the deadline, and before it if those that have not answered will not. One that is busy gets all the time there is.
    /// </summary>
    public ServerPair Observe(Deadline deadline)
    {
        var seen = Observe([_parameters.Northbound, _parameters.Southbound], deadline);
        return new ServerPair(seen[0], seen[1]);
    }

    /// <summary>Asks one server; returns by the deadline.</summary>
    public ServerObservation Observe(DatabaseParameters database, Deadline deadline) => Observe([database], deadline)[0];

    private ServerObservation[] Observe(ReadOnlySpan<DatabaseParameters> databases, Deadline deadline)
    {
        var paths = new ServerPaths[databases.Length];
        var calls = new UnixctlCall[databases.Length];
        var watches = new SilenceWatch?[databases.Length];
        for (var i = 0; i < calls.Length; i++)
        {
            paths[i] = ServerPaths.Of(_parameters.Directories, databases[i]);
            calls[i] = UnixctlClient.Begin(paths[i].Control, Question);
        }

        var patience = FirstPatience;
        while (!UnixctlClient.WaitAll(calls, Deadline.After(patience).Earlier(deadline)) && !deadline.HasPassed && Look(calls, paths, watches))
        {
            patience = BetweenLooks;
        }

        var replies = UnixctlClient.FinishAll(calls, default);
        var seen = new ServerObservation[calls.Length];
        for (var i = 0; i < seen.Length; i++)
        {
            seen[i] = Conclude(replies[i], paths[i], databases[i], watches[i]?.Finding ?? Silence.Unclear);
        }

        return seen;
    }

    /// <summary>Looks at what those servers do that have not answered; whether one of them still may.</summary>
    private static bool Look(UnixctlCall[] calls, ServerPaths[] paths, SilenceWatch?[] watches)
    {
        var mayAnswer = false;
        for (var i = 0; i < calls.Length; i++)
        {
            if (!calls[i].IsDone)
            {
                var watch = watches[i] ??= new SilenceWatch();
                var process = DaemonFinder.FindServer(paths[i]).Server;
                watch.Look(process?.Activity, process is null ? 0 : ProcessTable.CpuTicks(process.Id), TimeSpan.FromMilliseconds(Environment.TickCount64));
                mayAnswer |= !watch.IsHopeless;
            }
        }

        return mayAnswer;
    }

    private static ServerObservation Conclude(UnixctlReply reply, ServerPaths paths, DatabaseParameters database, Silence silence) => reply.Succeeded
        ? ServerClassifier.FromAnswer(SyncStatus.Parse(reply.Text).For(database.SchemaName))
        : ServerClassifier.FromSilence(reply, DaemonFinder.FindServer(paths), silence);
}
