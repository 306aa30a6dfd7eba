using System.Xml.Linq;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Pacemaker;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Reads the cluster's state from the XML of crm_mon(8). Pure. What it does not know it leaves out.</summary>
internal static class StatusReader
{
    /// <summary>The state; null if the text is none.</summary>
    public static ClusterState? Parse(string xml) =>
        PacemakerXml.Load(xml) is { } root && root.Element("nodes") is { } nodes
            ? new ClusterState(
                [.. nodes.Elements("node").Where(node => Text(node, "type") is null or "member").Select(ReadNode)],
                [.. (root.Element("resources")?.Descendants("resource") ?? []).SelectMany(ReadInstances)],
                [.. (root.Element("node_history")?.Elements("node") ?? []).SelectMany(ReadFailCounts)]
            )
            : null;

    private static NodeState ReadNode(XElement node) =>
        new(
            Text(node, "name") ?? string.Empty,
            Flag(node, "online") && !Flag(node, "pending"),
            Flag(node, "standby") || Flag(node, "standby_onfail"),
            Flag(node, "maintenance"),
            Text(node, "feature_set") is { Length: > 0 } features and not "<3.15.1" ? features : null
        );

    private static IEnumerable<InstanceState> ReadInstances(XElement resource) =>
        Flag(resource, "active")
            ? resource
                .Elements("node")
                .Select(node => new InstanceState(
                    PacemakerXml.WithoutNumber(Text(resource, "id") ?? string.Empty),
                    HostOf(Text(node, "name") ?? string.Empty, resource),
                    RoleNames.Today(Text(resource, "role") ?? string.Empty)
                ))
            : [];

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

    private static IEnumerable<FailCount> ReadFailCounts(XElement node) =>
        node.Elements("resource_history")
            .Select(history => new FailCount(
                PacemakerXml.WithoutNumber(Text(history, "id") ?? string.Empty),
                Text(node, "name") ?? string.Empty,
                Score.TryParse(Text(history, "fail-count")) ?? 0
            ))
            .Where(history => history.Count > 0);

    private static bool Flag(XElement element, string attribute) => Text(element, attribute) == "true";

    private static string? Text(XElement element, string attribute) => element.Attribute(attribute)?.Value;
}
