using System.Xml.Linq;

namespace OvndbOcf.Pacemaker.Configuration;

/// <summary>Reads the configuration from a CIB as XML. Pure. What it does not know it leaves out.</summary>
public static class CibReader
{
    private const string RemoteAgent = "ocf:pacemaker:remote";

    /// <summary>The configuration, as <c>cibadmin --query</c> prints it or Pacemaker keeps it in its file, which has no status; null if the text is no CIB.</summary>
    public static ClusterConfiguration? Parse(string? xml) =>
        PacemakerXml.Load(xml) is { Name.LocalName: "cib" } cib && cib.Element("configuration") is { } configuration
            ? Read(cib, configuration)
            : null;

    private static ClusterConfiguration Read(XElement cib, XElement configuration)
    {
        var resources = configuration.Element("resources");
        var constraints = configuration.Element("constraints");
        var properties = configuration.Element("crm_config")?.Elements("cluster_property_set").ToList() ?? [];
        List<PrimitiveResource> primitives =
        [
            .. (resources?.Descendants("primitive") ?? []).Select(primitive => ReadPrimitive(primitive, resources!)),
        ];
        return new ClusterConfiguration
        {
            Primitives = primitives,
            Colocations = [.. (constraints?.Elements("rsc_colocation") ?? []).SelectMany(ReadColocation)],
            Orders = [.. (constraints?.Elements("rsc_order") ?? []).SelectMany(ReadOrder)],
            Locations = [.. (constraints?.Elements("rsc_location") ?? []).SelectMany(ReadLocation)],
            // Pacemaker's own options are those of this set, whatever others say.
            Properties = ReadPairs(properties.OrderByDescending(set => Text(set, "id") == "cib-bootstrap-options")),
            OvnProperties = ReadPairs(properties.Where(set => Text(set, "id") == ClusterProperties.Set)),
            Nodes = ReadNodes(configuration, areMembers: true),
            RemoteNodes =
            [
                .. primitives
                    .Select(ReadRemoteNode)
                    .OfType<RemoteNode>()
                    .Concat(ReadNodes(configuration, areMembers: false).Select(name => new RemoteNode(name, name, name)))
                    .DistinctBy(node => node.Name, StringComparer.Ordinal),
            ],
            NodeAttributes = ReadAttributes(cib),
            HasQuorum = ClusterNodes.QuorumOf(Text(cib, "have-quorum")),
            ResourceDefaults = ReadPairs(configuration.Element("rsc_defaults")?.Elements("meta_attributes")),
            OperationDefaults = ReadPairs(configuration.Element("op_defaults")?.Elements("meta_attributes")),
        };
    }

    // Both kinds are reached by their name where no address is given.
    private static RemoteNode? ReadRemoteNode(PrimitiveResource primitive) =>
        primitive.Agent == RemoteAgent
            ? new RemoteNode(primitive.Id, primitive.Parameters.GetValueOrDefault("server", primitive.Id), primitive.Id)
        : primitive.Meta.TryGetValue("remote-node", out var guest)
            ? new RemoteNode(guest, primitive.Meta.GetValueOrDefault("remote-addr", guest), primitive.Id)
        : null;

    private static List<string> ReadNodes(XElement configuration, bool areMembers) =>
        [
            .. (configuration.Element("nodes")?.Elements("node") ?? [])
                .Where(node => (Text(node, "type") is null or "normal" or "member") == areMembers)
                .Select(node => Text(node, "uname"))
                .OfType<string>(),
        ];

    private static Dictionary<string, IReadOnlyDictionary<string, string>> ReadAttributes(XElement cib)
    {
        var found = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var node in cib.Element("status")?.Elements("node_state") ?? [])
        {
            if (Text(node, "uname") is { } name)
            {
                found[name] = ReadPairs(node.Elements("transient_attributes").Elements("instance_attributes"));
            }
        }

