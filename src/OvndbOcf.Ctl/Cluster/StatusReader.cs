using System.Xml.Linq;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Pacemaker;

namespace OvndbOcf.Ctl.Cluster;

/// <summary>Reads what <c>crm_mon --output-as=xml</c> prints (Pacemaker 2.0.5 to 3).</summary>
internal static class StatusReader
{
    /// <summary>What it says; null if it is not readable, or crm_mon had no answer from the cluster.</summary>
    public static ClusterStatus? Read(string? xml)
    {
        if (PacemakerXml.Load(xml) is not { } root || (string?)root.Element("status")?.Attribute("code") != "0")
        {
            return null;
        }

        return new ClusterStatus(
            Flag(root.Element("summary")?.Element("current_dc"), "with_quorum"),
            Nodes(root),
            [.. (root.Element("resources")?.Descendants("resource") ?? []).SelectMany(Instances)],
            [.. (root.Element("failures")?.Elements("failure") ?? []).Select(Failure).OfType<FailedAction>()]
        );
    }

    private static Dictionary<string, NodeCondition> Nodes(XElement root)
    {
        var nodes = new Dictionary<string, NodeCondition>(StringComparer.Ordinal);
        foreach (var node in root.Element("nodes")?.Elements("node") ?? [])
        {
            if ((string?)node.Attribute("name") is { } name)
            {
                nodes[name] = Condition(node);
            }
        }

        return nodes;
    }

    private static NodeCondition Condition(XElement node) =>
        Flag(node, "unclean") == true ? NodeCondition.Unclean
        : Flag(node, "pending") == true ? NodeCondition.Pending
        : Flag(node, "online") != true ? NodeCondition.Offline
        : Flag(node, "maintenance") == true ? NodeCondition.Maintenance
        : Flag(node, "standby") == true || Flag(node, "standby_onfail") == true ? NodeCondition.Standby
        : NodeCondition.Online;

    private static IEnumerable<RunningInstance> Instances(XElement resource) =>
        resource
            .Elements("node")
            .Select(node => (string?)node.Attribute("name"))
            .OfType<string>()
            .Select(node => new RunningInstance(
                PacemakerXml.WithoutNumber((string?)resource.Attribute("id") ?? string.Empty),
                node,
                Role((string?)resource.Attribute("role")),
                Flag(resource, "managed") != false,
                resource.Attribute("pending") is { Value: not "Monitoring" }
            ));

    // Master and Slave until Pacemaker 2.1.
    private static InstanceRole Role(string? role) =>
        role switch
        {
            "Promoted" or "Master" => InstanceRole.Promoted,
            "Unpromoted" or "Slave" or "Started" => InstanceRole.Unpromoted,
            "Stopped" => InstanceRole.Stopped,
            "Starting" or "Stopping" or "Promoting" or "Demoting" or "Migrating" => InstanceRole.Changing,
            _ => InstanceRole.Unknown,
        };

    private static FailedAction? Failure(XElement failure)
    {
        // RESOURCE_ACTION_INTERVAL, where the action's name may have an underscore, and the resource's, too.
        var task = (string?)failure.Attribute("task") ?? string.Empty;
        if ((string?)failure.Attribute("op_key") is not { } key || (string?)failure.Attribute("node") is not { } node)
        {
            return null;
        }

        var end = task.Length == 0 ? -1 : key.LastIndexOf("_" + task + "_", StringComparison.Ordinal);
        var reason = (string?)failure.Attribute("exitreason");
        return new FailedAction(
            PacemakerXml.WithoutNumber(end < 0 ? key : key[..end]),
            node,
            task.Length == 0 ? key : task,
            string.IsNullOrEmpty(reason) ? (string?)failure.Attribute("exitstatus") ?? "unknown" : reason
        );
    }

    private static bool? Flag(XElement? element, string name) =>
        (string?)element?.Attribute(name) switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
}
