using System.Xml;
using System.Xml.Linq;
using OvndbOcf.Pacemaker;

namespace OvndbOcf.Ctl.Cluster;

/// <summary>Reads a whole CIB, as <c>cibadmin --query</c> prints it or Pacemaker keeps it in its file, which has no status.</summary>
internal static class CibReader
{
    private const string AgentType = "ovndb-servers";
    private const string AddressType = "IPaddr2";
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit };

    /// <summary>What is in it; null if it is no CIB.</summary>
    public static Cib? Read(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml) || Load(xml) is not { } root || root.Element("configuration") is not { } configuration)
        {
            return null;
        }

        var options = PropertiesOf(configuration, "cib-bootstrap-options");
        return new Cib
        {
            Resources = [.. configuration.Descendants("primitive").Where(IsAgent).Select(Resource)],
            Nodes =
            [
                .. (configuration.Element("nodes")?.Elements("node") ?? [])
                    .Select(node => (string?)node.Attribute("uname"))
                    .OfType<string>()
                    .Order(StringComparer.Ordinal),
            ],
            Properties = PropertiesOf(configuration, ClusterProperties.Set),
            Addresses = Addresses(configuration),
            Attributes = Attributes(root),
            Moves = Moves(configuration),
            HasQuorum = (string?)root.Attribute("have-quorum") switch
            {
                "1" or "true" => true,
                "0" or "false" => false,
                _ => null,
            },
            IsInMaintenance = options.GetValueOrDefault("maintenance-mode") is "true" or "yes" or "on" or "1",
        };
    }

    internal static XElement? Load(string xml)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), Settings);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsAgent(XElement primitive) =>
        (string?)primitive.Attribute("type") == AgentType && (string?)primitive.Attribute("id") is not null;

    private static CibResource Resource(XElement primitive)
    {
        var id = (string)primitive.Attribute("id")!;
        var around = primitive
            .Ancestors()
            .FirstOrDefault(element => element.Name.LocalName is "clone" or "master" or "bundle")
            ?.Attribute("id");
        return new CibResource(id, (string?)around ?? id, Pairs(primitive.Elements("instance_attributes")));
    }

    private static Dictionary<string, string> PropertiesOf(XElement configuration, string set) =>
        Pairs(
            (configuration.Element("crm_config")?.Elements("cluster_property_set") ?? []).Where(element =>
                (string?)element.Attribute("id") == set
            )
        );

    private static Dictionary<string, string> Addresses(XElement configuration)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var primitive in configuration.Descendants("primitive").Where(primitive => (string?)primitive.Attribute("type") == AddressType)
        )
        {
            if (
                (string?)primitive.Attribute("id") is { } id
                && Pairs(primitive.Elements("instance_attributes")).TryGetValue("ip", out var address)
            )
            {
                found.TryAdd(address, id);
            }
        }

        return found;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Attributes(XElement root)
    {
        var found = new Dictionary<string, IReadOnlyDictionary<string, string>>(StringComparer.Ordinal);
        foreach (var node in root.Element("status")?.Elements("node_state") ?? [])
        {
            if ((string?)node.Attribute("uname") is { } name)
            {
                found[name] = Pairs(node.Elements("transient_attributes").Elements("instance_attributes"));
            }
        }

        return found;
    }

    // crm_resource(8) names them so, and pcs leaves it to that.
    private static Dictionary<string, IReadOnlyList<string>> Moves(XElement configuration) =>
        (configuration.Element("constraints")?.Elements("rsc_location") ?? [])
            .Select(constraint => (Id: (string?)constraint.Attribute("id"), Resource: (string?)constraint.Attribute("rsc")))
            .Where(constraint =>
                constraint is { Id: { } id, Resource: not null }
                && (id.StartsWith("cli-ban-", StringComparison.Ordinal) || id.StartsWith("cli-prefer-", StringComparison.Ordinal))
            )
            .GroupBy(constraint => constraint.Resource!, constraint => constraint.Id!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group], StringComparer.Ordinal);

    // Of several sets Pacemaker takes the first that has a value, unless they are scored.
    private static Dictionary<string, string> Pairs(IEnumerable<XElement> sets)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in sets.Elements("nvpair"))
        {
            if ((string?)pair.Attribute("name") is { } name && (string?)pair.Attribute("value") is { } value)
            {
                pairs.TryAdd(name, value);
            }
        }

        return pairs;
    }
}
