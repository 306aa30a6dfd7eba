using System.Globalization;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Sockets;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Finds OVN's daemons in the process table. Pid files lie: they are missing, empty, left over, or name a process that came later. So a pid
/// counts only if its process is what it should be, and without one the whole table is searched. Arguments may spell a path in many ways: in the end the kernel is asked
/// who has the server's sockets.
/// </summary>
public static class DaemonFinder
{
    /// <summary>The name of ovn-northd's process.</summary>
    public const string NorthdName = "ovn-northd";

    private const string ServerName = "ovsdb-server";

    /// <summary>A database's server and the process that watches it.</summary>
    public static DaemonProcesses FindServer(ServerPaths paths)
    {
        bool IsOurs(string argument) => IsOption(argument, "--unixctl=", paths.Control);
        var recorded = ProcessTable.ReadPidFile(paths.PidFile);
        var server =
            recorded is { } id && ProcessTable.Find(id) is { Name: ServerName } process && ProcessTable.CommandLine(id).Any(IsOurs)
                ? process
            : ProcessTable.FindAll(ServerName, IsOurs) is [var first, ..] ? first
            : OwnerOf(paths.Control) ?? OwnerOf(paths.Database);
        return WithMonitor(ServerName, server, recorded);
    }

    /// <summary>
    /// The server that the pid file names if it is about to end: while the kernel frees its memory, which takes a while with a large database, it has no command line to be found by.
    /// Null if there is none.
    /// </summary>
    public static ProcessSnapshot? FindDying(ServerPaths paths) =>
        ProcessTable.ReadPidFile(paths.PidFile) is { } id
        && ProcessTable.Find(id) is { Name: ServerName } process
        && ProcessTable.CommandLine(id).Count == 0
            ? process
            : null;

    /// <summary>
    /// Whether a monitor process tells that the server that the pid file names has died: it has started another one, which has yet to write the pid file. A reason to look again, and no proof: the pid file
    /// may be an old one.
    /// </summary>
    public static bool IsBeingReplaced(ServerPaths paths)
    {
        if (ProcessTable.ReadPidFile(paths.PidFile) is not { } dead)
        {
            return false;
        }

        var title = string.Create(CultureInfo.InvariantCulture, $"pid {dead} died");
        return ProcessTable
                .FindAll(
                    ServerName,
                    argument =>
                        argument.StartsWith($"{ServerName}: monitoring pid ", StringComparison.Ordinal)
                        && argument.Contains(title, StringComparison.Ordinal)
                )
                .Count > 0;
    }

    /// <summary>The ovn-northd with that run directory and the process that watches it.</summary>
    public static DaemonProcesses FindNorthd(string runDirectory)
    {
        var pidFile = NorthdPidFile(runDirectory);
        var recorded = ProcessTable.ReadPidFile(pidFile);
        var northd =
            recorded is { } id && ProcessTable.Find(id) is { Name: NorthdName } process ? process
            : ProcessTable.FindAll(NorthdName, argument => IsOption(argument, "--pidfile=", pidFile)) is [var first, ..] ? first
            : null;
        return WithMonitor(NorthdName, northd, recorded);
    }

    /// <summary>The pid file of ovn-northd.</summary>
    public static string NorthdPidFile(string runDirectory) => Path.Combine(runDirectory, NorthdName + ".pid");

    private static DaemonProcesses WithMonitor(string name, ProcessSnapshot? daemon, int? recorded) =>
        daemon is not null
            ? new DaemonProcesses(
                daemon,
                ProcessTable.Find(daemon.ParentId) is { } parent && IsMonitor(parent.Id, name, daemon.Id) ? parent : null
            )
            : new DaemonProcesses(null, recorded is { } dead ? FindMonitorOfDead(name, dead) : null);

    // Whoever started a daemon may have named the same file otherwise: /var/run is a link to /run.
    private static bool IsOption(string argument, string option, string path) =>
        argument.StartsWith(option, StringComparison.Ordinal) && CanonicalPath.AreSame(argument[option.Length..], path);

    /// <summary>The server that has that socket, whatever it was started with: a relative path, or none.</summary>
    private static ProcessSnapshot? OwnerOf(string socket) =>
        UnixListener.Find(socket).ProcessId is { } id
        && ProcessTable.Find(id) is { Name: ServerName } process
        && ProcessTable.IsInThisNamespace(id)
            ? process
            : null;

    private static ProcessSnapshot? FindMonitorOfDead(string name, int daemon)
    {
        // Where the process exists after all, it is another daemon with a reused id, and the monitor is that one's.
        var other = ProcessTable.Find(daemon)?.ParentId;
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && id != other
                && IsMonitor(id, name, daemon)
                && ProcessTable.IsInThisNamespace(id)
            )
            {
                return ProcessTable.Find(id);
            }
        }

        return null;
    }

    // A watching process shows its title, "ovsdb-server: monitoring pid 64 (healthy)", as its command line. After a crash the parentheses
    // also name processes of the past, which prove nothing.
    private static bool IsMonitor(int id, string name, int daemon)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"{name}: monitoring pid {daemon}");
        return ProcessTable.CommandLine(id) is [var title, ..]
            && title.StartsWith(start, StringComparison.Ordinal)
            && (title.Length == start.Length || !char.IsAsciiDigit(title[start.Length]));
    }
}
