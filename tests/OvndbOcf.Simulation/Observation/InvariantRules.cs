using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Simulation.Status;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Simulation.Observation;

/// <summary>What has to be true of a cluster that nobody is doing anything to. Pure: from what was seen to what is wrong with it.</summary>
public static class InvariantRules
{
    private const int Infinity = 1_000_000;
    private static readonly string[] Changes = ["start", "stop", "promote", "demote"];

    /// <summary>What a person would have to look at: it does not count as recovery if it disappears later.</summary>
    public static IEnumerable<string> Unforgivable(ClusterStatus status, ClusterShape shape)
    {
        foreach (
            var action in status.FailedActions.Where(action => Changes.Any(change => action.Operation == $"{shape.Resource}_{change}_0"))
        )
        {
            yield return $"{action.Operation} failed on {action.Node}: {action.ExitCode} ({action.ExecutionStatus}) {action.ExitReason}";
        }

        foreach (var history in status.Histories.Where(history => history.FailCount >= Infinity))
        {
            yield return $"the fail-count of {history.Resource} on {history.Node} is INFINITY: it may not run there any more";
        }

        foreach (var instance in status.Resources.Where(instance => instance.Blocked || !instance.Managed))
        {
            yield return $"{instance.Id} on {instance.Node ?? "no node"} is {(instance.Blocked ? "blocked" : "unmanaged")}";
        }
    }

    /// <summary>What is not, or not yet, as it should be.</summary>
    /// <param name="view">The cluster.</param>
    /// <param name="shape">How it is configured.</param>
    /// <param name="absent">The nodes that are off or told to run nothing; every other node has to have its instance.</param>
    /// <param name="ledger">The rows that have to be in every copy.</param>
    public static IEnumerable<string> Problems(ClusterView view, ClusterShape shape, IReadOnlyCollection<string> absent, RowLedger ledger)
    {
        var present = view.Nodes.Where(node => !absent.Contains(node.Name) && !shape.Banned.Contains(node.Name)).ToList();
        return Roles(view.Status, shape, [.. present.Select(node => node.Name)])
            .Concat(
                view.Status.PromotedNode(shape.CloneId) is { } promoted
                    ? present.SelectMany(node => Node(node, node.Name == promoted, shape, ledger)).Concat(Absent(view, absent))
                    : []
            );
    }

    private static IEnumerable<string> Roles(ClusterStatus status, ClusterShape shape, IReadOnlyCollection<string> present)
    {
        var promoted = status.NodesInRole(shape.CloneId, ResourceRole.Promoted);
        if (promoted.Count != 1)
        {
            yield return $"promoted on {promoted.Count} nodes instead of one";
        }

        if (!promoted.Concat(status.NodesInRole(shape.CloneId, ResourceRole.Unpromoted)).Order().SequenceEqual(present.Order()))
        {
            yield return $"not an instance on each of {string.Join(", ", present)}, and only there";
        }

        if (shape.AddressResource is { } address && (promoted.Count != 1 || status.NodeOf(address) != promoted[0]))
        {
            yield return $"{address} is not beside the promoted instance";
        }

        foreach (var node in status.Nodes.Where(node => present.Contains(node.Name) && (!node.Online || node.Pending || node.Unclean)))
        {
            yield return $"{node.Name} is not a member of the cluster";
        }

        foreach (var instance in status.Instances(shape.Resource))
        {
            // A monitor that runs for the first time is shown as pending, too; it changes nothing.
            if (instance.Failed || instance.Pending is not (null or "Monitoring"))
            {
                yield return $"{instance.Id} on {instance.Node ?? "no node"} {(instance.Failed ? "is failed" : $"has not ended: {instance.Pending}")}";
            }
        }
    }

    private static IEnumerable<string> Node(NodeView node, bool promoted, ClusterShape shape, RowLedger ledger)
    {
        if (!node.Answers)
        {
            yield return $"{node.Name} does not answer";
            yield break;
        }

        if (shape.AddressResource is not null && node.HasAddress != promoted)
        {
            yield return $"{node.Name} is {(promoted ? "" : "not ")}promoted and has {(promoted ? "not got " : "")}the address";
        }

        if (node.NorthdProcesses.Count > 0 != (promoted && shape.Northd))
        {
            yield return $"ovn-northd {(node.NorthdProcesses.Count > 0 ? "runs" : "does not run")} on {node.Name}";
        }

        foreach (var (database, server) in new[] { (OvnDatabase.Northbound, node.Northbound), (OvnDatabase.Southbound, node.Southbound) })
        {
            if (server.Process is null)
            {
                yield return $"{server.Processes.Count} servers of {database} on {node.Name} instead of one";
            }

            var right = promoted
                ? server.Status.Role == SyncRole.Active
                : server.Status is { Role: SyncRole.Backup, Replication: Replication.Replicating };
            if (!right)
            {
                yield return $"{database} on {node.Name} is not {(promoted ? "active" : "a backup that replicates")}: {server.Said}";
            }

            if (server.Rows is null)
            {
                yield return $"{database} on {node.Name} cannot be read";
            }
            else if (ledger.MissingIn(database, server.Rows) is { Count: > 0 } missing)
            {
                yield return $"{missing.Count} acknowledged rows are missing in {database} on {node.Name}: {string.Join(' ', missing.Take(5))}";
            }
        }
    }

    private static IEnumerable<string> Absent(ClusterView view, IReadOnlyCollection<string> absent)
    {
        foreach (var node in view.Nodes.Where(node => absent.Contains(node.Name)))
        {
            if (view.Status.Node(node.Name) is { Online: true, Standby: false })
            {
                yield return $"{node.Name} still counts as online";
            }

            if (
                node.Northbound.Processes.Count > 0
                || node.Southbound.Processes.Count > 0
                || node.NorthdProcesses.Count > 0
                || node.HasAddress
            )
            {
                yield return $"{node.Name} still runs something";
            }
        }
    }
}
