using System.Security;
using System.Text;
using System.Xml;

namespace OvndbOcf.Pacemaker;

/// <summary>
/// The cluster properties of OVN's databases, in the set <c>ovn_ovsdb_master_server</c> of the CIB, where OVN's shell agent keeps <c>OVN_REPL_INFO</c>. Several
/// properties are read and written at once.
/// </summary>
internal static class ClusterProperties
{
    /// <summary>The id of the set.</summary>
    public const string Set = "ovn_ovsdb_master_server";

    /// <summary>The XPath of the set in the CIB.</summary>
    public const string XPath = "//crm_config/cluster_property_set[@id='" + Set + "']";

    /// <summary>
    /// The set with these properties as XML, with the ids that crm_attribute(8) gives them. It comes with the section around it: Pacemaker 2.1.5 does not take a set that is added to
    /// the section <c>crm_config</c> itself for a change of the configuration, and writes it to no disk.
    /// </summary>
    public static string ToXml(IReadOnlyDictionary<string, string> properties)
    {
        var xml = new StringBuilder($"<crm_config><cluster_property_set id=\"{Set}\">");
        foreach (var (name, value) in properties)
        {
            var escaped = SecurityElement.Escape(name);
            xml.Append($"<nvpair id=\"{Set}-{escaped}\" name=\"{escaped}\" value=\"{SecurityElement.Escape(value)}\"/>");
        }

        return xml.Append("</cluster_property_set></crm_config>").ToString();
    }

    /// <summary>Name to value, from what cibadmin(8) answered; null if that is not readable.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(string xml)
    {
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
                if (
                    reader is { NodeType: XmlNodeType.Element, Name: "nvpair" }
                    && reader.GetAttribute("name") is { } name
                    && reader.GetAttribute("value") is { } value
                )
                {
                    properties[name] = value;
                }
            }

            return properties;
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
