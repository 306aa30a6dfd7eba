using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Processes;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Ends a daemon for certain: asks through ovn-ctl, then SIGTERM, then SIGKILL, and waits for the real exit. It relies on nothing but the
/// process table, so it also works where the configuration is wrong or ovn-ctl is gone.
/// </summary>
public sealed class DaemonStopper
{
    private static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestTerminating = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTidying = TimeSpan.FromSeconds(2);

    private readonly OvnCtl _ovnCtl;
    private readonly OcfLog _log;

    /// <summary>Uses that ovn-ctl for the polite part.</summary>
    public DaemonStopper(OvnCtl ovnCtl, OcfLog log)
    {
        _ovnCtl = ovnCtl;
        _log = log;
    }

    /// <summary>Returns once neither the daemon nor the process that would restart it exists, or when the deadline has passed.</summary>
    /// <param name="name">The daemon in messages.</param>
    /// <param name="find">Finds it.</param>
    /// <param name="stopCommand">The arguments for ovn-ctl that stop it.</param>
    /// <param name="deadline">The end of all patience.</param>
    public async Task<Outcome> StopAsync(string name, Func<ProcessEvidence> find, IReadOnlyList<string> stopCommand, Deadline deadline)
    {
        var found = find();
        if (IsNone(found))
        {
            return Outcome.Done;
        }

        // A process stopped by a signal cannot react to anything but SIGKILL, and asking it costs the time that others need.
        var canReact = found.Server is { Activity: not ProcessActivity.Stopped };
        if (canReact && await AskAsync(name, find, stopCommand, deadline).ConfigureAwait(false))
        {
            return Outcome.Done;
        }

        found = find();
        _log.Warning(canReact
            ? $"{name} did not stop when asked; killing it"
            : $"{name} cannot react ({Describe(found)}); killing it");
        if (!await KillAsync(name, find, deadline).ConfigureAwait(false))
        {
            return Outcome.Failed($"{name} survived SIGKILL ({Describe(find())}); it is probably stuck in disk access: look at the storage, or fence this node");
        }

        if (_ovnCtl.IsInstalled)
        {
            // Removes the files that a killed daemon leaves behind.
            await _ovnCtl.RunAsync(stopCommand, Deadline.After(LongestTidying).Earlier(deadline)).ConfigureAwait(false);
        }

        return Outcome.Done;
    }

    private static bool IsNone(ProcessEvidence found) => found is { Server: null, Monitor: null };

    private static string Describe(ProcessEvidence found) => (found.Server ?? found.Monitor) is { } process
        ? $"process {process.Id}, {process.Activity}"
        : "no process";

    private async Task<bool> AskAsync(string name, Func<ProcessEvidence> find, IReadOnlyList<string> stopCommand, Deadline deadline)
    {
        var asking = Deadline.After(LongestAsking).Earlier(Deadline.After(deadline.Remaining * 0.4));
        if (_ovnCtl.IsInstalled)
        {
            await _ovnCtl.RunAsync(stopCommand, asking).ConfigureAwait(false);
        }

        if (IsNone(find()))
        {
            return true;
        }

        var found = find();
        Send(found.Monitor, Signal.Terminate);
        Send(found.Server, Signal.Terminate);
        var terminating = Deadline.After(LongestTerminating).Earlier(deadline);
        return await Wait.UntilAsync($"{name} to exit", () => IsNone(find()), terminating, _log).ConfigureAwait(false);
    }

    private async Task<bool> KillAsync(string name, Func<ProcessEvidence> find, Deadline deadline) =>
        await Wait.UntilAsync(
            $"{name} to be gone after SIGKILL",
            () =>
            {
                // The watching process goes first, or it would take the kill for a crash.
                var found = find();
                Send(found.Monitor, Signal.Kill);
                Send(found.Server, Signal.Kill);
                return IsNone(found);
            },
            deadline,
            _log).ConfigureAwait(false);

    private static void Send(ProcessSnapshot? process, Signal signal)
    {
        if (process is not null)
        {
            ProcessTable.Signal(process, signal);
        }
    }
}
