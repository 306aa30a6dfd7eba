using System.Globalization;
using OvndbOcf.Ctl.Checks.Rules;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Northd;

namespace OvndbOcf.Ctl.Judging;

/// <summary>Finds what is not as it should be. Pure.</summary>
internal static class Problems
{
    /// <summary>The problems, the most important first.</summary>
    public static IReadOnlyList<ProblemView> Find(ClusterFacts facts, ClusterView view) =>
        [.. All(facts, view).OrderByDescending(problem => problem.Severity)];

    private static IEnumerable<ProblemView> All(ClusterFacts facts, ClusterView view) =>
        [
            .. OfCluster(facts, view),
            .. OfPromotion(facts, view),
            .. OfAddress(view),
            .. OfDisk(facts),
            .. view.Nodes.SelectMany(node => OfNode(facts, view, node)),
            .. OfActions(facts),
        ];

    private static IEnumerable<ProblemView> OfCluster(ClusterFacts facts, ClusterView view)
    {
        if (!facts.IsLive || facts.Status is null)
        {
            yield return Critical(
                facts.IsLive
                    ? "crm_mon does not answer: roles are not known"
                    : "Pacemaker does not answer on this node; other nodes are not known. If it was stopped: pcs cluster start",
                "systemctl status corosync pacemaker"
            );
        }

        if (view.HasQuorum == false)
        {
            yield return Critical("the cluster has no quorum: resources may be stopped", "corosync-quorumtool -s");
        }

        if (view.IsInMaintenance)
        {
            yield return Warning("the cluster is in maintenance mode: Pacemaker mends nothing", Unmanaged.EndOfMaintenanceMode);
        }
        else if (UnmanagedOn(facts) is { Count: > 0 } nodes)
        {
            yield return Warning(
                $"Pacemaker does not manage {facts.Resource.Id} on {string.Join(" and ", nodes)}: it mends nothing there",
                facts.Cib.Unmanaged.GetValueOrDefault(facts.Resource.Id) ?? $"pcs resource manage {facts.Resource.CloneId}"
            );
        }

        if (view is { Halt: { } halt, Active: not null })
        {
            yield return Warning(halt.Text, halt.Command);
        }

        foreach (var (ids, command) in LeftMoves.Of(view))
        {
            yield return Warning($"a move left a constraint behind: {string.Join(", ", ids)}", command);
        }

        if (facts.Published is null && facts.IsLive)
        {
            yield return Warning("the attribute daemon does not answer: what backups have is not known", "attrd_updater --refresh");
        }
    }

    // What is unmanaged because its node is in maintenance is told of the node.
    private static List<string> UnmanagedOn(ClusterFacts facts) =>
        facts.Status is not { } status
            ? []
            :
            [
                .. status
                    .Instances.Where(instance =>
                        instance.Resource == facts.Resource.Id
                        && !instance.IsManaged
                        && status.Nodes.GetValueOrDefault(instance.Node) != NodeCondition.Maintenance
                    )
                    .Select(instance => instance.Node)
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];

