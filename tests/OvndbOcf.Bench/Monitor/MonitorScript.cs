namespace OvndbOcf.Bench.Monitor;

/// <summary>
/// Calls the agent's monitor action many times from one small process in the node: starting a command in a container from outside takes
/// longer than the action itself.
/// </summary>
internal static class MonitorScript
{
    /// <summary>
    /// For python3: arguments are the agent, how many calls, the pause between two in seconds, and NAME=VALUE of the action's environment, which is
    /// added to that of Pacemaker's executor. It prints a line a call: exit code, wall-clock time and CPU time in microseconds. The CPU time is
    /// that of the agent and all the children it waited for (getrusage(2), wait4(2)).
    /// </summary>
    public const string Calls =
        Environment
        + """

            null = os.open(os.devnull, os.O_RDWR)
            files = [(os.POSIX_SPAWN_DUP2, null, number) for number in (0, 1, 2)]
            for _ in range(count):
                begin = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
                pid = os.posix_spawn(agent, [agent, "monitor"], environment, file_actions=files)
                _, status, usage = os.wait4(pid, 0)
                wall = time.clock_gettime_ns(time.CLOCK_MONOTONIC) - begin
                print(os.waitstatus_to_exitcode(status), wall // 1000, round((usage.ru_utime + usage.ru_stime) * 1e6), flush=True)
                if pause:
                    time.sleep(pause)
            """;

    /// <summary>With the same arguments, for python3: one call under strace(1), whose lines about processes it prints.</summary>
    public const string Trace =
        Environment
        + """

            import subprocess
            subprocess.run(
                ["strace", "-f", "-qq", "-e", "trace=?clone,?clone3,?fork,?vfork,?execve", "-o", "/dev/stdout", agent, "monitor"],
                env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
            """;

    private const string Environment = """
        import os, sys, time
        agent, count, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
        environment = {}
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                if open(f"/proc/{process}/comm").read().strip() == "pacemaker-execd":
                    text = open(f"/proc/{process}/environ").read()
                    environment.update(entry.split("=", 1) for entry in text.split("\0") if "=" in entry)
            except OSError:
                pass
        environment.update(entry.split("=", 1) for entry in sys.argv[4:])
        """;
}
