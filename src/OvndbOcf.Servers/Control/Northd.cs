using System.Globalization;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb.Unixctl;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>ovn-northd on this node. It runs only beside the active servers, and always without ovn-ctl starting servers for it.</summary>
public sealed class Northd : INorthd
{
    private const int ParameterFileMaxBytes = 64 << 10;

    // One that computes answers later, and counts as running.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(500);

    // A promotion waits for it.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    private readonly AgentParameters _parameters;
    private readonly ClusterTopology _topology;
    private readonly OvnCtl _ovnCtl;
    private readonly DaemonStopper _stopper;
    private readonly StateFile _started;
    private readonly OcfLog _log;

    /// <summary>northd with the directories of the parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="topology">Who connects where.</param>
    /// <param name="ovnCtl">ovn-ctl.</param>
    /// <param name="memory">There it is noted which process the agent started.</param>
    /// <param name="log">Where messages go.</param>
    public Northd(AgentParameters parameters, ClusterTopology topology, OvnCtl ovnCtl, ResourceMemory memory, OcfLog log)
    {
        _parameters = parameters;
        _topology = topology;
        _ovnCtl = ovnCtl;
        _stopper = new DaemonStopper(log);
        _started = memory.NorthdStarted;
        _log = log;
    }

    private bool IsManaged => _parameters.ManageNorthd == true;

    /// <inheritdoc/>
    public NorthdState Observe() => Judge(IsManaged ? Find() : DaemonProcesses.None);

    /// <inheritdoc/>
    public NorthdState Ask(Deadline deadline)
    {
        var found = IsManaged ? Find() : DaemonProcesses.None;
        var seen = Judge(found);
        if (seen != NorthdState.Running || found.Daemon is not { } process)
        {
            return seen;
        }

        if (NorthdTargets.Elsewhere(ProcessTable.CommandLine(process.Id), _parameters, _topology) is not null)
        {
            return NorthdState.Misdirected;
        }

        var control = ControlOf(process.Id);
        UnixctlCall[] calls =
        [
            UnixctlCall.Send(control, NorthdAnswer.StatusCommand),
            UnixctlCall.Send(control, NorthdAnswer.NorthboundCommand),
            UnixctlCall.Send(control, NorthdAnswer.SouthboundCommand),
        ];
        var replies = UnixctlCall.FinishAll(calls, Deadline.After(AnswerTimeout).Earlier(deadline));
        return NorthdAnswer.Judge(replies[0], replies[1], replies[2]);
    }

    /// <inheritdoc/>
    public async Task<Outcome> StartAsync(Deadline deadline) =>
        Observe() is NorthdState.NotManaged or NorthdState.Running ? Outcome.Done : await RestartAsync(deadline).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<Outcome> RestartAsync(Deadline deadline)
    {
        var stopped = await StopForCertainAsync(deadline).ConfigureAwait(false);
        if (!stopped.IsDone)
        {
            return stopped;
        }

        StalePidFile.Remove(DaemonFinder.NorthdPidFile(_parameters.Directories.Run), _log);
        var result = await _ovnCtl
            .RunAsync(OvnCtlCommands.StartNorthd, Deadline.After(StartTimeout).Earlier(deadline), ConfigurationInPlace())
            .ConfigureAwait(false);
        var brief = Deadline.After(result.Succeeded ? TimeSpan.FromSeconds(2) : TimeSpan.Zero).Earlier(deadline);
        if (!await Wait.UntilAsync("ovn-northd to run", () => Observe() == NorthdState.Running, brief, _log).ConfigureAwait(false))
        {
            return Outcome.Failed($"ovn-northd did not start: {result.Essence}; see the log of ovn-northd");
        }

        _started.Write(string.Join(' ', Identities(Find())));
        return Outcome.Done;
    }

    /// <inheritdoc/>
    public Outcome Resume(Deadline deadline)
    {
        if (Find().Daemon is not { } process)
        {
            return Outcome.Failed("ovn-northd ended before the agent could resume ovn-northd; the next monitor tries again");
        }

        var reply = UnixctlCall.Run(ControlOf(process.Id), "resume", [], Deadline.After(AnswerTimeout).Earlier(deadline));
        return reply.Succeeded ? Outcome.Done : Outcome.Failed($"ovn-northd refused the command to resume: {reply.Text}");
    }

    /// <inheritdoc/>
    public Task<Outcome> StopAsync(Deadline deadline) =>
        _parameters.ManageNorthd == false && !WasStartedHere() ? Task.FromResult(Outcome.Done) : StopForCertainAsync(deadline);

    private static NorthdState ProcessState(ProcessSnapshot? process) =>
        process switch
        {
            null => NorthdState.NotRunning,
            { Activity: ProcessActivity.Stopped } => NorthdState.Hung,
            _ => NorthdState.Running,
        };

    private static IEnumerable<string> Identities(DaemonProcesses found) =>
        new[] { found.Daemon, found.Watchdog }
            .OfType<ProcessSnapshot>()
            .Select(process => string.Create(CultureInfo.InvariantCulture, $"{process.Id}:{process.StartTicks}"));

    private NorthdState Judge(DaemonProcesses found) => IsManaged ? ProcessState(found.Daemon) : NorthdState.NotManaged;

    // After a crash the watching process is the same, and the daemon is another one.
    private bool WasStartedHere() => _started.Read() is { } noted && Identities(Find()).Any(noted.Split(' ').Contains);

    private async Task<Outcome> StopForCertainAsync(Deadline deadline)
    {
        var outcome = await _stopper
            .StopAsync(
                new Daemon("ovn-northd", Find, DaemonFinder.NorthdPidFile(_parameters.Directories.Run), ControlOf, IsStateless: true),
                deadline
            )
            .ConfigureAwait(false);
        if (outcome.IsDone)
        {
            _started.Delete();
        }

        return outcome;
    }

    /// <summary>
    /// A directory to give to ovn-ctl in place of OVN's configuration, where a file in that one would have ovn-northd connect to other servers; null where there is none. Options do not
    /// help: ovn-ctl takes that file in place of them.
    /// </summary>
    private string? ConfigurationInPlace()
    {
        var file = NorthdTargets.FileIn(_parameters.Directories);
        if (
            PlainFile.ReadText(file, ParameterFileMaxBytes, followLink: true) is not { } text
            || NorthdTargets.Elsewhere(NorthdTargets.Split(text), _parameters, _topology) is not { } elsewhere
        )
        {
            return null;
        }

        _log.Warning(
            $"{file} names {elsewhere}, not the servers of this resource; starting ovn-northd without the file: remove {file}, which is for clustered databases"
        );
        return _parameters.Directories.Run;
    }

    private string ControlOf(int process) =>
        Path.Combine(_parameters.Directories.Run, string.Create(CultureInfo.InvariantCulture, $"{DaemonFinder.NorthdName}.{process}.ctl"));

    private DaemonProcesses Find() => DaemonFinder.FindNorthd(_parameters.Directories.Run);
}
