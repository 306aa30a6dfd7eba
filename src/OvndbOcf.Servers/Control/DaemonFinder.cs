using System.Globalization;
using OvndbOcf.Processes;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Finds OVN's daemons in the process table. Pid files lie: they are missing, empty, left over, or name a process that came later. So a pid
/// counts only if its process is what it should be, and without one the whole table is searched.
/// </summary>
public static class DaemonFinder
{
    /// <summary>The name of ovn-northd's process.</summary>
    public const string NorthdName = "ovn-northd";

    private const string ServerName = "ovsdb-server";

    /// <summary>A database's server and the process that watches it.</summary>
    public static ProcessEvidence FindServer(ServerPaths paths)
    {
        bool IsOurs(string argument) => IsControlSocket(argument, paths.Control);
        var recorded = ProcessTable.ReadPidFile(paths.PidFile);
        var server = recorded is { } id && ProcessTable.Find(id) is { Name: ServerName } process && ProcessTable.CommandLine(id).Any(IsOurs)
            ? process
            : ProcessTable.FindAll(ServerName, IsOurs) is [var first, ..] ? first : null;
        return server is not null
            ? new ProcessEvidence(server, MonitorOf(server))
            : new ProcessEvidence(null, recorded is { } dead ? FindMonitorOfDead(dead) : null);
    }

    /// <summary>ovn-northd with that run directory; null if it does not run.</summary>
    public static ProcessSnapshot? FindNorthd(string runDirectory)
    {
        var pidFile = NorthdPidFile(runDirectory);
        return ProcessTable.ReadPidFile(pidFile) is { } id && ProcessTable.Find(id) is { Name: NorthdName } process
            ? process
            : ProcessTable.FindAll(NorthdName, argument => argument == "--pidfile=" + pidFile) is [var first, ..] ? first : null;
    }

    /// <summary>The pid file of ovn-northd.</summary>
    public static string NorthdPidFile(string runDirectory) => Path.Combine(runDirectory, NorthdName + ".pid");

    /// <summary>The process that watches a daemon and restarts it after a crash; null if there is none.</summary>
    public static ProcessSnapshot? MonitorOf(ProcessSnapshot daemon) =>
        ProcessTable.Find(daemon.ParentId) is { } parent && IsMonitor(parent.Id, daemon.Id) ? parent : null;

    // /var/run is a link to /run, and whoever started the server may have named it either way.
    private static bool IsControlSocket(string argument, string path)
    {
        const string Option = "--unixctl=";
        return argument.StartsWith(Option, StringComparison.Ordinal) && WithoutLink(argument[Option.Length..]) == WithoutLink(path);
    }

    private static string WithoutLink(string path) =>
        path.StartsWith("/var/run/", StringComparison.Ordinal) ? path["/var".Length..] : path;

    private static ProcessSnapshot? FindMonitorOfDead(int daemon)
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && IsMonitor(id, daemon))
            {
                return ProcessTable.Find(id);
            }
        }

        return null;
    }

    // A watching process shows its title, "ovsdb-server: monitoring pid 64 (healthy)", as its command line.
    private static bool IsMonitor(int id, int daemon)
    {
        if (ProcessTable.CommandLine(id) is not [var title, ..]
            || !(title.StartsWith("ovsdb-server: ", StringComparison.Ordinal) || title.StartsWith("ovn-northd: ", StringComparison.Ordinal)))
        {
            return false;
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"pid {daemon}");
        var at = title.IndexOf(name, StringComparison.Ordinal);
        return at >= 0 && (at + name.Length == title.Length || !char.IsAsciiDigit(title[at + name.Length]));
    }
}
