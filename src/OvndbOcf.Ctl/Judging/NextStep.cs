using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Pacemaker.Status;

namespace OvndbOcf.Ctl.Judging;

/// <summary>What a person can do about a node that cannot be promoted, as a command to paste. Pure.</summary>
internal static class NextStep
{
    /// <summary>The command; null where there is nothing to do, or nothing that a command does.</summary>
    /// <param name="words">What is known of the node.</param>
    /// <param name="node">The node.</param>
    /// <param name="latest">The node of the latest promotion, which has what others lack; null if none is on record.</param>
    /// <param name="facts">What is known of the cluster.</param>
    public static string? For(ScoreFacts words, string node, string? latest, ClusterFacts facts) =>
        OfNode(words.Condition, node, facts)
        ?? words switch
        {
            { Role: InstanceRole.Stopped, Condition: NodeCondition.Online } => facts.IsBanned(node) ? null : ToStart(facts, node),
            { Role: InstanceRole.Unpromoted, IsAble: false } => On(node, "df -h; crm_mon --one-shot --include=failures", facts),
            { Role: InstanceRole.Unpromoted, Copy: CopyState.SchemaTooOld } => On(
                node,
                "ovsdb-client get-schema-version unix:/run/ovn/ovnnb_db.sock",
                facts
            ),
            {
                Role: InstanceRole.Unpromoted,
                Copy: CopyState.Outdated or CopyState.Foreign or CopyState.Unmarked or CopyState.Empty,
                Active: var active,
            } => active is not null ? On(node, "ovndbctl check", facts)
            : latest is not null && latest != node ? OfLatest(latest, facts)
            : null,
            _ => null,
        };

    /// <summary>A command of what only that node can tell: ports towards the active node, disks, versions. A comment does no harm where the line is pasted.</summary>
    public static string On(string node, string command, string? localNode) => node == localNode ? command : $"{command}  # on {node}";

    private static string On(string node, string command, ClusterFacts facts) => On(node, command, facts.LocalNode);

    /// <summary>The command that lets Pacemaker try again after failures.</summary>
    public static string CleanUp(ClusterFacts facts, string node) => $"crm_resource --cleanup --resource {facts.Resource.Id} --node {node}";

    /// <summary>The command that goes on after a failed action.</summary>
    public static string After(FailedAction failure, ClusterFacts facts) =>
        failure.IsNotConfigured ? "ovndbctl check" : CleanUp(facts, failure.Node);

    private static string ToStart(ClusterFacts facts, string node) => Halt.Of(facts)?.Command ?? CleanUp(facts, node);

    // The data is there: what keeps it from clients?
    private static string? OfLatest(string latest, ClusterFacts facts) =>
        OfNode(facts.Status?.Nodes.GetValueOrDefault(latest) ?? NodeCondition.Unknown, latest, facts)
        ?? (
            facts.Status?.Instances.Any(instance => instance.Resource == facts.Resource.Id && instance.Node == latest) == true
                ? $"ovndbctl why {latest}"
            : facts.IsBanned(latest) ? $"crm_resource --constraints --resource {facts.Resource.CloneId}"
            : ToStart(facts, latest)
        );

    private static string? OfNode(NodeCondition condition, string node, ClusterFacts facts) =>
        condition switch
        {
            NodeCondition.Offline when facts.Cib.RemoteNodes.FirstOrDefault(remote => remote.Name == node) is { } remote => remote.IsGuest
                ? $"crm_resource --cleanup --resource {remote.Resource}"
                : On(node, "systemctl start pacemaker_remote", facts),
            NodeCondition.Offline => $"pcs cluster start {node}",
            NodeCondition.Standby => $"pcs node unstandby {node}",
            NodeCondition.Maintenance => $"pcs node unmaintenance {node}",
            NodeCondition.Unclean => "crm_mon --one-shot --include=fencing",
            _ => null,
        };
}
