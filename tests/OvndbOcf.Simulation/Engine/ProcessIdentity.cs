using System.Globalization;

namespace OvndbOcf.Simulation.Engine;

/// <summary>A process, told apart from later ones that get the same pid, also after a reboot.</summary>
/// <param name="BootId">The kernel's id of this boot (proc(5), <c>/proc/sys/kernel/random/boot_id</c>).</param>
/// <param name="PidNamespace">The pid namespace that the pid belongs to, such as <c>pid:[4026531836]</c>.</param>
/// <param name="Pid">The process id.</param>
/// <param name="StartTime">Its start in clock ticks since the boot (field 22 of <c>/proc/PID/stat</c>).</param>
internal sealed record ProcessIdentity(string BootId, string PidNamespace, int Pid, ulong StartTime)
{
    private const char Separator = '/';

    /// <summary>This process.</summary>
    public static ProcessIdentity Own { get; } =
        Of(Environment.ProcessId) ?? throw new InvalidOperationException("this process is not in /proc");

    /// <summary>The process that has the pid now; null if there is none.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            // The command's name (field 2) is in parentheses and may contain anything: count from behind them.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new ProcessIdentity(CurrentBoot(), CurrentNamespace(), pid, ulong.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null if the text is something else.</summary>
    public static ProcessIdentity? Parse(string text)
    {
        var parts = text.Split(Separator);
        return
            parts.Length == 4
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            && ulong.TryParse(parts[3], NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new ProcessIdentity(parts[0], parts[1], pid, start)
            : null;
    }

    /// <summary>Whether the process is certainly gone. Of one in another pid namespace this cannot be told, so it counts as alive.</summary>
    public bool IsGone() => BootId != CurrentBoot() || (PidNamespace == CurrentNamespace() && Of(Pid)?.StartTime != StartTime);

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join(
            Separator,
            BootId,
            PidNamespace,
            Pid.ToString(CultureInfo.InvariantCulture),
            StartTime.ToString(CultureInfo.InvariantCulture)
        );

    private static string CurrentBoot() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    private static string CurrentNamespace() => File.ResolveLinkTarget("/proc/self/ns/pid", returnFinalTarget: false)?.Name ?? "unknown";
}
