using System.Globalization;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Judging;

/// <summary>Explains why nobody is active, or whether one node can be: the facts in the order in which they count. Pure.</summary>
internal static class Why
{
    private const string AskServices = "systemctl status corosync pacemaker";

    /// <summary>Explains why nobody is active, or that somebody is.</summary>
    public static Explanation Nobody(ClusterView view)
    {
        List<ExplainedFact> facts = [.. OfCluster(view), OfRecord(view), .. view.Nodes.Select(Summary)];
        var able = view.Nodes.Where(CanBe).ToList();
        var (promotable, conclusion, next) = view switch
        {
            { Active: { } active } when view.Problems.FirstOrDefault(problem => problem.Command is not null) is { } problem => (
                true,
                $"{active} is active; but {problem.Text}.",
                problem.Command
            ),
            { Active: { } active } => (true, $"{active} is active.", null),
            { PacemakerAnswers: false } => (
                (bool?)null,
                "Pacemaker does not answer here: whether anybody is active is not known.",
                AskServices
            ),
            { HasQuorum: false } => (false, "The cluster has no quorum, and promotes nobody.", "corosync-quorumtool -s"),
            { Halt: { } halt } => (false, $"{halt.Text}.", halt.Command),
            _ when able is [var first, ..] => (
                (bool?)true,
                $"Nobody is active, though {string.Join(" and ", able.Select(node => node.Name))} may be promoted: a constraint, a failure or an action under way keeps Pacemaker from it.",
                $"crm_resource --why --resource {view.CloneId} --node {first.Name}"
            ),
            _ => (false, Hopeless(view), NextForAll(view)),
        };
        return new Explanation
        {
            Question = view.Active is null ? "Why is nobody active?" : "Is anybody active?",
            Promotable = promotable,
            Facts = facts,
            Conclusion = conclusion,
            NextStep = next,
        };
    }

    /// <summary>Explains whether a node can be promoted.</summary>
    /// <param name="view">The cluster.</param>
    /// <param name="node">The node.</param>
    /// <param name="isSentAhead">As of <see cref="SwitchoverPlan.Decide"/>, whose answer is that about a move.</param>
    public static Explanation Node(ClusterView view, NodeView node, bool isSentAhead)
    {
        List<ExplainedFact> facts =
        [
            .. OfCluster(view),
            OfRecord(view),
            new(
                node.Condition == NodeCondition.Unknown ? null : node.Condition == NodeCondition.Online,
                $"{node.Name} is {Problems.Words(node.Condition)}"
            ),
            new(
                node.Role switch
                {
                    InstanceRole.Unpromoted or InstanceRole.Promoted => true,
                    InstanceRole.Stopped => false,
                    _ => null,
                },
                node.Role switch
                {
                    InstanceRole.Promoted => $"the instance on {node.Name} is promoted",
                    InstanceRole.Unpromoted => $"the instance on {node.Name} runs as a backup",
                    InstanceRole.Stopped => $"no instance runs on {node.Name}",
                    InstanceRole.Changing => $"an action is under way on {node.Name}",
                    _ => $"what the instance on {node.Name} does is not known",
                }
            ),
            .. OfDatabases(node),
            new(node.IsPromotable, $"promotion score {Score(node.Score)}: {node.Reason}"),
        ];
        var isActive = node.Role == InstanceRole.Promoted;
        var can = isActive || (CanBe(node) && view.Halt is null);
        var move = can && !isActive && view.Active is not null ? SwitchoverPlan.Decide(view, node.Name, isSentAhead) : null;
        return new Explanation
        {
            Question = $"Can {node.Name} be promoted?",
            Promotable =
                can ? true
                : view.Halt is not null ? false
                : node.IsPromotable ?? (node.Condition == NodeCondition.Unknown ? null : false),
            Facts = facts,
            Conclusion =
                isActive ? $"{node.Name} is active."
                : node.Condition == NodeCondition.Unknown ? $"Whether {node.Name} can be promoted is not known."
                : !can ? $"{node.Name} is not promoted: {view.Halt?.Text ?? node.Reason}."
                : move is not null
                    ? $"{node.Name} can be promoted; {view.Active} is active, and stays so until it fails or is moved.{OfMove(move)}"
                : $"{node.Name} can be promoted.",
            NextStep =
                !view.PacemakerAnswers ? AskServices
                : isActive ? null
                : !can ? view.Halt?.Command ?? node.NextStep
                : move is null ? $"crm_resource --why --resource {view.CloneId} --node {node.Name}"
                : view.Problems.FirstOrDefault(problem => problem is { Severity: ProblemSeverity.Critical, Command: not null })?.Command
                    ?? (move.Verdict == SwitchoverVerdict.Lossless ? $"ovndbctl switchover --to {node.Name}" : move.NextStep),
        };
    }

