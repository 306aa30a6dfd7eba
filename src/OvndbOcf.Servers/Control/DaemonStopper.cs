using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb.Unixctl;

namespace OvndbOcf.Servers.Control;

/// <summary>A daemon to be stopped.</summary>
/// <param name="Name">Its name in messages.</param>
/// <param name="Find">Finds its processes.</param>
/// <param name="PidFile">Its pid file.</param>
/// <param name="Control">The control socket of the process with that id.</param>
/// <param name="IsStateless">Whether it has nothing to lose, and others wait for its end: then it is killed where it does not exit at once.</param>
public sealed record Daemon(string Name, Func<DaemonProcesses> Find, string PidFile, Func<int, string> Control, bool IsStateless = false);

/// <summary>
/// Ends a daemon for certain: the control command <c>exit</c>, with which ovn-ctl begins too, then SIGTERM, then SIGKILL, and waits for the real exit. It relies on nothing
/// but the process table, so it also works where the configuration is wrong or ovn-ctl is gone. A daemon that hangs is gone after some 3 s.
/// </summary>
/// <param name="log">Is told where a daemon had to be killed.</param>
public sealed class DaemonStopper(OcfLog log)
{
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan StatelessExitTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(1);

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
        var canReact = found.Daemon is { Activity: not ProcessActivity.Stopped };
        if (canReact && await AskAsync(daemon, deadline).ConfigureAwait(false))
        {
            return Outcome.Done;
        }

        found = daemon.Find();
        log.Warning(
            canReact
                ? $"{daemon.Name} did not stop when asked; killing the process"
                : $"{daemon.Name} cannot react ({Describe(found)}); killing the process"
        );
        if (!await KillAsync(daemon, deadline).ConfigureAwait(false))
        {
            return Outcome.Failed(
                $"{daemon.Name} survived SIGKILL ({Describe(daemon.Find())}); the process probably hangs in disk access: check the storage, or fence this node"
            );
        }

        StalePidFile.Remove(daemon.PidFile, log);
        return Outcome.Done;
    }

    // While the kernel frees its memory, a process has no command line to be found by, but still has its sockets and the lock of its database.
    private static Func<DaemonProcesses> Remembering(Func<DaemonProcesses> find)
    {
        var last = DaemonProcesses.None;
        return () =>
        {
            var found = find();
            return last = new DaemonProcesses(found.Daemon ?? StillAlive(last.Daemon), found.Watchdog ?? StillAlive(last.Watchdog));
        };
    }

    private static ProcessSnapshot? StillAlive(ProcessSnapshot? process) =>
        process is not null && ProcessTable.IsAlive(process) ? process : null;

    private static bool IsNone(DaemonProcesses found) => found is { Daemon: null, Watchdog: null };

    private static string Describe(DaemonProcesses found) =>
        (found.Daemon ?? found.Watchdog) is { } process ? $"process {process.Id}, {process.Activity}" : "no process";

    private async Task<bool> AskAsync(Daemon daemon, Deadline deadline)
    {
        if (await ExitAsync(daemon, deadline).ConfigureAwait(false))
        {
            return true;
        }

        if (daemon.IsStateless)
        {
            return false;
        }

        var found = daemon.Find();
        Send(found.Watchdog, Signal.Terminate);
        Send(found.Daemon, Signal.Terminate);
        var terminating = Deadline.After(TerminationTimeout).Earlier(Deadline.After(deadline.Remaining * 0.4));
        return await Wait.UntilAsync($"{daemon.Name} to exit", () => IsNone(daemon.Find()), terminating, log).ConfigureAwait(false);
    }

    private async Task<bool> ExitAsync(Daemon daemon, Deadline deadline)
    {
        var exiting = Deadline
            .After(daemon.IsStateless ? StatelessExitTimeout : ExitTimeout)
            .Earlier(Deadline.After(deadline.Remaining * 0.2));
        return daemon.Find().Daemon is { } process
            && UnixctlCall.Run(daemon.Control(process.Id), "exit", [], exiting).Succeeded
            && await Wait.UntilAsync($"{daemon.Name} to exit", () => IsNone(daemon.Find()), exiting, log).ConfigureAwait(false);
    }

    private async Task<bool> KillAsync(Daemon daemon, Deadline deadline) =>
        await Wait.UntilAsync(
                $"{daemon.Name} to be gone after SIGKILL",
                () =>
                {
                    // The watching process goes first, or it would take the kill for a crash.
                    var found = daemon.Find();
                    Send(found.Watchdog, Signal.Kill);
                    Send(found.Daemon, Signal.Kill);
                    return IsNone(found);
                },
                deadline,
                log
            )
            .ConfigureAwait(false);

    private static void Send(ProcessSnapshot? process, Signal signal)
    {
        if (process is not null)
        {
            ProcessTable.Signal(process, signal);
        }
    }
}
