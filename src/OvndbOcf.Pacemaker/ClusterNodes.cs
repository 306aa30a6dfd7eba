using System.Xml;

namespace OvndbOcf.Pacemaker;

/// <summary>What the CIB says of the cluster's nodes and of its quorum, in what cibadmin(8) answers. Pure.</summary>
internal static class ClusterNodes
{
    /// <summary>
    /// The XPath of everything that names a node: members, and resources that are, or make, a remote node (Pacemaker Remote: "remote nodes" and "guest nodes"). The section <c>nodes</c> has these only where they were given
    /// attributes, and crm_node(8) lists them never.
    /// </summary>
    public const string XPath =
        $"//configuration/nodes/node | //primitive[{OfRemoteNode}] | //primitive[@template=//template[{OfRemoteNode}]/@id] | //nvpair[@name='remote-node']";

    private const string OfRemoteNode = "@class='ocf' and @provider='pacemaker' and @type='remote'";

    /// <summary>The names, each once; null if the text is not readable.</summary>
    public static IReadOnlyList<string>? ParseNames(string xml)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        return Read(
            xml,
            reader =>
            {
                var name = reader.Name switch
                {
                    "node" => reader.GetAttribute("uname"),
                    "primitive" => reader.GetAttribute("id"),
                    "nvpair" when reader.GetAttribute("name") == "remote-node" => reader.GetAttribute("value"),
                    _ => null,
                };
                if (name is not null)
                {
                    names.Add(name);
                }
            }
        )
            ? [.. names]
            : null;
    }

    /// <summary>Whether the element <c>cib</c> says that its partition has quorum; null if there is none, or it does not say.</summary>
    public static bool? ParseQuorum(string xml)
    {
        bool? hasQuorum = null;
        return Read(
            xml,
            reader =>
            {
                if (reader is { Name: "cib", Depth: 0 })
                {
                    hasQuorum = QuorumOf(reader.GetAttribute("have-quorum"));
                }
            }
        )
            ? hasQuorum
            : null;
    }

    /// <summary>What the attribute <c>have-quorum</c> says.</summary>
    internal static bool? QuorumOf(string? value) =>
        value switch
        {
            "1" or "true" => true,
            "0" or "false" => false,
            _ => null,
        };

    private static bool Read(string xml, Action<XmlReader> take)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    take(reader);
                }
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
