using System.Net;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Ovsdb.Unixctl;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>What both servers said. Nothing is decided by it before <see cref="Verify()"/>, but whether they say the same as at the last monitor.</summary>
public sealed class ServerAnswers
{
    private readonly ServerPaths _northbound;
    private readonly ServerPaths _southbound;

    internal ServerAnswers(ServerPair said, ServerPaths northbound, ServerPaths southbound) =>
        (Said, _northbound, _southbound) = (said, northbound, southbound);

    /// <summary>For comparing with what was noted alone: a backup says that it replicates for as long as nobody contradicts it.</summary>
    internal ServerPair Said { get; }

    /// <summary>What they are, by what the kernel knows of their connections, too.</summary>
    public ServerPair Verify() => new(Verify(Said.Northbound, _northbound), Verify(Said.Southbound, _southbound));

    /// <summary>
    /// What a server said, with its connection, or corrected where there is none: it goes on saying that it replicates after its source has died, until another one answers (seen with OVS 3.1 and 3.5), so
    /// its word alone proves nothing. Where that cannot be found out, the server's word stands.
    /// </summary>
    internal static ServerObservation Verify(ServerObservation said, ServerPaths paths)
    {
        if (
            said.State != ServerState.Replicating
            || Remote.TryParse(said.Source) is not { IsPassive: false, Address: { } address } source
            || DaemonFinder.FindServer(paths).Daemon is not { } process
        )
        {
            return said;
        }

        var (isConnected, local) = TcpConnections.Find(process.Id, address, source.Port);
        return isConnected == false ? said with { State = ServerState.Disconnected }
            : local is not null ? said with { Link = new BackupLink(local, new IPEndPoint(address, source.Port)) }
            : said;
    }
}

/// <summary>Servers that have been asked what they are, and think about it until somebody wants to know. Where one does not answer, the process table has the word.</summary>
public sealed class ServerInquiry : IDisposable
{
    private const string Question = "ovsdb-server/sync-status";

    // Nearly all answers are there by then; for the others, what the processes do is looked at.
    private static readonly TimeSpan FirstPatience = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private readonly DatabaseParameters[] _databases;
    private readonly ServerPaths[] _paths;
    private readonly UnixctlCall[] _calls;

    /// <summary>Asks both servers without waiting for what they say, which <see cref="Await"/> does.</summary>
    public ServerInquiry(AgentParameters parameters)
        : this(parameters.Directories, parameters.Northbound, parameters.Southbound) { }