        return found;
    }

    private static PrimitiveResource ReadPrimitive(XElement primitive, XElement resources)
    {
        // What a resource does not say itself is that of its template (crmsh makes them).
        var template = Text(primitive, "template") is { } name
            ? resources.Elements("template").FirstOrDefault(candidate => Text(candidate, "id") == name)
            : null;
        XElement[] sources = template is null ? [primitive] : [primitive, template];
        var kind = sources[^1];
        var agent = string.Join(
            ':',
            new[] { Text(kind, "class"), Text(kind, "provider"), Text(kind, "type") }.Where(part => part is not null)
        );
        var operations = sources
            .SelectMany(source => source.Elements("operations").Elements("op"))
            .Select(operation => new ResourceOperation(
                Text(operation, "id") ?? string.Empty,
                Text(operation, "name") ?? string.Empty,
                ReadOptions(operation)
            ))
            .ToList();
        return new PrimitiveResource(
            Text(primitive, "id") ?? string.Empty,
            agent,
            ReadPairs(sources.SelectMany(source => source.Elements("instance_attributes"))),
            ReadPairs(sources.SelectMany(source => source.Elements("meta_attributes"))),
            operations
        )
        {
            Container = primitive.Ancestors().Select(ReadContainer).FirstOrDefault(container => container is not null),
            Group = primitive.Ancestors("group").Select(group => Text(group, "id")).FirstOrDefault(),
        };
    }

    // An operation has its options as attributes, and some tools write those which Pacemaker calls instance attributes or meta attributes of it below it.
    private static Dictionary<string, string> ReadOptions(XElement operation)
    {
        var options = ReadPairs(operation.Elements("meta_attributes"));
        foreach (var attribute in operation.Attributes())
        {
            options[attribute.Name.LocalName] = attribute.Value;
        }

        return options;
    }

    private static ResourceContainer? ReadContainer(XElement element)
    {
        var id = Text(element, "id") ?? string.Empty;
        var meta = ReadPairs(element.Elements("meta_attributes"));
        switch (element.Name.LocalName)
        {
            case "clone":
                return new ResourceContainer(id, ContainerKind.Clone, meta);
            case "master":
                meta["promotable"] = "true";
                return new ResourceContainer(id, ContainerKind.Clone, meta);
            case "bundle":
                foreach (var container in element.Elements().Where(child => child.Name.LocalName is "docker" or "podman" or "rkt"))
                {
                    Copy(container, "replicas", meta, "clone-max");
                    Copy(container, "replicas-per-host", meta, "clone-node-max");
                    Copy(container, "masters", meta, "promoted-max");
                    Copy(container, "promoted-max", meta, "promoted-max");
                }

                return new ResourceContainer(id, ContainerKind.Bundle, meta);
            default:
                return null;
        }

        static void Copy(XElement from, string attribute, Dictionary<string, string> to, string name)
        {
            if (Text(from, attribute) is { } value)
            {
                to[name] = value;
            }
        }
    }

    private static IEnumerable<ColocationConstraint> ReadColocation(XElement colocation)
    {
        var id = Text(colocation, "id") ?? string.Empty;
        var score = Text(colocation, "score") is { } text ? Score.TryParse(text) : 0;
        if (Text(colocation, "rsc") is { } dependent && Text(colocation, "with-rsc") is { } primary)
        {
            return
            [
                new(
                    id,
                    new ConstraintEnd(dependent, Role(colocation, "rsc-role")),
                    new ConstraintEnd(primary, Role(colocation, "with-rsc-role")),
                    score
                ),
            ];
        }

        var ends = SetMembers(colocation, "role").ToList();
        return ends.SelectMany(one =>
            ends.Where(other => other != one).Select(other => new ColocationConstraint(id, one, other, score, IsSet: true))
        );
    }

    private static IEnumerable<OrderConstraint> ReadOrder(XElement order)
    {
        var id = Text(order, "id") ?? string.Empty;

        // A score is the old way: 0 is optional, any other is mandatory.
        var kind = Text(order, "kind") ?? (Text(order, "score") is "0" ? "Optional" : "Mandatory");
        if (Text(order, "first") is { } first && Text(order, "then") is { } then)
        {
            var action = Text(order, "first-action") ?? "start";
            return [new(id, new ConstraintEnd(first, action), new ConstraintEnd(then, Text(order, "then-action") ?? action), kind)];
        }

        var ends = SetMembers(order, "action").Select(end => end with { Role = end.Role ?? "start" }).ToList();
        return ends.SelectMany((one, index) => ends.Skip(index + 1).Select(other => new OrderConstraint(id, one, other, kind)));
    }

    private static IEnumerable<LocationConstraint> ReadLocation(XElement location)
    {
        var id = Text(location, "id") ?? string.Empty;
        var rule = location.Element("rule");
        var role = Role(location, "role") ?? (rule is null ? null : Role(rule, "role"));
        var score = Text(location, "score") is { } text ? Score.TryParse(text) : null;
        var resources = (Text(location, "rsc") ?? Text(location, "rsc-pattern")) is { } one
            ? [one]
            : SetMembers(location, "role").Select(end => end.Id);
        return resources.Select(resource => new LocationConstraint(id, resource, role, Text(location, "node"), score));
    }

    private static IEnumerable<ConstraintEnd> SetMembers(XElement constraint, string about) =>
        constraint
            .Elements("resource_set")
            .SelectMany(set =>
                set.Elements("resource_ref")
                    .Select(member => new ConstraintEnd(
                        Text(member, "id") ?? string.Empty,
                        about == "role" ? Role(set, about) : Text(set, about)
                    ))
            );

    private static string? Role(XElement element, string attribute) => Text(element, attribute) is { } role ? RoleNames.Today(role) : null;

    // Of several sets that with the highest score counts, and among equals the first (Pacemaker Explained, "Nvpair sets").
    private static Dictionary<string, string> ReadPairs(IEnumerable<XElement>? sets)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (sets ?? []).OrderByDescending(set => Score.TryParse(Text(set, "score")) ?? 0).Elements("nvpair"))
        {
            if (Text(pair, "name") is { } name && Text(pair, "value") is { } value)
            {
                pairs.TryAdd(name, value);
            }
        }

        return pairs;
    }

    private static string? Text(XElement element, string attribute) => element.Attribute(attribute)?.Value;
}
