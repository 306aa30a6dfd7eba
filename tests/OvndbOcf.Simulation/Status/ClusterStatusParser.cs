using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace OvndbOcf.Simulation.Status;

/// <summary>Reads the XML of <c>crm_mon --output-as=xml</c> (Pacemaker 2.1 and 3.0).</summary>
internal static class ClusterStatusParser
{
    /// <summary>The status in the document.</summary>
    /// <exception cref="FormatException">This is not a result of crm_mon, or one that tells of a failure.</exception>
    public static ClusterStatus Parse(string xml)
    {
        XElement root;
        try
        {
            root = XDocument.Parse(xml).Root!;
        }
        catch (XmlException failure)
        {
            throw new FormatException($"crm_mon's output is no XML: {failure.Message}", failure);
        }

        var summary = root.Element("summary");
        if (root.Name.LocalName != "pacemaker-result" || summary is null || Text(root.Element("status"), "code") != "0")
        {
            throw new FormatException($"crm_mon did not report a status: {Text(root.Element("status"), "message") ?? root.Name.LocalName}");
        }

        var controller = summary.Element("current_dc");
        return new ClusterStatus(
            Text(controller, "version"),
            Text(controller, "name"),
            Flag(controller, "with_quorum"),
            [.. Children(root, "nodes", "node").Select(Node)],
            [.. (root.Element("resources")?.Descendants("resource") ?? []).SelectMany(Instances)],
            [.. Children(root, "node_attributes", "node").SelectMany(Attributes)],
            [.. Children(root, "node_history", "node").SelectMany(Histories)],
            [.. Children(root, "failures", "failure").Select(Failure)]
        );
    }

    private static NodeStatus Node(XElement node) =>
        new(
            Text(node, "name") ?? throw new FormatException("a node without a name"),
            Flag(node, "online"),
            Flag(node, "standby"),
            Flag(node, "maintenance"),
            Flag(node, "pending"),
            Flag(node, "unclean")
        );

    private static IEnumerable<ResourceInstance> Instances(XElement resource)
    {
        var nodes = resource.Elements("node").Select(node => Text(node, "name")).ToList();
        foreach (var node in nodes.Count > 0 ? nodes : [null])
        {
            yield return new ResourceInstance(
                BaseId(Text(resource, "id") ?? throw new FormatException("a resource without an id")),
                resource
                    .Ancestors()
                    .TakeWhile(parent => parent.Name.LocalName != "resources")
                    .Select(parent => Text(parent, "id"))
                    .LastOrDefault(),
                Text(resource, "resource_agent") ?? "",
                Role(Text(resource, "role")),
                node,
                Flag(resource, "active"),
                Flag(resource, "failed"),
                Flag(resource, "blocked"),
                Flag(resource, "managed"),
                Flag(resource, "orphaned"),
                Text(resource, "pending")
            );
        }
    }

    private static ResourceRole Role(string? text) =>
        text switch
        {
            "Master" => ResourceRole.Promoted,
            "Slave" => ResourceRole.Unpromoted,
            _ => Enum.TryParse<ResourceRole>(text, out var role) ? role : ResourceRole.Unknown,
        };

    private static IEnumerable<AttributeValue> Attributes(XElement node) =>
        node.Elements("attribute")
            .Select(attribute => new AttributeValue(
                Text(node, "name") ?? "",
                Text(attribute, "name") ?? "",
                Text(attribute, "value") ?? ""
            ));

    private static IEnumerable<ResourceHistory> Histories(XElement node) =>
        node.Elements("resource_history")
            .Select(history => new ResourceHistory(
                Text(node, "name") ?? "",
                BaseId(Text(history, "id") ?? ""),
                Score.Parse(Text(history, "fail-count")) ?? 0,
                [.. history.Elements("operation_history").Where(operation => Text(operation, "call") != "-1").Select(Operation)]
            ));

    private static OperationResult Operation(XElement operation) =>
        new(
            Text(operation, "task") ?? "",
            Milliseconds(Text(operation, "interval")),
            Number(Text(operation, "rc")),
            Milliseconds(Text(operation, "exec-time"))
        );

    private static FailedAction Failure(XElement failure) =>
        new(
            Text(failure, "node") ?? "",
            Text(failure, "op_key") ?? Text(failure, "id") ?? "",
            Number(Text(failure, "exitcode")),
            Text(failure, "exitreason") ?? "",
            Text(failure, "status") ?? ""
        );

    /// <summary>Anonymous clone instances may carry a number, such as <c>ovndb:1</c>.</summary>
    private static string BaseId(string id) => id.Split(':')[0];

    private static TimeSpan Milliseconds(string? text) =>
        TimeSpan.FromMilliseconds(Number(text?.Replace("ms", "", StringComparison.Ordinal)));

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static IEnumerable<XElement> Children(XElement root, string group, string name) => root.Element(group)?.Elements(name) ?? [];

    private static string? Text(XElement? element, string attribute) => element?.Attribute(attribute)?.Value;

    private static bool Flag(XElement? element, string attribute) => Text(element, attribute) == "true";
}
