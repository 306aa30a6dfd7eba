using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OvndbOcf.Pacemaker;

namespace OvndbOcf.Ctl.Support;

/// <summary>
/// Takes secrets out of texts before anything of them is written. Pure. What a name gives away goes, with all parameters of fencing but those of Pacemaker itself; and each value that went once goes
/// wherever it appears, such as in a log.
/// </summary>
internal sealed partial class Redaction
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Mark = "[removed]";

    // Shorter ones are words that appear anywhere.
    private const int ShortestSecret = 4;

    private readonly SortedSet<string> _secrets = new(
        Comparer<string>.Create(
            (one, other) => other.Length != one.Length ? other.Length.CompareTo(one.Length) : string.CompareOrdinal(one, other)
        )
    );

    /// <summary>How many secrets were found by their names.</summary>
    public int Count => _secrets.Count;

    /// <summary>A CIB, or what crm_mon makes of one, without secrets; null if it is no XML, which has to be left out then.</summary>
    public string? Xml(string xml)
    {
        if (PacemakerXml.Load(xml) is not { } root)
        {
            return null;
        }

        foreach (var element in root.DescendantsAndSelf().ToList())
        {
            if (IsSecret(element.Name.LocalName))
            {
                foreach (var attribute in element.DescendantsAndSelf().Attributes())
                {
                    Remove(attribute);
                }

                foreach (var text in element.DescendantNodes().OfType<XText>())
                {
                    Note(text.Value);
                    text.Value = Mark;
                }
            }

            foreach (var attribute in element.Attributes().Where(attribute => IsSecret(attribute.Name.LocalName)))
            {
                Remove(attribute);
            }

            if (
                element.Name.LocalName == "nvpair"
                && (string?)element.Attribute("name") is { } name
                && element.Attribute("value") is { } value
                && IsSecret(name)
            )
            {
                Remove(value);
            }
            else if (IsOfFencing(element) && element.Attribute("value") is { } parameter && !IsOfPacemaker(element))
            {
                // Whatever its name is. It may be a word such as a node's name, so that it stays elsewhere.
                parameter.Value = Mark;
            }
        }

        return Text(root.ToString());
    }

    /// <summary>A text without private keys, without what stands behind names of secrets, and without what was taken out before.</summary>
    public string Text(string text)
    {
        static string Cut(Match match) => match.Groups["name"].Value + Mark;
        var clean = new StringBuilder(Named().Replace(Pair().Replace(PrivateKey().Replace(text, Mark), Cut), Cut));
        foreach (var secret in _secrets)
        {
            clean.Replace(secret, Mark);
        }

        return clean.ToString();
    }

    /// <summary>Whether a value with that name is a secret.</summary>
    public static bool IsSecret(string name) => SecretName().IsMatch(name);

    /// <summary>A secret value that is to go wherever it appears.</summary>
    public void Note(string value)
    {
        if (value.Trim() is { Length: >= ShortestSecret } secret && secret != Mark)
        {
            _secrets.Add(secret);
        }
    }

    private static bool IsOfFencing(XElement element) =>
        element.Name.LocalName == "nvpair"
        && element.Parent?.Name.LocalName == "instance_attributes"
        && element
            .Ancestors()
            .Any(around => around.Name.LocalName is "primitive" or "template" && (string?)around.Attribute("class") == "stonith");

    private static bool IsOfPacemaker(XElement pair) =>
        ((string?)pair.Attribute("name"))?.StartsWith("pcmk_", StringComparison.Ordinal) == true;

    private void Remove(XAttribute attribute)
    {
        if (attribute.Name.LocalName is not "id")
        {
            Note(attribute.Value);
            attribute.Value = Mark;
        }
    }

    [GeneratedRegex(
        "passw|passphrase|secret|token|credential|community|private_?key|api_?key",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex SecretName();

    // Not the lines of corosync.conf on how long its token may take.
    [GeneratedRegex(
        @"(?!(?<=^\s*)token\w*:\s*\d+\s*$)(?<name>\b[\w-]*(?:passw(?:or)?d|passphrase|secret|token|credential|community|private_?key|api_?key)[\w-]*[""']?\s*[=:]\s*[""']?)[^\s""',;]+",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Named();

    [GeneratedRegex(
        @"(?<name>\bname=[""'][^""']*(?:passw|passphrase|secret|token|credential|community|private_?key|api_?key)[^""']*[""']\s+value=[""'])[^""']+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Pair();

    // One that was cut off at the end of a log is one, too.
    [GeneratedRegex(
        @"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\z)",
        RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex PrivateKey();
}
