namespace OvndbOcf.Bench.Ctl;

/// <summary>Scripts for a node: what <c>ovndbctl</c> takes, with Pacemaker's tools and without.</summary>
internal static class CtlScript
{
    /// <summary>The setting that names the directory of Pacemaker's tools.</summary>
    public const string ToolsVariable = "OVNDBCTL_TOOLS";

    /// <summary>A directory of tools that answer what Pacemaker's just answered.</summary>
    public const string QuickTools = "/run/quick-tools";

    /// <summary>
    /// For sh: has <c>ovndbctl list</c> ask the cluster once by tools that keep each answer, then makes tools of the same names that give it at once. The argument is the directory for them.
    /// </summary>
    public const string MakeQuickTools = """
        set -eu
        tools=$1
        keeping=$(mktemp -d)
        rm -rf "$tools"
        mkdir -p "$tools"
        for tool in /usr/sbin/cibadmin /usr/sbin/crm_mon /usr/sbin/attrd_updater /usr/sbin/crm_node; do
            name=${tool##*/}
            printf '#!/bin/sh\n%s "$@" | tee %s\n' "$tool" "$tools/$name.answer" > "$keeping/$name"
            printf '#!/bin/sh\nexec cat %s\n' "$tools/$name.answer" > "$tools/$name"
        done
        chmod +x "$keeping"/* "$tools"/*
        OVNDBCTL_TOOLS=$keeping ovndbctl list > /dev/null
        rm -r "$keeping"
        OVNDBCTL_TOOLS=$tools ovndbctl list | grep -q ' is active since '
        """;

    /// <summary>
    /// For python3: arguments are how many calls, and the command with its arguments. It prints a line a call, as the monitor's script does. Output goes where nobody reads it, so that it is no terminal.
    /// </summary>
    public const string Calls = """
        import os, sys, time
        count, command = int(sys.argv[1]), sys.argv[2:]
        null = os.open(os.devnull, os.O_RDWR)
        files = [(os.POSIX_SPAWN_DUP2, null, number) for number in (0, 1, 2)]
        for _ in range(count):
            begin = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
            pid = os.posix_spawn(command[0], command, os.environ, file_actions=files)
            _, status, usage = os.wait4(pid, 0)
            wall = time.clock_gettime_ns(time.CLOCK_MONOTONIC) - begin
            print(os.waitstatus_to_exitcode(status), wall // 1000, round((usage.ru_utime + usage.ru_stime) * 1e6), flush=True)
        """;
}
