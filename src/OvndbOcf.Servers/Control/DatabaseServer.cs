using System.Net;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb.Sockets;
using OvndbOcf.Ovsdb.Unixctl;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// One database's server, and what can be done with it. Every step ends with a look at what the server says it is: what commands report is not
/// relied upon. Steps are safe to repeat.
/// </summary>
internal sealed class DatabaseServer : IDatabaseServer
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    private readonly AgentParameters _parameters;
    private readonly ClusterTopology _topology;
    private readonly ResourceMemory _memory;
    private readonly OvnCtl _ovnCtl;
    private readonly RoleSwitch _roleSwitch;
    private readonly DaemonStopper _stopper;
    private readonly SchemaConversion _conversion;
    private readonly OcfLog _log;

    /// <summary>The server of one database.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="topology">Who connects where.</param>
    /// <param name="database">Which database.</param>
    /// <param name="ovnCtl">ovn-ctl.</param>
    /// <param name="memory">What actions leave for the next ones.</param>
    /// <param name="log">Where messages go.</param>
    public DatabaseServer(
        AgentParameters parameters,
        ClusterTopology topology,
        DatabaseParameters database,
        OvnCtl ovnCtl,
        ResourceMemory memory,
        OcfLog log
    )
    {
        _parameters = parameters;
        _topology = topology;
        _memory = memory;
        Database = database;
        Listeners = new Listeners(topology, this, memory.Listeners(database));
        Paths = ServerPaths.Of(parameters.Directories, database);
        _ovnCtl = ovnCtl;
        _roleSwitch = new RoleSwitch(parameters, database, ovnCtl, log);
        _stopper = new DaemonStopper(log);
        _conversion = new SchemaConversion(ovnCtl, parameters.Directories, memory, log);
        _log = log;
    }

    /// <inheritdoc/>
    public DatabaseParameters Database { get; }

    /// <inheritdoc/>
    public ServerPaths Paths { get; }

    /// <inheritdoc/>
    public Listeners Listeners { get; }

    /// <inheritdoc/>
    public ICopyAccess Copy => field ??= new CopyAccess(_parameters, Database);

    /// <inheritdoc/>
    public IClientConnections Connections =>
        field ??= new ClientConnections(_parameters, _topology, Database, _log) { BeforeCut = Backups.Note };

    /// <inheritdoc/>
    public ReturningBackups Backups => field ??= new ReturningBackups(_memory.CutOff(Database), _topology, Database);

    /// <inheritdoc/>
    public bool IsAlive => DaemonFinder.FindServer(Paths).Daemon is { Activity: not ProcessActivity.Stopped };

    private string Name => $"{Database.Label} server";

    /// <inheritdoc/>
    public ServerObservation Observe(Deadline deadline) =>
        ServerInquiry.Observe(_parameters, Database, Deadline.After(AnswerTimeout).Earlier(deadline));

    /// <inheritdoc/>
    public async Task<Outcome> StartBackupAsync(Func<Task<ActiveSchema>> active, Deadline deadline)
    {
        StalePidFile.Remove(Paths.PidFile, _log);
        var path = DatabaseFile.Find(_parameters, Database);
        var (sound, tail) = DamagedFile.Examine(Database, path, _log, deadline);
        if (!sound.IsDone)
        {
            return sound;
        }

        var prepared = await _conversion.EnsureAsync(Database, path, active, deadline).ConfigureAwait(false);
        if (!prepared.Outcome.IsDone)
        {
            return prepared.Outcome;
        }

        var started = await RunAsBackupAsync(prepared.Schema, deadline).ConfigureAwait(false);
        return started.IsDone && tail is { Rows.Count: > 0 }
            ? await KeepIfWholeAsync(path, tail, active, deadline).ConfigureAwait(false)
            : started;
    }

    /// <inheritdoc/>
    public Version? OwnSchema() => _conversion.OwnVersion(Database);

    private async Task<Outcome> RunAsBackupAsync(FormerSchema? schema, Deadline deadline)
    {
        // The server inherits it from this process. ovn-ctl raises the limit for the Southbound server only.
        var limit = DescriptorLimit.Raise(0, _parameters.MaxOpenFiles);
        if (limit < _parameters.MaxOpenFiles)
        {
            _log.Info(
                $"{Name}: its limit of open files is {limit}, because more is not permitted here; max_open_files is {_parameters.MaxOpenFiles}"
            );
        }

        var result = await _ovnCtl.RunAsync(OvnCtlCommands.StartBackup(_topology, Database, schema), deadline).ConfigureAwait(false);
        var seen = Observe(deadline);
        if (seen.State == ServerState.NotRunning)
        {
            _log.Warning(result.ToString());
            return Outcome.Failed($"{Database.Label} did not start: {result.Essence}; see the log of the server");
        }

        return seen.State == ServerState.Active
            ? await DemoteAsync(null, deadline).ConfigureAwait(false)
            : await AwaitBackupAsync(deadline).ConfigureAwait(false);
    }

    private async Task<Outcome> AwaitBackupAsync(Deadline deadline)
    {
        var isReading = false;
        var outcome = await UntilAsync(
                "becoming a backup",
                now =>
                {
                    isReading = !now.IsResponsive && (isReading || now.State == ServerState.Busy);
                    return now.IsBackup;
                },
                deadline
            )
            .ConfigureAwait(false);

        // Pacemaker stops it after that and begins anew, and a file that takes longer than the timeout would never be read.
        return !outcome.IsDone && isReading && DatabaseFile.Length(DatabaseFile.Find(_parameters, Database)) is { } length
            ? Outcome.Failed(
                $"{Name} has not read its file of {length >> 20} MiB in the time that it was given; raise the action's timeout (ovndbctl check names the command for start), or see the log of the server"
            )
            : outcome;
    }

    /// <summary>Starts the server again with an empty file if it did not take in all of the one that it has.</summary>
    private async Task<Outcome> KeepIfWholeAsync(string path, FileTail tail, Func<Task<ActiveSchema>> active, Deadline deadline)
    {
        var (result, detail) = FileReadBack.Compare(_parameters.Directories, Database, tail, deadline);
        if (result == ReadBack.Shortened)
        {
            var stopped = await StopAsync(deadline).ConfigureAwait(false);
            var aside = stopped.IsDone
                ? DamagedFile.SetAside(Database, path, $"the server did not read the file to the end: {detail}", _log)
                : stopped;
            return aside.IsDone ? await StartBackupAsync(active, deadline).ConfigureAwait(false) : aside;
        }

        if (result == ReadBack.Unknown)
        {
            _log.Info($"{Database.Label}: whether the server read {path} to its end is not known: {detail}");
        }

        return Outcome.Done;
    }

    /// <inheritdoc/>
    public void RaiseDescriptorLimit()
    {
        var found = DaemonFinder.FindServer(Paths);
        if (found.Daemon is not { } server)
        {
            return;
        }

        if (DescriptorLimit.Read(server.Id) < _parameters.MaxOpenFiles)
        {
            foreach (var process in new[] { server, found.Watchdog }.OfType<ProcessSnapshot>())
            {
                DescriptorLimit.Raise(process.Id, _parameters.MaxOpenFiles);
            }
        }

        if (DescriptorUse.Of(server.Id) is { IsNearlyExhausted: true } use)
        {
            _log.Warning(
                $"{Name} uses {use.Used} of {use.Limit} file descriptors, and refuses clients when none is left: raise max_open_files ({_parameters.MaxOpenFiles}) and the machine's limit (LimitNOFILE of pacemaker.service)"
            );
        }
    }

    /// <inheritdoc/>
    public bool RaiseListenBacklog() =>
        DaemonFinder.FindServer(Paths).Daemon is { } server && ListenBacklog.Raise(server.Id, Database.Port) > 0;

    /// <inheritdoc/>
    public Outcome SetActiveProbe(Deadline deadline)
    {
        var interval = _parameters.ActiveProbeInterval.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var reply = UnixctlCall.Run(
            Paths.Control,
            "ovsdb-server/set-active-ovsdb-server-probe-interval",
            [interval],
            Deadline.After(AnswerTimeout).Earlier(deadline)
        );
        return reply.Succeeded
            ? Outcome.Done
            : Outcome.Failed($"{Name} refused the probe interval {interval}: {reply.Text}; see the log of the server");
    }

    /// <inheritdoc/>
    public async Task<Outcome> DemoteAsync(IPAddress? source, Deadline deadline)
    {
        var remote = ClusterTopology.SourceOf(Database, source).ToString();
        var problem = await _roleSwitch
            .ToBackupAsync(remote, OvnCtlCommands.Demote(_parameters, Database, source), deadline)
            .ConfigureAwait(false);
        var outcome = await UntilAsync($"becoming a backup of {remote}", now => now.IsBackup && now.Source == remote, deadline)
            .ConfigureAwait(false);
        return outcome.IsDone || problem is null ? outcome : Outcome.Failed($"{outcome.Problem} ({problem})");
    }

    /// <inheritdoc/>
    public async Task<Outcome> PromoteAsync(Deadline deadline)
    {
        // In load-balancer mode it does not listen yet; otherwise it does, unless a demotion was cut short or its parameters have changed.
        var listening = Listeners.Prepare(deadline);
        if (!listening.IsDone)
        {
            return listening;
        }

        var problem = await _roleSwitch.ToActiveAsync(OvnCtlCommands.Promote(Database), deadline).ConfigureAwait(false);
        var outcome = await UntilAsync("becoming active", now => now.State == ServerState.Active, deadline).ConfigureAwait(false);
        return outcome.IsDone || problem is null ? outcome : Outcome.Failed($"{outcome.Problem} ({problem})");
    }

    /// <inheritdoc/>
    public async Task<Outcome> StopAsync(Deadline deadline)
    {
        var stopped = await _stopper
            .StopAsync(new Daemon(Name, () => DaemonFinder.FindServer(Paths), Paths.PidFile, _ => Paths.Control), deadline)
            .ConfigureAwait(false);
        return stopped.IsDone ? Outcome.All(IsSilent(Paths.Control), IsSilent(Paths.Database)) : stopped;
    }

    // An ovsdb-server of this node that answers there is stopped as well, so this is something else.
    private Outcome IsSilent(string socket)
    {
        var listener = UnixListener.Find(socket);
        var who = listener.ProcessId is { } id
            ? $"process {id} ({ProcessTable.Find(id)?.Name ?? "of another container"})"
            : "a process of another container";
        return listener.IsThere
            ? Outcome.Failed($"{Database.Label}: {who} answers on {socket} and is no ovsdb-server of this node; stop that process")
            : Outcome.Done;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? Remotes(Deadline deadline)
    {
        var reply = UnixctlCall.Run(Paths.Control, "ovsdb-server/list-remotes", [], Deadline.After(AnswerTimeout).Earlier(deadline));
        return reply.Succeeded ? reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : null;
    }

    /// <inheritdoc/>
    public Outcome Listen(string remote, Deadline deadline)
    {
        var reply = UnixctlCall.Run(Paths.Control, "ovsdb-server/add-remote", [remote], Deadline.After(AnswerTimeout).Earlier(deadline));
        return reply.Succeeded
            ? Outcome.Done
            : Outcome.Failed($"{Name} cannot listen on {remote}: {reply.Text}; check which process has the port");
    }

    /// <inheritdoc/>
    public void StopListening(string remote, Deadline deadline)
    {
        var reply = UnixctlCall.Run(Paths.Control, "ovsdb-server/remove-remote", [remote], Deadline.After(AnswerTimeout).Earlier(deadline));
        if (!reply.Succeeded)
        {
            _log.Debug($"{Name}: {remote} was not removed: {reply.Text}");
        }
    }

    private async Task<Outcome> UntilAsync(string what, Func<ServerObservation, bool> holds, Deadline deadline)
    {
        var seen = Observe(deadline);
        var reached = await Wait.UntilAsync($"{Name} {what}", () => holds(seen) || holds(seen = Observe(deadline)), deadline, _log)
            .ConfigureAwait(false);
        return reached
            ? Outcome.Done
            : Outcome.Failed($"{Name} timed out {what}; the server {ServerWords.Describe(seen)}; see the log of the server");
    }
}
