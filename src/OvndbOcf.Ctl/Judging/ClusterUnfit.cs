using OvndbOcf.Ctl.Checks.Rules;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Judging;

/// <summary>Why the cluster as a whole is not fit for a promotion that a person asks for.</summary>
/// <param name="Reason">Why.</param>
/// <param name="NextStep">What to do, as a command.</param>
internal sealed record ClusterUnfit(string Reason, string NextStep)
{
    /// <summary>What speaks against it; null if nothing does. Pure: what is not known speaks against it.</summary>
    public static ClusterUnfit? Find(ClusterView view) =>
        view switch
        {
            { PacemakerAnswers: false } => new("Pacemaker does not answer on this node", "systemctl status corosync pacemaker"),
            { HasQuorum: not true } => new("the cluster has no quorum", "corosync-quorumtool -s"),
            { IsInMaintenance: true } => new("the cluster is in maintenance mode", Unmanaged.EndOfMaintenanceMode),
            { Halt: { } halt } => new(halt.Text, halt.Command),
            _ when LeftMoves.Of(view) is [var left, ..] => new(
                $"an earlier move left a constraint behind: {string.Join(", ", left.Ids)}",
                left.Command
            ),
            _ when view.Nodes.Count(node => node.Role == InstanceRole.Promoted) > 1 => new("two nodes are promoted", "ovndbctl list"),
            _ when view.Nodes.FirstOrDefault(node => node.Role == InstanceRole.Changing) is { } busy => new(
                $"an action is under way on {busy.Name}",
                "ovndbctl list --watch"
            ),
            _ => null,
        };
}
