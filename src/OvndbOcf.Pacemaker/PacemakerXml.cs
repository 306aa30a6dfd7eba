using System.Xml;
using System.Xml.Linq;

namespace OvndbOcf.Pacemaker;

/// <summary>The XML of Pacemaker's tools and files.</summary>
public static class PacemakerXml
{
    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit };

    /// <summary>The outermost element; null if the text is no XML, or has a document type.</summary>
    public static XElement? Load(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            using var reader = XmlReader.Create(new StringReader(text), Settings);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>The name of a resource without the number that instances of a clone may have, such as <c>ovndb:1</c>.</summary>
    public static string WithoutNumber(string id) =>
        id.LastIndexOf(':') is > 0 and var colon && id.AsSpan(colon + 1).IndexOfAnyExceptInRange('0', '9') < 0 ? id[..colon] : id;
}
