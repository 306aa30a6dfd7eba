using OvndbOcf.Campaign.Plan;
using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Faults;

/// <summary>What happens to a whole node.</summary>
internal static class NodeFaults
{
    private static readonly TimeSpan FrozenFor = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan JumpedFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StarvedFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AttributesStoppedFor = TimeSpan.FromSeconds(8);

    private const string AttributeManager = "/usr/lib/pacemaker/pacemaker-attrd";

    /// <summary>The kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        new("power failure", FaultClass.NodeLoss, (site, stop) => site.Node.PowerOffAsync(stop))
        {
            // Fencing boots it; where it was found to be off there is nothing more to fence, and a person presses the button.
            Lasts = TimeSpan.FromSeconds(20),
            Undo = (site, stop) => site.Node.PowerOnAsync(stop),
        },
        new("reboot", FaultClass.Planned, (site, stop) => site.Node.ShutDownAsync(stop))
        {
            // How long the node's services take to end is not what is measured: a pacemakerd that was killed once, and so is not its daemons' parent, takes 30 s.
            Undo = (site, stop) => site.Node.PowerOnAsync(stop),
        },
        new("SIGKILL of pacemakerd", FaultClass.Unplanned, (site, stop) => site.RunAsync("pkill -KILL -x pacemakerd", stop)),
        new(
            "SIGKILL of all of Pacemaker",
            FaultClass.NodeLoss,
            (site, stop) => site.RunAsync("pkill -KILL -x pacemakerd; pkill -KILL -f /usr/lib/pacemaker/", stop)
        ),
        new(
            "SIGKILL of Pacemaker's executor",
            FaultClass.Unplanned,
            (site, stop) => site.RunAsync("pkill -KILL -f /usr/lib/pacemaker/pacemaker-execd", stop)
        ),
        new(
            "SIGKILL of Pacemaker's attribute manager",
            FaultClass.Unplanned,
            (site, stop) => site.RunAsync($"pkill -KILL -f {AttributeManager}", stop)
        ),
        new(
            "SIGSTOP of Pacemaker's attribute manager",
            FaultClass.Unplanned,
            (site, stop) => site.RunAsync($"pkill -STOP -f {AttributeManager}", stop)
        )
        {
            Lasts = AttributesStoppedFor,
            Undo = ContinueAttributesAsync,
        },
        new(
            "SIGSTOP of Pacemaker's attribute manager, then the NB server killed",
            FaultClass.Unplanned,
            (site, stop) =>
                site.RunAsync(
                    $"pkill -STOP -f {AttributeManager} && sleep 2 && pkill -KILL -f -- \"ovsdb-server .*--unixctl=$RUN/ovnnb_db.ctl\"",
                    stop
                )
        )
        {
            Only = FaultTarget.Active,
            Lasts = AttributesStoppedFor,
            Undo = ContinueAttributesAsync,
        },
        new("SIGKILL of corosync", FaultClass.NodeLoss, (site, stop) => site.RunAsync("pkill -KILL -x corosync", stop)),
        new("the node freezes", FaultClass.NodeLoss, (site, stop) => site.Node.FreezeAsync(stop))
        {
            Lasts = FrozenFor,
            Undo = (site, stop) => site.Node.ThawAsync(stop),
        },
        Clock("clock an hour ahead", "+3600"),
        Clock("clock an hour behind", "-3600"),
        new(
            "no CPU time",
            FaultClass.Unplanned,
            (site, stop) =>
                site.RunAsync(
                    $"for n in 1 2 3 4 5 6 7 8; do timeout {StarvedFor.TotalSeconds:0} sh -c 'while :; do :; done' >/dev/null 2>&1 & done",
                    stop
                )
        )
        {
            Lasts = StarvedFor,
        },
        new(
            "no memory",
            FaultClass.Unplanned,
            (site, stop) =>
                site.RunAsync("timeout 15 python3 -c 'import time; hog = bytearray(300 << 20); time.sleep(8)' >/dev/null 2>&1 & true", stop)
        )
        {
            Lasts = TimeSpan.FromSeconds(8),
        },
    ];

    /// <summary>Where pacemakerd has lost patience with it, there is another one by then.</summary>
    private static Task ContinueAttributesAsync(FaultSite site, CancellationToken cancellationToken) =>
        site.RunAsync($"pkill -CONT -f {AttributeManager} || true", cancellationToken);

    /// <summary>For the cluster's daemons and all that they start, not for those who watch.</summary>
    private static FaultKind Clock(string name, string offset) =>
        new(name, FaultClass.Unplanned, (site, stop) => site.Node.SetClockOffsetAsync(offset, stop))
        {
            Lasts = JumpedFor,
            Undo = (site, stop) => site.Node.SetClockOffsetAsync("+0", stop),
        };
}
