using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;
using OvndbOcf.Simulation;

namespace OvndbOcf.Campaign.Faults;

/// <summary>What servers need from the kernel and do not get: a port, descriptors, room on the disk.</summary>
internal static class LimitFaults
{
    private static readonly TimeSpan ExhaustedFor = TimeSpan.FromSeconds(12);

    // One try: where the promotion fails, the instance may be promoted elsewhere.
    private const string MoveOnce =
        "crm_resource --resource ovndb-clone --move --node $NODE --promoted && { crm_resource --wait --timeout=8s; true; }";
    private const string ClearMove = "crm_resource --resource ovndb-clone --clear --node $NODE --promoted";

    // The limit is one of numbers, not of how many there are. Clients that do not get in wait in the kernel's queue.
    private const string Exhaust = """
        set -e
        pid=$(pgrep -f -- "ovsdb-server .*--unixctl=$RUN/ovnnb_db.ctl")
        last=$(ls "/proc/$pid/fd" | sort -n | tail -n 1)
        echo "$pid $(prlimit --pid "$pid" --nofile --output SOFT --noheadings)" > /run/descriptors
        prlimit --pid "$pid" --nofile=$((last + 4)):
        timeout 12 python3 -c 'import socket, sys, time
        clients = [socket.socket() for n in range(40)]
        for client in clients:
            client.setblocking(False)
            client.connect_ex((sys.argv[1], 6641))
        time.sleep(12)' "$VIP" >/dev/null 2>&1 &
        """;

    private const string EndExhaustion = """
        if [ -e /run/descriptors ]; then
            read -r pid soft < /run/descriptors
            if grep -qa ovsdb-server "/proc/$pid/cmdline"; then prlimit --pid "$pid" --nofile="$soft": || exit 1; fi
            rm /run/descriptors
        fi
        """;

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new(
            "NB port taken by another process, then a move there",
            FaultClass.Planned,
            async (site, stop) =>
            {
                await site.RunAsync(TakenPort.Take(6641, seconds: 300), stop);
                await site.AnywhereAsync(MoveOnce, stop);
                await site.AnywhereAsync(ClearMove, stop);
            }
        )
        {
            Only = FaultTarget.Backup,
            Meanwhile = Expectation.ClientsCanWrite,
            Undo = async (site, stop) =>
            {
                await site.RunAsync(TakenPort.Free, stop);
                await site.AnywhereAsync(ClearMove, stop);
            },
        },
        new("descriptors of the NB server exhausted", FaultClass.Unplanned, (site, stop) => site.RunAsync(Exhaust, stop))
        {
            Only = FaultTarget.Active,
            Lasts = ExhaustedFor,
            Undo = (site, stop) => site.RunAsync(EndExhaustion, stop),
        },
        new(
            "disk of the active servers full, then the NB server killed",
            FaultClass.Unplanned,
            (site, stop) =>
                site.RunAsync($"{DatabaseDisks.Fill} && sleep 1 && pkill -KILL -f -- \"ovsdb-server .*--unixctl=$RUN/ovnnb_db.ctl\"", stop)
        )
        {
            Only = FaultTarget.Active,
            Meanwhile = Expectation.ClientsCanWrite,
            Undo = (site, stop) => site.RunAsync(DatabaseDisks.MakeRoom, stop),
        },
    ];
}
