using System.Globalization;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Ctl.Judging;

/// <summary>A planned move, as it looks before it begins.</summary>
/// <param name="Verdict">What it would be.</param>
/// <param name="From">The active node; empty if there is none.</param>
/// <param name="To">The node that is to be active; empty if there is none.</param>
/// <param name="Reason">Why it is so.</param>
/// <param name="NextStep">What to do instead, as a command; null where there is nothing.</param>
internal sealed record SwitchoverPlan(SwitchoverVerdict Verdict, string From, string To, string Reason, string? NextStep = null)
{
    /// <summary>Decides about a move. Pure: what is not known counts against it.</summary>
    /// <param name="view">The cluster.</param>
    /// <param name="to">The node that is asked for, which is one of the cluster's; null for the best.</param>
    /// <param name="isSentAhead">Whether backups replicate from the nodes' own addresses by listeners of their own: only then everything reaches them before a move.</param>
    public static SwitchoverPlan Decide(ClusterView view, string? to, bool isSentAhead)
    {
        if (RefusalOfCluster(view) is { } refused)
        {
            return refused;
        }

        var from = view.Active!;
        if (to == from)
        {
            return new SwitchoverPlan(SwitchoverVerdict.NothingToDo, from, to, $"{to} is the active node");
        }

        if (to is null)
        {
            return view.Nodes.Where(CanBe).OrderByDescending(node => node.Score).ThenByDescending(IsFollowing).FirstOrDefault() is { } best
                ? OfTarget(view, best, isSentAhead)
                : Refuse(from, string.Empty, "no other node can be promoted", "ovndbctl list");
        }

        var target = view.Nodes.First(node => node.Name == to);
        return CanBe(target)
            ? OfTarget(view, target, isSentAhead)
            : Refuse(from, to, $"{to} cannot be promoted: {target.Reason}", $"ovndbctl why {to}");
    }

    /// <summary>The plan as it is shown.</summary>
    public SwitchoverView ToView() =>
        new()
        {
            Verdict = Verdict,
            From = From.Length == 0 ? null : From,
            To = To.Length == 0 ? null : To,
            Reason = Reason,
            NextStep = NextStep,
        };

    private static SwitchoverPlan? RefusalOfCluster(ClusterView view) =>
        ClusterUnfit.Find(view) is { } unfit ? Refuse("", "", unfit.Reason, unfit.NextStep)
        : view.Active is not { } active ? Refuse("", "", "nobody is active", "ovndbctl why")
        // It would not follow the databases, and clients would reach nobody for longer.
        : view.Address is { Resource: { } resource } address && address.Node != active
            ? Refuse(
                active,
                "",
                address.Node is { } holder ? $"{address.Ip} is on {holder}, not on {active}" : $"{address.Ip} is on no node",
                $"crm_resource --why --resource {resource}"
            )
        : null;

    private static SwitchoverPlan OfTarget(ClusterView view, NodeView target, bool isSentAhead)
    {
        var active = view.Active!;
        var look = Judging.NextStep.On(target.Name, "ovndbctl check", view.LocalNode);
        return view switch
        {
            { IsRecordUnknown: true } => MayLose(
                "a promotion is on record in a form that this version does not know; upgrade the agent and this command",
                null
            ),
            // Pacemaker's own way demotes as planned, too, and the next promotion is on record.
            _ when view.Promotion is not { Closed: false } promotion || promotion.Node != active => MayLose(
                "no open promotion of the active node is on record to measure copies by, as where another agent promoted it",
                $"pcs node standby {active}  # then: pcs node unstandby {active}"
            ),
            _ when target.Copy != nameof(CopyState.Current) => MayLose($"the copy on {target.Name} is not proven: {target.Reason}", look),
            _ when !IsFollowing(target) => MayLose($"{target.Name} is not connected to {active}", look),
            { Promotion: { Number: var number } } when target.Northbound.Promotion != number || target.Southbound.Promotion != number =>
                MayLose(string.Create(CultureInfo.InvariantCulture, $"{target.Name} does not hold promotion {number}"), look),
            _ when !isSentAhead => MayLose(
                "backups replicate through the clients' address, which leaves before the databases do",
                $"ovndbctl switchover --to {target.Name} --allow-loss"
            ),
            _ => new SwitchoverPlan(
                SwitchoverVerdict.Lossless,
                active,
                target.Name,
                $"{target.Name} follows {active}, which sends everything before it ends"
            ),
        };

        SwitchoverPlan MayLose(string doubt, string? next) => new(SwitchoverVerdict.MayLose, active, target.Name, doubt, next);
    }

    private static bool IsFollowing(NodeView node) => node is { Northbound.Connected: true, Southbound.Connected: true };

    private static bool CanBe(NodeView node) =>
        node is { Condition: NodeCondition.Online, Role: InstanceRole.Unpromoted, IsPromotable: true };

    private static SwitchoverPlan Refuse(string from, string to, string reason, string? next) =>
        new(SwitchoverVerdict.Refused, from, to, reason, next);
}
