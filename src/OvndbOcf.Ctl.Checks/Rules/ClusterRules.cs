using System.Globalization;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>The options of the cluster: fencing, quorum, and what keeps Pacemaker from acting.</summary>
internal static class ClusterRules
{
    // load-threshold, as Pacemaker has it (pacemaker-controld(7)).
    private const double UsualThreshold = 0.8;

    public static IReadOnlyList<Rule> All { get; } =
    [
        new("cluster-down", Severity.Warning, Down),
        new("fencing-disabled", Severity.Error, FencingDisabled),
        new("fencing-no-device", Severity.Error, NoDevice),
        new("fence-device-down", Severity.Warning, DeviceDown),
        new("quorum-ignored", Severity.Error, QuorumIgnored),
        new("two-node", Severity.Error, TwoNode),
        new("wait-for-all", Severity.Warning, WaitForAll),
        new("maintenance-mode", Severity.Warning, Maintenance),
        new("stop-all-resources", Severity.Error, StopAll),
        new("load-threshold", Severity.Hint, LoadThreshold),
    ];

    private static Verdict Down(CheckedCluster cluster) =>
        cluster.IsLive
            ? Verdict.Fine
            : Verdict.Of(
                "Pacemaker does not answer on this node: the configuration is the last one on disk, and what the cluster does is not known",
                Shell.Command("pcs", "cluster", "start")
            );

    // Pacemaker's name of today, and the one that all releases take.
    private static bool? Fencing(CheckedCluster cluster) => cluster.Configuration.Flag("fencing-enabled", "stonith-enabled");

    private static Verdict FencingDisabled(CheckedCluster cluster) =>
        Fencing(cluster) == false
            ? Verdict.Of(
                "fencing is disabled: a node that cannot be reached keeps its active servers, beside those that take over, and rows are lost",
                Pcs.Property(
                    cluster.Configuration.Properties.ContainsKey("fencing-enabled") ? "fencing-enabled" : "stonith-enabled",
                    "true"
                )
            )
            : Verdict.Fine;

    private static Verdict NoDevice(CheckedCluster cluster)
    {
        var watchdog =
            cluster.Configuration.Flag("have-watchdog") == true
            && (
                cluster.Configuration.Properties.GetValueOrDefault("fencing-watchdog-timeout")
                ?? cluster.Configuration.Properties.GetValueOrDefault("stonith-watchdog-timeout")
            )
                is { } timeout
            && Duration.TryParse(timeout) is not { Ticks: 0 };
        return
            Fencing(cluster) == false
            || watchdog
            || cluster.Configuration.Primitives.Any(primitive =>
                primitive.Agent.StartsWith("stonith:", StringComparison.Ordinal)
                && cluster.Configuration.Meta(primitive, "target-role")?.Value is not ("Stopped" or "stopped")
            )
            ? Verdict.Fine
            : Verdict.Of(
                "fencing is enabled, and no fence device is there: Pacemaker starts nothing, or nothing more once a node is lost; 'pcs stonith list' shows the agents, 'pcs stonith create' makes a device"
            );
    }

    private static Verdict DeviceDown(CheckedCluster cluster) =>
        Fencing(cluster) == false
            ? Verdict.Fine
            : cluster.State.Judge(state =>
                Verdict.Of(
                    cluster
                        .Configuration.Primitives.Where(primitive =>
                            primitive.Agent.StartsWith("stonith:", StringComparison.Ordinal) && state.NodesOf(primitive.Id).Count == 0
                        )
                        .Select(primitive => new Problem(
                            $"the fence device {primitive.Id} is started nowhere: the cluster may not be able to fence by it; see its failures",
                            Shell.Command("pcs", "stonith", "cleanup", primitive.Id)
                        ))
                )
            );

    private static Verdict QuorumIgnored(CheckedCluster cluster) =>
        cluster.Configuration.Properties.GetValueOrDefault("no-quorum-policy") is "ignore"
            ? Verdict.Of(
                "no-quorum-policy is ignore: when the network between nodes fails, both parts promote a server",
                Pcs.Property("no-quorum-policy", string.Empty)
            )
            : Verdict.Fine;

    private static Verdict TwoNode(CheckedCluster cluster) =>
        cluster.Configuration.Nodes.Count != 2
            ? Verdict.Fine
            : cluster.Node.Corosync.Judge(corosync =>
                corosync.IsTwoNode
                || corosync.HasDevice
                || cluster.Configuration.Properties.GetValueOrDefault("no-quorum-policy") is "ignore"
                    ? Verdict.Fine
                    : Verdict.Of(
                        "the cluster has two nodes, and /etc/corosync/corosync.conf has no 'two_node: 1' in its section quorum: when a node is lost, the other one has no quorum and runs nothing; add the line on both nodes, then restart Corosync"
                    )
            );

    private static Verdict WaitForAll(CheckedCluster cluster) =>
        cluster.Configuration.Nodes.Count != 2
            ? Verdict.Fine
            : cluster.Node.Corosync.Judge(corosync =>
                corosync is { IsTwoNode: true, WaitsForAll: false, HasDevice: false }
                    ? Verdict.Of(
                        "wait_for_all is off: a node that starts alone fences the other one, again and again where only the network between them is down",
                        Shell.Then(
                            Shell.Command("pcs", "cluster", "stop", "--all"),
                            Shell.Command("pcs", "quorum", "update", "wait_for_all=1"),
                            Shell.Command("pcs", "cluster", "start", "--all")
                        )
                    )
                    : Verdict.Fine
            );

    private static Verdict Maintenance(CheckedCluster cluster) =>
        cluster.Configuration.Flag("maintenance-mode") == true
            ? Verdict.Of("the cluster is in maintenance mode: Pacemaker recovers nothing", Unmanaged.EndOfMaintenanceMode)
            : Verdict.Fine;

    private static Verdict StopAll(CheckedCluster cluster) =>
        cluster.Configuration.Flag("stop-all-resources") == true
            ? Verdict.Of("stop-all-resources is on: the cluster runs nothing", Pcs.Property("stop-all-resources", "false"))
            : Verdict.Fine;

    private static Verdict LoadThreshold(CheckedCluster cluster)
    {
        if (Threshold(cluster.Configuration.Properties.GetValueOrDefault("load-threshold")) is not { } threshold)
        {
            return Verdict.Undecided("load-threshold is not readable");
        }

        return threshold < UsualThreshold
            ? Verdict.Of(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"load-threshold is {threshold:0%}: on a node with that load for each processor Pacemaker runs fewer actions side by side, a failover among them"
                ),
                Pcs.Property("load-threshold", string.Empty)
            )
            : cluster.Node.Load.Judge(load =>
                load > threshold
                    ? Verdict.Of(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"the load of this node is {load:0.0} for each processor, and load-threshold is {threshold:0%}: Pacemaker runs fewer actions side by side, a failover among them"
                        )
                    )
                    : Verdict.Fine
            );
    }

    private static double? Threshold(string? text) =>
        text is null ? UsualThreshold
        : double.TryParse(text.TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) ? percent / 100
        : null;
}