    private static string OfMove(SwitchoverPlan move) =>
        move.Verdict switch
        {
            SwitchoverVerdict.Refused => $" It is not moved now: {move.Reason}.",
            SwitchoverVerdict.MayLose => $" A move may lose rows: {move.Reason}.",
            _ => string.Empty,
        };

    private static IEnumerable<ExplainedFact> OfCluster(ClusterView view)
    {
        yield return new(
            view.PacemakerAnswers,
            view.PacemakerAnswers
                ? "Pacemaker answers"
                : "Pacemaker does not answer on this node: what follows is of its file and of this node's servers"
        );
        yield return new(
            view.HasQuorum,
            view.HasQuorum switch
            {
                true => "the cluster has quorum",
                false => "the cluster has no quorum",
                null => "whether the cluster has quorum is not known",
            }
        );
        if (view.Halt is { } halt)
        {
            yield return new(false, halt.Text);
        }
    }

    private static ExplainedFact OfRecord(ClusterView view) =>
        view.Promotion is not { } promotion
            ? new(
                view.IsRecordUnknown ? false : null,
                view.IsRecordUnknown ? "a promotion is on record in a form that this version does not know" : "no promotion is on record"
            )
            : new(
                true,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the latest promotion on record is {promotion.Number} on {promotion.Node}{(promotion.Closed ? ", which ended as planned" : string.Empty)}{Outdated(promotion)}"
                )
            );

    private static string Outdated(PromotionView promotion) =>
        promotion.Outdated.Count == 0 ? string.Empty : $"; cut off meanwhile: {string.Join(", ", promotion.Outdated)}";

    private static ExplainedFact Summary(NodeView node) =>
        new(
            node.Role == InstanceRole.Promoted || CanBe(node)
                ? true
                : node.IsPromotable ?? (node.Condition == NodeCondition.Unknown ? null : false),
            $"{node.Name}, score {Score(node.Score)}: {node.Reason}"
        );

    private static IEnumerable<ExplainedFact> OfDatabases(NodeView node)
    {
        foreach (var (label, database) in ((string, DatabaseView)[])[("NB", node.Northbound), ("SB", node.Southbound)])
        {
            var holds = database.Promotion is { } number
                ? string.Create(CultureInfo.InvariantCulture, $", and holds promotion {number}")
                : string.Empty;
            yield return database.Role switch
            {
                DatabaseRole.Active => new(true, $"{label} is active{holds}"),
                DatabaseRole.Backup when database.Connected == true => new(
                    true,
                    $"{label} follows {database.Source ?? "another node"}{holds}"
                ),
                DatabaseRole.Backup when database.Connected == false => new(null, $"{label} is a backup that is not connected{holds}"),
                DatabaseRole.Backup => new(null, $"{label} is a backup{holds}"),
                DatabaseRole.Busy => new(null, $"{label} is busy"),
                DatabaseRole.Hung => new(false, $"{label} does not answer"),
                DatabaseRole.Stopped => new(false, $"{label} does not run"),
                _ => new(null, $"what {label} does is not known"),
            };
        }
    }

    private static bool CanBe(NodeView node) =>
        node is { Condition: NodeCondition.Online, Role: InstanceRole.Unpromoted or InstanceRole.Changing, IsPromotable: true };

    private static string Hopeless(ClusterView view) =>
        view.Promotion is { } promotion && view.Nodes.FirstOrDefault(node => node.Name == promotion.Node) is { } latest
            ? latest.Condition != NodeCondition.Online
                ? $"No copy online may be promoted. What they lack is on {latest.Name}, which is {Problems.Words(latest.Condition)}."
                : latest.Role == InstanceRole.Stopped
                    ? $"No copy online may be promoted. What they lack is on {latest.Name}, where no instance runs."
                    : "No node may be promoted; each says above why."
            : "No node may be promoted; each says above why.";

    private static string? NextForAll(ClusterView view) =>
        (view.Nodes.FirstOrDefault(node => node.Name == view.Promotion?.Node)?.NextStep)
        ?? view.Nodes.Select(node => node.NextStep).FirstOrDefault(step => step is not null);

    private static string Score(int? score) =>
        score switch
        {
            null => "none",
            <= -1_000_000 => "-INFINITY",
            { } known => known.ToString(CultureInfo.InvariantCulture),
        };
}
