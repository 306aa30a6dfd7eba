using System.Globalization;

namespace OvndbOcf.Linux;

/// <summary>How many of its file descriptors a process uses.</summary>
/// <param name="Used">Those in use.</param>
/// <param name="Limit">How many it may use.</param>
public sealed record DescriptorUse(int Used, long Limit)
{
    // accept(2) may need one that something else just gave back.
    private const int Spare = 2;

    /// <summary>Whether none is left, so that it can take no connection.</summary>
    public bool IsExhausted => Used + Spare >= Limit;

    /// <summary>Whether less than a tenth is left.</summary>
    public bool IsNearlyExhausted => Used >= Limit - (Limit / 10);

    /// <summary>Looks at a process, by <c>/proc/PID/fd</c> and its limit (proc_pid_fd(5)); null if that cannot be seen, such as of another user's process without CAP_SYS_PTRACE.</summary>
    public static DescriptorUse? Of(int process)
    {
        try
        {
            var directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd");
            return DescriptorLimit.Read(process) is { } limit
                ? new DescriptorUse(Directory.EnumerateFileSystemEntries(directory).Count(), limit)
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
