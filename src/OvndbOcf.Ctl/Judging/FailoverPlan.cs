using System.Globalization;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Ctl.Judging;

/// <summary>A promotion of a copy that lacks data, as it looks before a person allows it.</summary>
internal sealed record FailoverPlan
{
    private FailoverPlan() { }

    /// <summary>Why it cannot be done, or must not; null if a person may allow it.</summary>
    public string? Refusal { get; private init; }

    /// <summary>What to do instead, as a command; null where there is nothing.</summary>
    public string? NextStep { get; private init; }

    /// <summary>The node that is to be active; empty if it is refused.</summary>
    public string Node { get; private init; } = string.Empty;

    /// <summary>How the node's copy compares.</summary>
    public CopyState Copy { get; private init; }

    /// <summary>The promotion whose data the copy holds; null if that is not known, or none.</summary>
    public long? Held { get; private init; }

    /// <summary>The latest promotion on record, whose data is lost.</summary>
    public PromotionView? Latest { get; private init; }

    /// <summary>The node of that promotion: offline, or online without its data; null if it does not belong to the cluster any more.</summary>
    public NodeView? LatestNode { get; private init; }

    /// <summary>Other nodes without a running instance, whose copies may be better.</summary>
    public IReadOnlyList<string> Unseen { get; private init; } = [];

    /// <summary>What a person types to accept exactly this loss; empty if it is refused.</summary>
    public string Phrase =>
        Refusal is not null ? string.Empty
        : Copy == CopyState.Empty ? "lose all rows"
        : Copy is CopyState.Outdated or CopyState.SchemaTooOld && Held == Latest!.Number
            ? string.Create(CultureInfo.InvariantCulture, $"lose rows of promotion {Latest.Number}")
        : string.Create(CultureInfo.InvariantCulture, $"lose promotion {Latest!.Number}");

    /// <summary>
    /// Decides. A loss is accepted only where it cannot be avoided: nobody is active, no copy online may be promoted or might turn out to be, and the node with the data is gone. Pure: what is not
    /// known counts against it.
    /// </summary>
    /// <param name="view">The cluster.</param>
    /// <param name="node">The node that is asked for, which is one of the cluster's; null for the one with the best copy.</param>
    public static FailoverPlan Decide(ClusterView view, string? node) =>
        ClusterUnfit.Find(view) is { } unfit ? Refuse(unfit.Reason, unfit.NextStep)
        : view.Active is { } active ? Refuse($"{active} is active, so there is no loss to accept", "ovndbctl switchover")
        : view.Nodes.FirstOrDefault(one => one.Condition == NodeCondition.Unclean) is { } unclean
            ? Refuse(
                $"{unclean.Name} failed and is not fenced yet: its servers may still take writes",
                "crm_mon --one-shot --include=fencing"
            )
        : view.IsRecordUnknown
            ? Refuse(
                "a promotion is on record in a form that this version does not know, so it is not known what copies lack; upgrade the agent and this command",
                "cibadmin --query --xpath \"//cluster_property_set[@id='ovn_ovsdb_master_server']\""
            )
        : view.Promotion is not { } latest ? Refuse("no promotion is on record, so no copy is known to lack anything", "ovndbctl why")
        : OfCopies(view, latest) ?? Choose(view, latest, node);

    /// <summary>
    /// The same promotion as the cluster is now. It is refused where anything else would be lost than what was confirmed: while a person reads and types, nodes come back. Pure.
    /// </summary>
    /// <param name="view">The cluster now.</param>
    public FailoverPlan Again(ClusterView view) =>
        Decide(view, Node) switch
        {
            { Refusal: null } now when now.Phrase != Phrase || now.Latest!.Number != Latest!.Number => Refuse(
                $"the loss is another one now ({now.Phrase})",
                $"ovndbctl failover --accept-loss {Node}"
            ),
            var now => now,
        };

