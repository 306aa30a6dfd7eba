using System.Net;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Unixctl;
using OvndbOcf.Servers.Decisions;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// One database's server, and what can be done with it. Every step ends with a look at what the server says it is: what commands report is not
/// relied upon. Steps are safe to repeat.
/// </summary>
public sealed class DatabaseServer
{
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);

    private readonly AgentParameters _parameters;
    private readonly OvnCtl _ovnCtl;
    private readonly ServerObserver _observer;
    private readonly RoleSwitch _roleSwitch;
    private readonly DaemonStopper _stopper;
    private readonly OcfLog _log;

    /// <summary>The server of one database.</summary>
    public DatabaseServer(AgentParameters parameters, DatabaseParameters database, OvnCtl ovnCtl, OcfLog log)
    {
        _parameters = parameters;
        Database = database;
        Paths = ServerPaths.Of(parameters.Directories, database);
        _ovnCtl = ovnCtl;
        _observer = new ServerObserver(parameters);
        _roleSwitch = new RoleSwitch(parameters, database, ovnCtl, log);
        _stopper = new DaemonStopper(ovnCtl, log);
        _log = log;
    }

    /// <summary>Which database.</summary>
    public DatabaseParameters Database { get; }

    /// <summary>Where its server is found.</summary>
    public ServerPaths Paths { get; }

    /// <summary>Whether its data may say how patient to be with backups (<see cref="ReplicationPatience"/>); it listens by its data only while it is active then.</summary>
    public bool IsLarge => ReplicationPatience.ProbeInterval(DatabaseFile.Length(DatabaseFile.Find(_parameters, Database))) is not null;

    private string Name => $"{Database.Label} server";

    /// <summary>What the server is now; answers within the deadline.</summary>
    public ServerObservation Observe(Deadline deadline) => _observer.Observe(Database, Deadline.After(LongestAnswer).Earlier(deadline));

    /// <summary>
    /// Starts the server as a backup of nobody and returns when it is one. Not for a server that runs. A damaged database file is set aside before, so that
    /// it starts with an empty one, which counts as a copy that was lost.
    /// </summary>
    public async Task<Outcome> StartBackupAsync(Deadline deadline)
    {
        StalePidFile.Remove(Paths.PidFile, _log);
        var isLarge = IsLarge;
        var sound = DamagedFile.SetAside(Database, DatabaseFile.Find(_parameters, Database), _log, deadline);
        if (!sound.IsDone)
        {
            return sound;
        }

        var result = await _ovnCtl.RunAsync(OvnCtlCommands.StartBackup(_parameters, Database, listensByData: !isLarge), deadline).ConfigureAwait(false);
        var seen = Observe(deadline);
        if (seen.State == ServerState.NotRunning)
        {
            _log.Warning(result.ToString());
            return Outcome.Failed($"{Database.Label} did not start: {result.Essence}; see its log");
        }

        return seen.State == ServerState.Active
            ? await DemoteAsync(null, deadline).ConfigureAwait(false)
            : await UntilAsync("to be a backup", now => now.IsBackup, deadline).ConfigureAwait(false);
    }

    /// <summary>Applies the probe interval to a backup's active server.</summary>
    public Outcome SetActiveProbe(Deadline deadline)
    {
        var interval = _parameters.ActiveProbeInterval.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var reply = UnixctlClient.Call(
            Paths.Control, "ovsdb-server/set-active-ovsdb-server-probe-interval", [interval], Deadline.After(LongestAnswer).Earlier(deadline));
        return reply.Succeeded
            ? Outcome.Done
            : Outcome.Failed($"{Database.Label} server did not take the probe interval {interval}: {reply.Text}");
    }

    /// <summary>
    /// Makes a running server a backup of the active one at that address, or of nobody, and returns when it is. Of nobody, it takes no writes and
    /// keeps its data.
    /// </summary>
    public async Task<Outcome> DemoteAsync(IPAddress? source, Deadline deadline)
    {
        var remote = OvnCtlCommands.SourceRemote(Database, source);
        var problem = await _roleSwitch.ToBackupAsync(remote, OvnCtlCommands.Demote(_parameters, Database, source), deadline).ConfigureAwait(false);
        var outcome = await UntilAsync($"to be a backup of {remote}", now => now.IsBackup && now.Source == remote, deadline).ConfigureAwait(false);
        return outcome.IsDone || problem is null ? outcome : Outcome.Failed($"{outcome.Problem} ({problem})");
    }

    /// <summary>Makes a backup active and returns when it is.</summary>
    public async Task<Outcome> PromoteAsync(Deadline deadline)
    {
        // In load-balancer mode it does not listen yet; otherwise it does, unless a demotion was cut short. A backup with a large database would have others ask it for a dump that
        // its promotion cuts off, and would compose it first.
        var byData = ClientRemotes.ByData(Database);
        var isLarge = IsLarge;
        var listening = AddListeners(deadline, except: isLarge ? byData : null);
        if (!listening.IsDone)
        {
            return listening;
        }

        var problem = await _roleSwitch.ToActiveAsync(OvnCtlCommands.Promote(Database), deadline).ConfigureAwait(false);
        var outcome = await UntilAsync("to be active", now => now.State == ServerState.Active, deadline).ConfigureAwait(false);
        if (!outcome.IsDone)
        {
            return problem is null ? outcome : Outcome.Failed($"{outcome.Problem} ({problem})");
        }

        return isLarge ? Listen(byData, deadline) : outcome;
    }

    /// <summary>Stops the server for certain.</summary>
    public Task<Outcome> StopAsync(Deadline deadline) =>
        _stopper.StopAsync(
            new Daemon(Name, () => DaemonFinder.FindServer(Paths), Paths.PidFile, _ => Paths.Control, OvnCtlCommands.Stop(Database)), deadline);

    /// <summary>
    /// Makes a server listen for clients. The remotes are added to the running server, so that its clients' port opens at once and nothing is restarted.
    /// </summary>
    /// <param name="deadline">When it has to be done.</param>
    /// <param name="except">A remote that is not to be added.</param>
    public Outcome AddListeners(Deadline deadline, string? except = null) =>
        Outcome.All([.. ClientRemotes.OfActive(_parameters, Database).Where(remote => remote != except).Select(remote => Listen(remote, deadline))]);

    /// <summary>In load-balancer mode, makes a server stop listening for clients.</summary>
    public void RemoveListeners(Deadline deadline)
    {
        foreach (var remote in ClientRemotes.OfActive(_parameters, Database))
        {
            StopListening(remote, deadline);
        }
    }

    /// <summary>What the server listens on, such as <c>punix:…</c>, <c>ptcp:6641:10.0.0.9</c> or <c>db:…</c>; empty if it does not say.</summary>
    public IReadOnlyList<string> Remotes(Deadline deadline)
    {
        var reply = UnixctlClient.Call(Paths.Control, "ovsdb-server/list-remotes", [], Deadline.After(LongestAnswer).Earlier(deadline));
        return reply.Succeeded ? reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
    }

    /// <summary>Makes a server listen on one more remote; it is no failure if it does already.</summary>
    public Outcome Listen(string remote, Deadline deadline)
    {
        var reply = UnixctlClient.Call(Paths.Control, "ovsdb-server/add-remote", [remote], Deadline.After(LongestAnswer).Earlier(deadline));
        return reply.Succeeded ? Outcome.Done : Outcome.Failed($"{Name} does not listen on {remote}: {reply.Text}");
    }

    /// <summary>Makes a server stop listening on a remote, and ends the connections that came by it. One that it did not have is no failure.</summary>
    public void StopListening(string remote, Deadline deadline)
    {
        var reply = UnixctlClient.Call(Paths.Control, "ovsdb-server/remove-remote", [remote], Deadline.After(LongestAnswer).Earlier(deadline));
        if (!reply.Succeeded)
        {
            _log.Debug($"{Name}: {remote} was not removed: {reply.Text}");
        }
    }

    private async Task<Outcome> UntilAsync(string what, Func<ServerObservation, bool> holds, Deadline deadline)
    {
        var seen = Observe(deadline);
        var reached = await Wait.UntilAsync(
            $"{Name} {what}", () => holds(seen) || holds(seen = Observe(deadline)), deadline, _log).ConfigureAwait(false);
        return reached ? Outcome.Done : Outcome.Failed($"{Name} failed {what} in time: it {Describe(seen)}");
    }

    private static string Describe(ServerObservation seen) => seen.Detail.Length > 0 ? $"is {seen.State}: {seen.Detail}"
        : seen.Source is null ? $"is {seen.State}" : $"is {seen.State} (source {seen.Source})";
}
