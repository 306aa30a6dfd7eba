namespace OvndbOcf.Linux;

/// <summary>What a process is doing, as far as it matters to whoever waits for it (proc_pid_stat(5), field 3).</summary>
public enum ProcessActivity
{
    /// <summary>It runs, or would if it got a processor (state R).</summary>
    Running,

    /// <summary>It sleeps until something happens (state S and what others the kernel may name).</summary>
    Sleeping,

    /// <summary>It sits in a system call that nothing interrupts, usually disk access (state D).</summary>
    Blocked,

    /// <summary>It was stopped, by a signal or a tracer, and does nothing until it is continued (state T or t).</summary>
    Stopped,

    /// <summary>It has ended and only waits to be reaped (state Z or X).</summary>
    Ended,
}

/// <summary>A process at one moment.</summary>
/// <param name="Id">Process id.</param>
/// <param name="ParentId">Process id of its parent.</param>
/// <param name="Name">Its short name (comm), at most 15 characters.</param>
/// <param name="Activity">What it is doing.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot: with the id it identifies a process for good.</param>
public sealed record ProcessSnapshot(int Id, int ParentId, string Name, ProcessActivity Activity, long StartTicks)
{
    /// <summary>Whether it still executes anything, or would when continued.</summary>
    public bool IsAlive => Activity != ProcessActivity.Ended;
}
