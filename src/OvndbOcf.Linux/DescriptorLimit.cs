using System.Runtime.InteropServices;

namespace OvndbOcf.Linux;

/// <summary>The limit of open files of a process (prlimit(2), RLIMIT_NOFILE). What it starts later inherits that.</summary>
public static class DescriptorLimit
{
    private const int OpenFiles = 7;

    /// <summary>The limit that counts (soft); null if it cannot be read.</summary>
    /// <param name="process">The process's id; 0 for this one.</param>
    public static long? Read(int process) => Read(process, OpenFiles, nint.Zero, out var limits) == 0 ? Clamp(limits.Soft) : null;

    /// <summary>
    /// Raises the limit, never lowers it, as far as that is permitted: above the hard limit only with CAP_SYS_RESOURCE, and of a process of another user, too. Returns the limit that counts
    /// afterwards; null if it cannot be read.
    /// </summary>
    /// <param name="process">The process's id; 0 for this one.</param>
    /// <param name="wanted">The number of open files.</param>
    public static long? Raise(int process, long wanted)
    {
        if (Read(process, OpenFiles, nint.Zero, out var limits) != 0)
        {
            return null;
        }

        var number = (ulong)Math.Max(0, wanted);
        if (
            limits.Soft < number
            && Write(process, OpenFiles, new Limits { Soft = number, Hard = Math.Max(number, limits.Hard) }, nint.Zero) != 0
            && limits.Soft < limits.Hard
        )
        {
            _ = Write(process, OpenFiles, new Limits { Soft = Math.Min(number, limits.Hard), Hard = limits.Hard }, nint.Zero);
        }

        return Read(process);
    }

    private static long Clamp(ulong number) => (long)Math.Min(number, long.MaxValue);

    [DllImport("libc", EntryPoint = "prlimit")]
    private static extern int Read(int process, int resource, nint none, out Limits limits);

    [DllImport("libc", EntryPoint = "prlimit")]
    private static extern int Write(int process, int resource, in Limits limits, nint none);

    /// <summary>struct rlimit of 64-bit Linux; all ones is "unlimited".</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public ulong Soft;
        public ulong Hard;
    }
}
