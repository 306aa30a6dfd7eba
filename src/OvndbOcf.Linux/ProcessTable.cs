using System.Globalization;
using System.Runtime.InteropServices;

namespace OvndbOcf.Linux;

/// <summary>The processes of this machine, or of this container, by <c>/proc</c>.</summary>
public static class ProcessTable
{
    private const int FileMaxBytes = 1 << 20;
    private const int PidFileMaxBytes = 4096;

    private static readonly string? OwnNamespace = NamespaceOf("self");

    /// <summary>The process with that id; null if there is none, or only one that has ended.</summary>
    public static ProcessSnapshot? Find(int id)
    {
        var stat = ReadText(FileOf(id, "stat"));
        var process = stat is null ? null : ParseStat(stat);
        return process is { IsAlive: true } ? process : null;
    }

    /// <summary>The processor time that a process has had up to now, in clock ticks (proc_pid_stat(5), fields 14 and 15); 0 if that is not known.</summary>
    public static long CpuTicks(int id) => ReadText(FileOf(id, "stat")) is { } stat ? ParseCpuTicks(stat) : 0;

    /// <summary>Whether that very process, not a later one with its id, still executes anything.</summary>
    public static bool IsAlive(ProcessSnapshot process) => Find(process.Id)?.StartTicks == process.StartTicks;

    /// <summary>The command line; empty if the process is gone.</summary>
    public static IReadOnlyList<string> CommandLine(int id)
    {
        var text = ReadText(FileOf(id, "cmdline"));
        return string.IsNullOrEmpty(text) ? [] : text.TrimEnd('\0').Split('\0');
    }

    /// <summary>
    /// Every live process of this pid namespace with a short name whose command line has an argument of that kind. Reads all of <c>/proc</c>: a few
    /// milliseconds.
    /// </summary>
    public static IReadOnlyList<ProcessSnapshot> FindAll(string name, Func<string, bool> hasArgument)
    {
        var found = new List<ProcessSnapshot>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Find(id) is { } process
                && process.Name == name
                && CommandLine(id).Any(hasArgument)
                && IsInThisNamespace(id)
            )
            {
                found.Add(process);
            }
        }

        return found;
    }

    /// <summary>
    /// Whether a process belongs to the pid namespace of this one (pid_namespaces(7)). <c>/proc</c> also shows those of containers, which have the same
    /// names and paths in another world. Where that cannot be read, it counts as if it did.
    /// </summary>
    public static bool IsInThisNamespace(int id) =>
        NamespaceOf(id.ToString(CultureInfo.InvariantCulture)) is not { } space || OwnNamespace is null || space == OwnNamespace;

    /// <summary>The process id in a pid file; null if the file is missing, empty or holds anything else.</summary>
    public static int? ReadPidFile(string path) =>
        PlainFile.ReadText(path, PidFileMaxBytes, followLink: true)?.Trim() is { } text
        && text.All(char.IsAsciiDigit)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id > 0
            ? id
            : null;

    /// <summary>Sends a signal if that very process is still there; whether it was sent.</summary>
    public static bool Signal(ProcessSnapshot process, Signal signal) => IsAlive(process) && Kill(process.Id, (int)signal) == 0;

    /// <summary>Reads a line of <c>/proc/PID/stat</c>; null if it is not one. The name stands in parentheses and may hold any character.</summary>
    internal static ProcessSnapshot? ParseStat(string line)
    {
        var open = line.IndexOf('(', StringComparison.Ordinal);
        var close = line.LastIndexOf(')');
        if (
            open < 1
            || close < open
            || !int.TryParse(line.AsSpan(0, open).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        )
        {
            return null;
        }

        // From here field 3, the state, is the first.
        var fields = line[(close + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            fields.Length < 20
            || fields[0].Length != 1
            || !int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
            || !long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
        )
        {
            return null;
        }

        var activity = fields[0][0] switch
        {
            'T' or 't' => ProcessActivity.Stopped,
            'R' => ProcessActivity.Running,
            'D' => ProcessActivity.Blocked,
            'Z' or 'X' or 'x' => ProcessActivity.Ended,
            _ => ProcessActivity.Sleeping,
        };
        return new ProcessSnapshot(id, parent, line[(open + 1)..close], activity, start);
    }

    internal static long ParseCpuTicks(string line)
    {
        var fields = line[(line.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
            fields.Length > 12
            && long.TryParse(fields[11], NumberStyles.None, CultureInfo.InvariantCulture, out var user)
            && long.TryParse(fields[12], NumberStyles.None, CultureInfo.InvariantCulture, out var system)
            ? user + system
            : 0;
    }

    private static string? NamespaceOf(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/pid").LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string FileOf(int id, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{file}");

    private static string? ReadText(string path) => PlainFile.ReadText(path, FileMaxBytes, followLink: true);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int id, int signal);
}
