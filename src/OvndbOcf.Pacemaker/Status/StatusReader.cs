using System.Xml.Linq;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Pacemaker.Status;

/// <summary>Reads the XML of crm_mon(8). Pure. What it does not know it leaves out.</summary>
public static class StatusReader
{
    // OCF_ERR_CONFIGURED of the OCF standard.
    private const string NotConfigured = "6";

    /// <summary>What it says; null if the text is none, or crm_mon had no answer from the cluster.</summary>
    public static CrmMonOutput? Parse(string? xml) =>
        PacemakerXml.Load(xml) is { } root
        && root.Element("nodes") is { } nodes
        && (root.Element("status") is not { } status || Text(status, "code") == "0")
            ? new CrmMonOutput(
                Flag(root.Element("summary")?.Element("current_dc"), "with_quorum"),
                [.. nodes.Elements("node").Select(ReadNode)],
                [.. (root.Element("resources")?.Descendants("resource") ?? []).SelectMany(ReadInstances)],
                [.. (root.Element("failures")?.Elements("failure") ?? []).Select(ReadFailure).OfType<FailedAction>()],
                [.. (root.Element("node_history")?.Elements("node") ?? []).SelectMany(ReadFailCounts)]
            )
            : null;

    private static CrmMonNode ReadNode(XElement node) =>
        new(Text(node, "name") ?? string.Empty, Text(node, "type") is null or "member")
        {
            IsUnclean = Flag(node, "unclean") == true,
            IsPending = Flag(node, "pending") == true,
            IsOnline = Flag(node, "online") == true,
            IsInMaintenance = Flag(node, "maintenance") == true,
            IsStandby = Flag(node, "standby") == true || Flag(node, "standby_onfail") == true,
            FeatureSet = Text(node, "feature_set") is { Length: > 0 } features and not "<3.15.1" ? features : null,
        };

    private static IEnumerable<CrmMonInstance> ReadInstances(XElement resource) =>
        resource
            .Elements("node")
            .Select(node => Text(node, "name"))
            .OfType<string>()
            .Select(node => new CrmMonInstance(IdOf(resource), node, RoleNames.Today(Text(resource, "role") ?? string.Empty))
            {
                Host = HostOf(node, resource),
                IsActive = Flag(resource, "active") == true,
                IsManaged = Flag(resource, "managed") != false,
                IsPending = resource.Attribute("pending") is { Value: not "Monitoring" },
            });

    // In a bundle the node is a container, by the name of the remote resource beside it, which runs where the container does.
    private static string HostOf(string node, XElement resource) =>
        resource
            .Ancestors("replica")
            .Elements("resource")
            .Where(other => other != resource && Text(other, "id") == node)
            .Elements("node")
            .Select(host => Text(host, "name"))
            .FirstOrDefault()
        ?? node;

    private static FailedAction? ReadFailure(XElement failure)
    {
        // RESOURCE_ACTION_INTERVAL, where the action's name may have an underscore, and the resource's, too.
        var task = Text(failure, "task") ?? string.Empty;
        if (Text(failure, "op_key") is not { } key || Text(failure, "node") is not { } node)
        {
            return null;
        }

        var end = task.Length == 0 ? -1 : key.LastIndexOf("_" + task + "_", StringComparison.Ordinal);
        var reason = ExitReason.Read(Text(failure, "exitreason"));
        return new FailedAction(
            PacemakerXml.WithoutNumber(end < 0 ? key : key[..end]),
            node,
            task.Length == 0 ? key : task,
            reason.Length == 0 ? Text(failure, "exitstatus") ?? "unknown" : reason
        )
        {
            IsNotConfigured = Text(failure, "exitcode") == NotConfigured,
        };
    }

    private static IEnumerable<FailCount> ReadFailCounts(XElement node) =>
        node.Elements("resource_history")
            .Select(history => new FailCount(
                IdOf(history),
                Text(node, "name") ?? string.Empty,
                Score.TryParse(Text(history, "fail-count")) ?? 0
            ))
            .Where(history => history.Count > 0);

    private static string IdOf(XElement element) => PacemakerXml.WithoutNumber(Text(element, "id") ?? string.Empty);

    private static bool? Flag(XElement? element, string name) =>
        element?.Attribute(name)?.Value switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };

    private static string? Text(XElement element, string name) => element.Attribute(name)?.Value;
}
