using System.Net;
using System.Xml;
using OvndbOcf.Linux;

namespace OvndbOcf.Pacemaker;

/// <summary>
/// The addresses that the cluster moves between nodes: the parameter <c>ip</c> of its IPaddr2 resources. Read from Pacemaker's own file, so that no tool has to be called; where that cannot be
/// read, such as in a bundle, none is known.
/// </summary>
public static class FloatingAddresses
{
    private const string Configuration = "/var/lib/pacemaker/cib/cib.xml";
    private const int AnswerMaxBytes = 16 << 20;

    /// <summary>Those of the configuration; empty if none is known.</summary>
    public static IReadOnlySet<IPAddress> Find() => Parse(PlainFile.ReadText(Configuration, AnswerMaxBytes) ?? string.Empty);

    /// <summary>Those in a CIB; what is not readable has none.</summary>
    internal static IReadOnlySet<IPAddress> Parse(string xml)
    {
        var found = new HashSet<IPAddress>();
        try
        {
            using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
                if (
                    reader is { NodeType: XmlNodeType.Element, Name: "nvpair" }
                    && reader.GetAttribute("name") == "ip"
                    && IPAddress.TryParse(reader.GetAttribute("value"), out var address)
                )
                {
                    found.Add(address);
                }
            }
        }
        catch (XmlException)
        {
            // What came before the damage counts.
        }

        return found;
    }
}
