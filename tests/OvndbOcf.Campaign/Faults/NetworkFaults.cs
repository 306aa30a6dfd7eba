using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Faults;

/// <summary>What happens between nodes. The cuts are routing rules; they end when the node is powered off.</summary>
internal static class NetworkFaults
{
    private static readonly TimeSpan Cut = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShortCut = TimeSpan.FromSeconds(8);

    // What comes in is dropped by a rule that stands before the one that delivers it, which is the first of all by default.
    private const string Incoming = """
        drop_incoming() {
            ip rule add pref 100 lookup local
            ip rule del pref 0
            for peer in "$@"; do ip rule add pref 7 from "$peer" blackhole || exit 1; done
        }
        drop_outgoing() { for peer in "$@"; do ip rule add pref 7 to "$peer" blackhole || exit 1; done; }

        """;

    // After a reboot there is nothing to take back.
    private const string Restore = """
        while ip rule del pref 7 2>/dev/null; do :; done
        if ip rule | grep -q '^100:'; then ip rule add pref 0 lookup local && ip rule del pref 100; fi
        """;

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        Of("network cut both ways", FaultClass.NodeLoss, Cut, "drop_incoming $OTHERS $CLIENTS; drop_outgoing $OTHERS $CLIENTS"),
        Of("network cut, the node cannot send", FaultClass.NodeLoss, Cut, "drop_outgoing $OTHERS"),
        Of("network cut, the node cannot receive", FaultClass.NodeLoss, Cut, "drop_incoming $OTHERS"),
        Of("network cut from clients only", FaultClass.Unplanned, ShortCut, "drop_incoming $CLIENTS") with
        {
            Only = FaultTarget.Active,
        },
        Of(
            "replication cut",
            FaultClass.Unplanned,
            ShortCut,
            "for port in 6641 6642; do for peer in $OTHERS; do ip rule add pref 7 ipproto tcp sport $port to $peer blackhole || exit 1; done; done"
        ) with
        {
            Only = FaultTarget.Active,
        },
        new("address removed by hand", FaultClass.Unplanned, (site, stop) => site.RunAsync("ip address delete \"$VIP/24\" dev eth0", stop))
        {
            Only = FaultTarget.Active,
        },
    ];

    private static FaultKind Of(string name, FaultClass kind, TimeSpan lasts, string command) =>
        new(name, kind, (site, stop) => site.RunAsync(Incoming + command, stop))
        {
            Lasts = lasts,
            Undo = (site, stop) => site.RunAsync(Restore, stop),
        };
}