    private static IEnumerable<ProblemView> OfPromotion(ClusterFacts facts, ClusterView view)
    {
        if (facts.Status is null)
        {
            yield break;
        }

        var promoted = view.Nodes.Where(node => node.Role == InstanceRole.Promoted).Select(node => node.Name).ToList();
        if (promoted.Count > 1)
        {
            yield return Critical($"{string.Join(" and ", promoted)} are both promoted", "ovndbctl why");
        }
        else if (promoted.Count == 0)
        {
            yield return view.Halt is { } halt ? Critical($"nobody is active: {halt.Text}", halt.Command)
            : view.Nodes.Any(node => node.Role == InstanceRole.Changing)
                ? Critical("nobody is active; the cluster is at work", "ovndbctl list --watch")
            : Critical("nobody is active: clients are not served", "ovndbctl why");
        }
        else if (view.Promotion is { } promotion && promotion.Node != promoted[0])
        {
            yield return Warning(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{promoted[0]} is promoted, and promotion {promotion.Number} on record is that of {promotion.Node}"
                ),
                "ovndbctl why"
            );
        }
    }

    private static IEnumerable<ProblemView> OfAddress(ClusterView view)
    {
        if (view is { Address: { Resource: { } resource } address, Active: { } active, PacemakerAnswers: true } && address.Node != active)
        {
            yield return Critical(
                address.Node is null
                    ? $"{address.Ip} is on no node"
                    : $"{address.Ip} is on {address.Node}, and the active databases are on {active}",
                $"crm_resource --why --resource {resource}"
            );
        }

        if (view is { Address: { IsHere: false } missing, LocalNode: { } here } && missing.Resource is not null && missing.Node == here)
        {
            yield return Critical(
                $"Pacemaker has {missing.Ip} on {here}, and the kernel does not",
                $"ip -brief address; crm_resource --restart --resource {missing.Resource}"
            );
        }
    }

    private static IEnumerable<ProblemView> OfDisk(ClusterFacts facts)
    {
        if (facts.Local?.Disk is { Trouble: { } trouble } disk)
        {
            var here = $"on {facts.LocalNode ?? "this node"} {trouble}";
            var command = $"df -h {disk.Directory}";
            yield return !disk.IsFull ? Warning(here, command)
            : facts.Local.Servers.AreActive ? Critical($"{here}: writes of clients fail", command)
            : Warning($"{here}: it cannot take over", command);
        }
    }

    private static IEnumerable<ProblemView> OfNode(ClusterFacts facts, ClusterView view, NodeView node)
    {
        switch (node.Condition)
        {
            case NodeCondition.Unclean
            or NodeCondition.Offline
            or NodeCondition.Standby
            or NodeCondition.Maintenance
            or NodeCondition.Pending:
                yield return Warning($"{node.Name} is {Words(node.Condition)}", node.NextStep);
                yield break;
            // What is halted is told of the cluster.
            case NodeCondition.Online when node.Role == InstanceRole.Stopped && (view.Halt is not null || facts.IsBanned(node.Name)):
                yield break;
            case NodeCondition.Online when node.Role == InstanceRole.Stopped:
                yield return Warning($"no instance runs on {node.Name}", NextStep.CleanUp(facts, node.Name));
                yield break;
        }

        if (node.Role == InstanceRole.Unpromoted && node.Score is null && facts.IsLive)
        {
            yield return Warning($"{node.Name} has no promotion score", $"ovndbctl why {node.Name}");
        }
        else if (node is { Role: InstanceRole.Unpromoted, IsPromotable: false })
        {
            yield return Warning($"{node.Name} must not be promoted", $"ovndbctl why {node.Name}");
        }

        foreach (var problem in OfDatabases(facts, node))
        {
            yield return problem;
        }
    }

    private static IEnumerable<ProblemView> OfDatabases(ClusterFacts facts, NodeView node)
    {
        if (node.Role is not (InstanceRole.Unpromoted or InstanceRole.Promoted))
        {
            yield break;
        }

        var databases = ((string Label, DatabaseView View)[])[("NB", node.Northbound), ("SB", node.Southbound)];
        foreach (var (label, database) in databases)
        {
            if (database.Role is DatabaseRole.Hung or DatabaseRole.Stopped or DatabaseRole.Busy)
            {
                yield return Warning($"{label} on {node.Name} {Words(database.Role)}", "crm_mon --one-shot --inactive");
            }
            else if (node.Role == InstanceRole.Promoted && database.Role == DatabaseRole.Backup)
            {
                yield return Critical(
                    $"{label} on {node.Name} is a backup, though the instance is promoted",
                    "crm_mon --one-shot --inactive"
                );
            }
            // That one must not be promoted, and why, is told already.
            else if (
                node.IsPromotable != false
                && database is { Role: DatabaseRole.Backup, Connected: false }
                && facts.Status?.Instances.Any(IsPromoted) == true
            )
            {
                yield return Warning($"{label} on {node.Name} is not connected to the active server", $"ovndbctl why {node.Name}");
            }
        }

        if (
            node is { IsLocal: true, Role: InstanceRole.Promoted }
            && facts.Local?.Northd is not (null or NorthdState.NotManaged or NorthdState.Running)
        )
        {
            yield return Warning($"ovn-northd on {node.Name} {node.Northd}", "less /var/log/ovn/ovn-northd.log");
        }

        bool IsPromoted(Cluster.RunningInstance instance) =>
            instance.Resource == facts.Resource.Id && instance.Role == InstanceRole.Promoted;
    }

    private static IEnumerable<ProblemView> OfActions(ClusterFacts facts) =>
        (facts.Status?.Failures ?? [])
            .Where(failure => failure.Resource == facts.Resource.Id)
            .Select(failure => Warning($"{failure.Action} failed on {failure.Node}: {failure.Reason}", NextStep.After(failure, facts)));

    /// <summary>A condition in words.</summary>
    public static string Words(NodeCondition condition) =>
        condition switch
        {
            NodeCondition.Online => "online",
            NodeCondition.Standby => "in standby",
            NodeCondition.Maintenance => "in maintenance",
            NodeCondition.Pending => "joining",
            NodeCondition.Offline => "offline",
            NodeCondition.Unclean => "unclean: it failed and is not fenced yet",
            _ => "in an unknown condition",
        };

    private static string Words(DatabaseRole role) =>
        role switch
        {
            DatabaseRole.Hung => "does not answer",
            DatabaseRole.Stopped => "does not run",
            _ => "is busy",
        };

    private static ProblemView Warning(string text, string? command) => new(ProblemSeverity.Warning, text, command);

    private static ProblemView Critical(string text, string? command) => new(ProblemSeverity.Critical, text, command);
}