    private ServerInquiry(OvnDirectories directories, params DatabaseParameters[] databases)
    {
        _databases = databases;
        _paths = Array.ConvertAll(databases, database => ServerPaths.Of(directories, database));
        _calls = Array.ConvertAll(_paths, paths => UnixctlCall.Send(paths.Control, Question));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var call in _calls)
        {
            call.Dispose();
        }
    }

    /// <summary>Asks both servers side by side, and waits for what they say as <see cref="Await"/> does.</summary>
    public static ServerPair Observe(AgentParameters parameters, Deadline deadline)
    {
        using var inquiry = new ServerInquiry(parameters);
        return inquiry.Await(deadline).Verify();
    }

    /// <summary>Asks one server; returns by the deadline.</summary>
    public static ServerObservation Observe(AgentParameters parameters, DatabaseParameters database, Deadline deadline)
    {
        using var inquiry = new ServerInquiry(parameters.Directories, database);
        return ServerAnswers.Verify(inquiry.Listen(deadline)[0], inquiry._paths[0]);
    }

    /// <summary>What both servers say, as <see cref="Listen"/> waits for it.</summary>
    public ServerAnswers Await(Deadline deadline)
    {
        var said = Listen(deadline);
        return new ServerAnswers(new ServerPair(said[0], said[1]), _paths[0], _paths[1]);
    }

    /// <summary>
    /// What each server says, in the order in which they were asked. Returns by the deadline, and before it if those that have not answered will not. One that is busy gets all the
    /// time there is. One that takes no connection yet is asked again: ovsdb's monitor process has just restarted it, or is about to, and it reads its file first, which takes
    /// seconds with 100 MB. It comes back in the role and with the remotes that it had (seen with OVS 3.1 and 3.5), so there is nothing to mend.
    /// </summary>
    private ServerObservation[] Listen(Deadline deadline)
    {
        var watches = new SilenceWatch?[_calls.Length];
        for (var patience = FirstPatience; !WaitAll(patience, deadline) && !deadline.HasPassed && Look(watches); patience = BetweenLooks)
        {
            AskAgain(deadline);
        }

        var replies = UnixctlCall.FinishAll(_calls, default);
        var seen = new ServerObservation[_calls.Length];
        for (var i = 0; i < seen.Length; i++)
        {
            seen[i] = Conclude(replies[i], _paths[i], _databases[i], watches[i]?.Finding ?? Silence.Unclear);
        }

        return seen;
    }

    /// <summary>Whether all have answered.</summary>
    private bool WaitAll(TimeSpan patience, Deadline deadline) =>
        UnixctlCall.WaitAll(_calls, Deadline.After(patience).Earlier(deadline)) && Array.TrueForAll(_calls, call => !IsRefused(call));

    /// <summary>Looks at what those servers do that have not answered; whether one of them still may.</summary>
    private bool Look(SilenceWatch?[] watches)
    {
        var mayAnswer = false;
        for (var i = 0; i < _calls.Length; i++)
        {
            if (_calls[i].IsDone && !IsRefused(_calls[i]))
            {
                continue;
            }

            var (process, monitor) = DaemonFinder.FindServer(_paths[i]);
            process ??= DaemonFinder.FindDying(_paths[i]);
            if (IsRefused(_calls[i]))
            {
                if (
                    _calls[i].Failure == CallFailure.CannotConnect
                    && process is null
                    && monitor is null
                    && !DaemonFinder.IsBeingReplaced(_paths[i])
                )
                {
                    continue;
                }

                // One that takes connections elsewhere has read its file: its control socket is not late but gone.
                process = process is not null && ListeningSockets.HasAny(process.Id) != false ? null : process;
            }

            var watch = watches[i] ??= new SilenceWatch();
            watch.Look(
                process?.Activity,
                process is null ? 0 : ProcessTable.CpuTicks(process.Id),
                TimeSpan.FromMilliseconds(Environment.TickCount64)
            );

            // One that has no file descriptor left works in vain on taking the connection.
            mayAnswer |=
                !watch.IsHopeless
                && !(watch.Finding == Silence.Busy && process is not null && DescriptorUse.Of(process.Id) is { IsExhausted: true });
        }

        return mayAnswer;
    }

    private static ServerObservation Conclude(UnixctlReply reply, ServerPaths paths, DatabaseParameters database, Silence silence)
    {
        if (reply.Succeeded)
        {
            return ServerClassifier.FromAnswer(SyncStatus.Parse(reply.Text).For(database.SchemaName));
        }

        var evidence = DaemonFinder.FindServer(paths);
        var descriptors = reply.Failure == CallFailure.TimedOut && evidence.Daemon is { } process ? DescriptorUse.Of(process.Id) : null;
        return ServerClassifier.FromSilence(reply, evidence, silence, descriptors);
    }

    private void AskAgain(Deadline deadline)
    {
        if (!Array.Exists(_calls, IsRefused))
        {
            return;
        }

        Thread.Sleep(Deadline.After(BetweenTries).Earlier(deadline).Remaining);
        for (var i = 0; i < _calls.Length; i++)
        {
            if (IsRefused(_calls[i]))
            {
                _calls[i].Dispose();
                _calls[i] = UnixctlCall.Send(_paths[i].Control, Question);
            }
        }
    }

    private static bool IsRefused(UnixctlCall call) => call.Failure is CallFailure.CannotConnect or CallFailure.Closed;
}
