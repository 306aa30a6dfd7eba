using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Faults;

/// <summary>What happens to the processes that the agent runs.</summary>
internal static class ProcessFaults
{
    // The pidfile of a server may be gone by an earlier fault. The parent is the process that starts it anew (--monitor).
    private const string Functions = """
        worker() { if [ "$1" = ovn-northd ]; then cat "$RUN/$1.pid"; else pgrep -f -- "ovsdb-server .*--unixctl=$RUN/$1.ctl"; fi; }
        parent() { pid=$(worker "$1") && ppid=$(cut -d ' ' -f 4 "/proc/$pid/stat") && [ "$ppid" -gt 1 ] && grep -qa ovs "/proc/$ppid/cmdline" && echo "$ppid"; }
        hit() { [ -n "${2// /}" ] && kill -s "$1" $2; }

        """;

    private static readonly TimeSpan NorthdPause = TimeSpan.FromSeconds(2);

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Of("SIGKILL of the NB server", "hit KILL $(worker ovnnb_db)"),
        Of("SIGKILL of the SB server", "hit KILL $(worker ovnsb_db)"),
        Of("SIGKILL of both servers", "hit KILL \"$(worker ovnnb_db) $(worker ovnsb_db)\""),
        Of("SIGSEGV of the NB server", "hit SEGV $(worker ovnnb_db)"),
        Of("SIGSEGV of the SB server", "hit SEGV $(worker ovnsb_db)"),
        Of("SIGSTOP of the NB server", "hit STOP $(worker ovnnb_db)"),
        Of("SIGSTOP of the SB server", "hit STOP $(worker ovnsb_db)"),
        Of("SIGSTOP of both servers", "hit STOP \"$(worker ovnnb_db) $(worker ovnsb_db)\""),
        Of("SIGKILL of northd", "hit KILL $(worker ovn-northd)") with
        {
            Only = Plan.FaultTarget.Active,
        },
        Of(
            "SIGKILL of northd, again and again",
            $"(for n in 1 2 3 4 5 6; do hit KILL $(worker ovn-northd); sleep {NorthdPause.TotalSeconds:0}; done) >/dev/null 2>&1 &"
        ) with
        {
            Only = Plan.FaultTarget.Active,
            Lasts = 6 * NorthdPause,
        },
        Of("SIGSTOP of northd", "hit STOP $(worker ovn-northd)") with
        {
            Only = Plan.FaultTarget.Active,
        },
        Of("northd paused", "ovn-appctl --timeout=5 -t ovn-northd pause") with
        {
            Only = Plan.FaultTarget.Active,
            Meanwhile = new Expectation(
                "ovn-northd works again",
                (site, stop) => site.AnywhereAsync("ovn-appctl --timeout=3 -t ovn-northd status | grep -q 'Status: active'", stop)
            )
            {
                // The monitor that looks at everything anew comes within 55 s, if nothing calls for it before.
                Limit = 60,
            },
            Undo = (site, stop) => site.RunAsync("ovn-appctl --timeout=5 -t ovn-northd resume || true", stop),
        },
        Of("SIGKILL of the servers' monitor processes", "hit KILL \"$(parent ovnnb_db) $(parent ovnsb_db)\""),
    ];

    private static FaultKind Of(string name, string command) =>
        new(name, FaultClass.Unplanned, (site, stop) => site.RunAsync(Functions + command, stop));
}
