using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Unixctl;
using OvndbOcf.Processes;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Control;

/// <summary>A daemon to be stopped.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Find">Finds its processes.</param>
/// <param name="PidFile">Its pid file.</param>
/// <param name="Control">The control socket of the process with that id.</param>
/// <param name="StopCommand">The arguments for ovn-ctl that stop it; null for a daemon that has no state to lose, which is killed where it does not exit at once.</param>
public sealed record Daemon(string Name, Func<ProcessEvidence> Find, string PidFile, Func<int, string> Control, IReadOnlyList<string>? StopCommand);

/// <summary>
/// Ends a daemon for certain: asks it as ovn-ctl would, at first directly, then through ovn-ctl, then SIGTERM, then SIGKILL, and waits for the real exit. It relies on nothing
/// but the process table, so it also works where the configuration is wrong or ovn-ctl is gone. A daemon without state is asked once and then killed: others wait for its end.
/// </summary>
public sealed class DaemonStopper
{
    private static readonly TimeSpan LongestExit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestExitWithoutState = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestAsking = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LongestTerminating = TimeSpan.FromSeconds(1);

    private readonly OvnCtl _ovnCtl;
    private readonly OcfLog _log;

    /// <summary>Uses that ovn-ctl for the polite part.</summary>
    public DaemonStopper(OvnCtl ovnCtl, OcfLog log)
    {
        _ovnCtl = ovnCtl;
        _log = log;
    }

    /// <summary>Returns once neither the daemon nor the process that would restart it exists, or when the deadline has passed.</summary>
    public async Task<Outcome> StopAsync(Daemon daemon, Deadline deadline)
    {
        daemon = daemon with { Find = Remembering(daemon.Find) };
        var found = daemon.Find();
        if (IsNone(found))
        {
            return Outcome.Done;
        }

        // A process stopped by a signal cannot react to anything but SIGKILL, and asking it costs the time that others need.
        var canReact = found.Server is { Activity: not ProcessActivity.Stopped };
        if (canReact && await AskAsync(daemon, deadline).ConfigureAwait(false))
        {
            return Outcome.Done;
        }

        found = daemon.Find();
        _log.Warning(canReact
            ? $"{daemon.Name} did not stop when asked; killing it"
            : $"{daemon.Name} cannot react ({Describe(found)}); killing it");
        if (!await KillAsync(daemon, deadline).ConfigureAwait(false))
        {
            return Outcome.Failed($"{daemon.Name} survived SIGKILL ({Describe(daemon.Find())}); it is probably stuck in disk access: look at the storage, or fence this node");
        }

        StalePidFile.Remove(daemon.PidFile, _log);
        return Outcome.Done;
    }

    // While the kernel frees its memory, a process has no command line to be found by, but still has its sockets and the lock of its database.
    private static Func<ProcessEvidence> Remembering(Func<ProcessEvidence> find)
    {
        var last = ProcessEvidence.None;
        return () =>
        {
            var found = find();
            return last = new ProcessEvidence(found.Server ?? StillAlive(last.Server), found.Monitor ?? StillAlive(last.Monitor));
        };
    }

    private static ProcessSnapshot? StillAlive(ProcessSnapshot? process) => process is not null && ProcessTable.IsAlive(process) ? process : null;

    private static bool IsNone(ProcessEvidence found) => found is { Server: null, Monitor: null };

    private static string Describe(ProcessEvidence found) => (found.Server ?? found.Monitor) is { } process
        ? $"process {process.Id}, {process.Activity}"
        : "no process";

    private async Task<bool> AskAsync(Daemon daemon, Deadline deadline)
    {
        if (await ExitAsync(daemon, deadline).ConfigureAwait(false))
        {
            return true;
        }

        if (daemon.StopCommand is not { } stopCommand)
        {
            return false;
        }

        // ovn-ctl signals whatever process the pid file names, so it is used only where that is the daemon.
        if (_ovnCtl.IsInstalled && ProcessTable.ReadPidFile(daemon.PidFile) == daemon.Find().Server?.Id)
        {
            var asking = Deadline.After(LongestAsking).Earlier(Deadline.After(deadline.Remaining * 0.4));
            await _ovnCtl.RunAsync(stopCommand, asking).ConfigureAwait(false);
        }

        var found = daemon.Find();
        if (IsNone(found))
        {
            return true;
        }

        Send(found.Monitor, Signal.Terminate);
        Send(found.Server, Signal.Terminate);
        var terminating = Deadline.After(LongestTerminating).Earlier(deadline);
        return await Wait.UntilAsync($"{daemon.Name} to exit", () => IsNone(daemon.Find()), terminating, _log).ConfigureAwait(false);
    }

    // ovn-ctl begins with the same command, and looks for the exit a tenth of a second later at the earliest.
    private async Task<bool> ExitAsync(Daemon daemon, Deadline deadline)
    {
        var exiting = Deadline.After(daemon.StopCommand is null ? LongestExitWithoutState : LongestExit).Earlier(Deadline.After(deadline.Remaining * 0.2));
        return daemon.Find().Server is { } process
            && UnixctlClient.Call(daemon.Control(process.Id), "exit", [], exiting).Succeeded
            && await Wait.UntilAsync($"{daemon.Name} to exit", () => IsNone(daemon.Find()), exiting, _log).ConfigureAwait(false);
    }

    private async Task<bool> KillAsync(Daemon daemon, Deadline deadline) =>
        await Wait.UntilAsync(
            $"{daemon.Name} to be gone after SIGKILL",
            () =>
            {
                // The watching process goes first, or it would take the kill for a crash.
                var found = daemon.Find();
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
