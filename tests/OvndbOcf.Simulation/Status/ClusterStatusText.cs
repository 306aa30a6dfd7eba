using System.Globalization;
using System.Text;

namespace OvndbOcf.Simulation.Status;

/// <summary>Writes a status for people: what a failed test or the demo prints.</summary>
internal static class ClusterStatusText
{
    /// <summary>Several lines of text, without a line break at the end.</summary>
    public static string Write(ClusterStatus status)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"controller {status.DesignatedController ?? "none"}, quorum {(status.HasQuorum ? "yes" : "no")}"
        );
        foreach (var node in status.Nodes)
        {
            var attributes = status
                .Attributes.Where(attribute => attribute.Node == node.Name)
                .Select(attribute => $"{attribute.Name}={attribute.Value}");
            text.Append(CultureInfo.InvariantCulture, $"\n  {node.Name}: {string.Join(", ", NodeWords(node).Concat(attributes))}");
        }

        foreach (var resource in status.Resources)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {resource.Id}: {string.Join(", ", ResourceWords(resource))}");
        }

        foreach (var history in status.Histories.Where(history => history.FailCount > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {history.Resource} on {history.Node}: failed {history.FailCount} times");
        }

        foreach (var action in status.FailedActions)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n  failed: {action.Operation} on {action.Node}: {action.ExitCode} ({action.ExecutionStatus}) {action.ExitReason}"
            );
        }

        return text.ToString();
    }

    private static IEnumerable<string> NodeWords(NodeStatus node) =>
        Words(
            (true, node.Online ? "online" : "OFFLINE"),
            (node.Standby, "standby"),
            (node.Maintenance, "maintenance"),
            (node.Pending, "pending"),
            (node.Unclean, "UNCLEAN")
        );

    private static IEnumerable<string> ResourceWords(ResourceInstance resource) =>
        Words(
            (true, resource.Node is null ? $"{resource.Role}" : $"{resource.Role} on {resource.Node}"),
            (resource.Failed, "FAILED"),
            (resource.Blocked, "BLOCKED"),
            (!resource.Managed, "unmanaged"),
            (resource.Orphaned, "orphaned"),
            (resource.Pending is not null, $"{resource.Pending} now")
        );

    private static IEnumerable<string> Words(params (bool Applies, string Word)[] words) =>
        words.Where(word => word.Applies).Select(word => word.Word);
}
