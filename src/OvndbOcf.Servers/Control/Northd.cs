using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Control;

/// <summary>ovn-northd on this node. It runs only beside the active servers, and always without ovn-ctl starting servers for it.</summary>
public sealed class Northd
{
    private readonly AgentParameters _parameters;
    private readonly OvnCtl _ovnCtl;
    private readonly DaemonStopper _stopper;
    private readonly OcfLog _log;

    /// <summary>northd with the directories of the parameters.</summary>
    public Northd(AgentParameters parameters, OvnCtl ovnCtl, OcfLog log)
    {
        _parameters = parameters;
        _ovnCtl = ovnCtl;
        _stopper = new DaemonStopper(log);
        _log = log;
    }

    private bool IsManaged => _parameters.ManageNorthd == true;

    /// <summary>What it is doing.</summary>
    public NorthdState Observe() => !IsManaged ? NorthdState.NotManaged : Find().Server switch
    {
        null => NorthdState.NotRunning,
        { Activity: ProcessActivity.Stopped } => NorthdState.Hung,
        _ => NorthdState.Running,
    };

    /// <summary>Starts it where it is managed, after killing one that cannot react, and returns when it runs.</summary>
    public async Task<Outcome> StartAsync(Deadline deadline)
    {
        if (Observe() is NorthdState.NotManaged or NorthdState.Running)
        {
            return Outcome.Done;
        }

        var stopped = await StopForCertainAsync(deadline).ConfigureAwait(false);
        if (!stopped.IsDone)
        {
            return stopped;
        }

        StalePidFile.Remove(DaemonFinder.NorthdPidFile(_parameters.Directories.Run), _log);
        var result = await _ovnCtl.RunAsync(OvnCtlCommands.StartNorthd, deadline).ConfigureAwait(false);
        var brief = Deadline.After(TimeSpan.FromSeconds(2)).Earlier(deadline);
        return await Wait.UntilAsync("ovn-northd to run", () => Observe() == NorthdState.Running, brief, _log).ConfigureAwait(false)
            ? Outcome.Done
            : Outcome.Failed($"ovn-northd did not start: {result.Essence}; see its log");
    }

    /// <summary>Stops it unless the parameters say that it is not managed. If they are unreadable it may be ours, and is stopped.</summary>
    public Task<Outcome> StopAsync(Deadline deadline) =>
        _parameters.ManageNorthd == false ? Task.FromResult(Outcome.Done) : StopForCertainAsync(deadline);

    private Task<Outcome> StopForCertainAsync(Deadline deadline) => _stopper.StopAsync(
        new Daemon(
            "ovn-northd",
            Find,
            DaemonFinder.NorthdPidFile(_parameters.Directories.Run),
            id => Path.Combine(_parameters.Directories.Run, $"{DaemonFinder.NorthdName}.{id}.ctl")),
        deadline);

    private ProcessEvidence Find() => DaemonFinder.FindNorthd(_parameters.Directories.Run);
}