    // Whoever may be promoted, or has what the others lack, is to be had without a loss.
    private static FailoverPlan? OfCopies(ClusterView view, PromotionView latest)
    {
        var running = view.Nodes.Where(IsRunning).ToList();
        if (running.Find(node => node.IsPromotable == true) is { } able)
        {
            return Refuse(
                $"{able.Name} may be promoted without a loss: {able.Reason}",
                $"crm_resource --why --resource {view.CloneId} --node {able.Name}"
            );
        }

        if (running.Find(node => node.IsPromotable is null) is { } unknown)
        {
            return Refuse($"it is not known yet whether {unknown.Name} may be promoted", "ovndbctl list --watch");
        }

        // Such as a port that another process holds.
        if (running.Find(node => StateOf(node) >= CopyState.New) is { } hindered)
        {
            return Refuse(
                $"{hindered.Name} has a better copy, and only something else keeps it: {hindered.Reason}",
                $"ovndbctl why {hindered.Name}"
            );
        }

        return view.Nodes.FirstOrDefault(node => node.Name == latest.Node) switch
        {
            null or { Condition: NodeCondition.Offline } => null,
            // It has lost its data, and says so itself.
            { } last when IsRunning(last) && CanBeAllowed(StateOf(last)) => null,
            { Condition: NodeCondition.Unknown or NodeCondition.Pending } last => Refuse(
                $"{last.Name} was promoted last, and it is not known whether it is online",
                "ovndbctl list --watch"
            ),
            { } last => Refuse(
                $"{last.Name} was promoted last, is {Problems.Words(last.Condition)}, and may have what the others lack; if its data is lost for good, stop the node first (pcs cluster stop {last.Name}, or a remote node: pcs resource disable {last.Name})",
                last.NextStep ?? $"ovndbctl why {last.Name}"
            ),
        };
    }

    private static FailoverPlan Choose(ClusterView view, PromotionView latest, string? name)
    {
        var candidates = view
            .Nodes.Where(node => IsRunning(node) && CanBeAllowed(StateOf(node)))
            .OrderByDescending(Rank)
            .ThenBy(node => node.Name, StringComparer.Ordinal)
            .ToList();
        if (name is not null && candidates.TrueForAll(node => node.Name != name))
        {
            return Refuse(Unfit(view.Nodes.First(node => node.Name == name)), $"ovndbctl why {name}");
        }

        if (candidates is not [var best, ..])
        {
            return Refuse("no node online has a copy that could be promoted", "ovndbctl why");
        }

        var equals = candidates.TakeWhile(node => Rank(node) == Rank(best)).Select(node => node.Name).ToList();
        if (name is null && equals.Count > 1)
        {
            return Refuse(
                $"{string.Join(" and ", equals)} have the same as far as is known, so one has to be named",
                $"ovndbctl failover --accept-loss {best.Name}"
            );
        }

        return name is not null && !equals.Contains(name)
            ? Refuse($"{best.Name} has a better copy than {name}: {best.Reason}", $"ovndbctl failover --accept-loss {best.Name}")
            : Allow(view, latest, candidates.Find(node => node.Name == name) ?? best);
    }

    private static FailoverPlan Allow(ClusterView view, PromotionView latest, NodeView node) =>
        new()
        {
            Node = node.Name,
            Copy = StateOf(node),
            Held = HeldBy(node),
            Latest = latest,
            LatestNode = view.Nodes.FirstOrDefault(one => one.Name == latest.Node),
            Unseen = [.. view.Nodes.Where(one => one.Name != latest.Node && !IsRunning(one)).Select(one => one.Name)],
        };

    private static string Unfit(NodeView node) =>
        node.Condition != NodeCondition.Online ? $"{node.Name} is {Problems.Words(node.Condition)}"
        : node.Role != InstanceRole.Unpromoted ? $"no instance runs on {node.Name}"
        : $"what the copy on {node.Name} lacks is not known";

    private static bool IsRunning(NodeView node) => node is { Condition: NodeCondition.Online, Role: InstanceRole.Unpromoted };

    private static bool CanBeAllowed(CopyState state) =>
        state is CopyState.Empty or CopyState.Unmarked or CopyState.Foreign or CopyState.Outdated or CopyState.SchemaTooOld;

    private static (CopyState State, long Held) Rank(NodeView node) => (StateOf(node), HeldBy(node) ?? 0);

    private static CopyState StateOf(NodeView node) => Enum.TryParse<CopyState>(node.Copy, out var state) ? state : CopyState.Unknown;

    private static long? HeldBy(NodeView node) =>
        node is { Northbound.Promotion: { } northbound, Southbound.Promotion: { } southbound } ? Math.Min(northbound, southbound) : null;

    private static FailoverPlan Refuse(string reason, string next) => new() { Refusal = reason, NextStep = next };
}
