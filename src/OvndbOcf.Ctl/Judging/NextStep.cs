using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;

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
        OfNode(words.Condition, node)
        ?? words switch
        {
            { Role: InstanceRole.Stopped, Condition: NodeCondition.Online } => CleanUp(facts, node),
            { Role: InstanceRole.Unpromoted, IsAble: false } => $"df -h; crm_mon --one-shot --include=failures",
            { Role: InstanceRole.Unpromoted, Copy: CopyState.SchemaTooOld } =>
                "ovsdb-client get-schema-version unix:/run/ovn/ovnnb_db.sock",
            {
                Role: InstanceRole.Unpromoted,
                Copy: CopyState.Outdated or CopyState.Foreign or CopyState.Unmarked or CopyState.Empty,
                Active: null,
            } when latest is not null && latest != node => OfLatest(latest, facts),
            _ => null,
        };

    /// <summary>The command that lets Pacemaker try again after failures.</summary>
    public static string CleanUp(ClusterFacts facts, string node) => $"crm_resource --cleanup --resource {facts.Resource.Id} --node {node}";

    // The data is there: what keeps it from clients?
    private static string? OfLatest(string latest, ClusterFacts facts) =>
        OfNode(facts.Status?.Nodes.GetValueOrDefault(latest) ?? NodeCondition.Unknown, latest)
        ?? (
            facts.Status?.Instances.Any(instance => instance.Resource == facts.Resource.Id && instance.Node == latest) == true
                ? $"ovndbctl why {latest}"
                : CleanUp(facts, latest)
        );

    private static string? OfNode(NodeCondition condition, string node) =>
        condition switch
        {
            NodeCondition.Offline => $"pcs cluster start {node}",
            NodeCondition.Standby => $"pcs node unstandby {node}",
            NodeCondition.Maintenance => $"pcs node unmaintenance {node}",
            NodeCondition.Unclean => "crm_mon --one-shot --include=fencing",
            _ => null,
        };
}
