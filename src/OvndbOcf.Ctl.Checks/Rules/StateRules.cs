using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>What the cluster does with the databases and their address now.</summary>
internal static class StateRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("nobody-promoted", Severity.Error, NobodyPromoted),
        new("address-nobody", Severity.Error, AddressNowhere),
        new("address-twice", Severity.Error, AddressTwice),
        new("address-elsewhere", Severity.Error, AddressElsewhere),
        new("failures", Severity.Warning, Failures),
        new("node-standby", Severity.Hint, Standby),
        new("node-offline", Severity.Hint, Offline),
        new("pacemaker-versions", Severity.Hint, Versions),
    ];

    // What was told not to run is told of by the rule that says so.
    private static bool ShallRun(CheckedCluster cluster) =>
        cluster.Configuration.Meta(cluster.Primitive, "target-role")?.Value is not ("Stopped" or "stopped")
        && cluster.Configuration.Flag("stop-all-resources") != true;

    private static Verdict NobodyPromoted(CheckedCluster cluster) =>
        cluster.State.Judge(state =>
            ShallRun(cluster) && state.PromotedNodesOf(cluster.Primitive.Id).Count == 0
                ? Verdict.Of(
                    $"no node has {cluster.Primitive.OuterId} promoted: clients reach nobody",
                    Shell.Command(["ovndbctl", "why", .. cluster.Others.Count > 0 ? new[] { "--resource", cluster.Primitive.Id } : []])
                )
                : Verdict.Fine
        );

    private static Verdict AddressNowhere(CheckedCluster cluster) =>
        cluster.State.Judge(state =>
            cluster.AddressResource is { } address
            && ShallRun(cluster)
            && state.PromotedNodesOf(cluster.Primitive.Id).Count > 0
            && state.NodesOf(address.Id).Count == 0
                ? Verdict.Of(
                    $"{address.Id} runs nowhere, though {cluster.Primitive.OuterId} is promoted: clients reach nobody",
                    cluster.Configuration.Meta(address, "target-role") is { Value: "Stopped" or "stopped", Owner: { } owner }
                        ? Shell.Command("pcs", "resource", "enable", owner)
                        : Shell.Command("pcs", "resource", "cleanup", address.OuterId)
                )
                : Verdict.Fine
        );

    private static Verdict AddressTwice(CheckedCluster cluster) =>
        cluster.State.Judge(state =>
            cluster.AddressResource is { } address && state.NodesOf(address.Id) is { Count: > 1 } nodes
                ? Verdict.Of(
                    $"{address.Id} runs on several nodes: {string.Join(", ", nodes)}; clients reach any of them",
                    Shell.Command("pcs", "resource", "restart", address.OuterId)
                )
                : Verdict.Fine
        );

    private static Verdict AddressElsewhere(CheckedCluster cluster) =>
        cluster.State.Judge(state =>
            cluster.AddressResource is { } address
            && state.NodesOf(address.Id) is [var there]
            && state.PromotedNodesOf(cluster.Primitive.Id) is [var promoted]
            && there != promoted
                ? Verdict.Of(
                    $"{address.Id} is on {there}, and {cluster.Primitive.OuterId} is promoted on {promoted}: clients find a backup; correct the constraints, and what keeps the cluster from acting",
                    Shell.Command("pcs", "resource", "cleanup", address.OuterId)
                )
                : Verdict.Fine
        );

    private static Verdict Failures(CheckedCluster cluster) =>
        cluster.State.Judge(state =>
            Verdict.Of(
                state
                    .FailCounts.Where(failures =>
                        failures.Count >= Score.Infinity
                        && (failures.Resource == cluster.Primitive.Id || failures.Resource == cluster.AddressResource?.Id)
                    )
                    .Select(failures => new Problem(
                        $"{failures.Resource} failed on {failures.Node} in a way that keeps the cluster from running it there; find the cause in the log first",
                        Shell.Command("pcs", "resource", "cleanup", failures.Resource, $"node={failures.Node}")
                    ))
            )
        );

    private static Verdict Standby(CheckedCluster cluster) =>
        cluster.State.Judge(state =>
            Verdict.Of(
                state
                    .Nodes.Where(node => node.IsOnline && (node.IsStandby || node.IsInMaintenance))
                    .Select(node => new Problem(
                        node.IsStandby
                            ? $"{node.Name} is in standby: it has no copy that could take over"
                            : $"{node.Name} is in maintenance: Pacemaker recovers nothing there",
                        Shell.Command("pcs", "node", node.IsStandby ? "unstandby" : "unmaintenance", node.Name)
                    ))
            )
        );

    private static Verdict Offline(CheckedCluster cluster) =>
        cluster.State.Judge(state =>
            Verdict.Of(
                state
                    .Nodes.Where(node => !node.IsOnline)
                    .Select(node => new Problem($"{node.Name} is not there: it has no copy that could take over"))
            )
        );

    private static Verdict Versions(CheckedCluster cluster) =>
        cluster.State.Judge(state =>
        {
            var online = state.Nodes.Where(node => node.IsOnline).ToList();
            return online.Exists(node => node.FeatureSet is null)
                    ? Verdict.Undecided("this release of Pacemaker does not tell the versions of the nodes")
                : online.Select(node => node.FeatureSet).Distinct().Count() > 1
                    ? Verdict.Of(
                        $"the nodes have different versions of Pacemaker ({string.Join(", ", online.Select(node => $"{node.Name}: {node.FeatureSet}"))}): finish the upgrade"
                    )
                : Verdict.Fine;
        });
}
