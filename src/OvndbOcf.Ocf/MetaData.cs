using System.Globalization;
using System.Security;
using System.Text;

namespace OvndbOcf.Ocf;

/// <summary>What kind of value a parameter takes (OCF 1.1, meta-data, <c>content type</c>).</summary>
public enum ParameterKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    WholeNumber,

    /// <summary>yes or no, in any of the spellings of <see cref="OcfBoolean"/>.</summary>
    Boolean,
}

/// <summary>A parameter as the meta-data announces it.</summary>
/// <param name="Name">Its name, without <c>OCF_RESKEY_</c>.</param>
/// <param name="Kind">What values it takes.</param>
/// <param name="Default">What counts where it is not set; null if there is none.</param>
/// <param name="Required">Whether the resource cannot start without it.</param>
/// <param name="Reloadable">Whether a change takes effect by reload-agent, without a restart (OCF 1.1).</param>
/// <param name="ShortText">A few words.</param>
/// <param name="LongText">What an operator has to know to set it.</param>
/// <param name="Choices">All values that a text may have; null where these cannot be listed.</param>
/// <param name="UniqueGroup">Resources of this agent differ in the values that the parameters of this group have, taken together (OCF 1.1); null where several may have the same.</param>
public sealed record ParameterDefinition(
    string Name,
    ParameterKind Kind,
    string? Default,
    bool Required,
    bool Reloadable,
    string ShortText,
    string LongText,
    IReadOnlyList<string>? Choices = null,
    string? UniqueGroup = null
);

/// <summary>An action as the meta-data announces it, with the values that Pacemaker's tools take for a new resource.</summary>
/// <param name="Name">The action's name.</param>
/// <param name="Timeout">Advised timeout.</param>
/// <param name="Interval">For recurring monitors, the advised interval; null otherwise.</param>
/// <param name="Role">For recurring monitors, <c>Promoted</c> or <c>Unpromoted</c>; null otherwise.</param>
public sealed record ActionDefinition(string Name, TimeSpan Timeout, TimeSpan? Interval = null, string? Role = null);

/// <summary>An agent as the meta-data announces it.</summary>
/// <param name="Name">The agent's type.</param>
/// <param name="Version">The agent's own version.</param>
/// <param name="ShortText">A few words.</param>
/// <param name="LongText">What it does and how it is used.</param>
/// <param name="Parameters">All parameters, in the order of display.</param>
/// <param name="Actions">All actions.</param>
public sealed record AgentDefinition(
    string Name,
    string Version,
    string ShortText,
    string LongText,
    IReadOnlyList<ParameterDefinition> Parameters,
    IReadOnlyList<ActionDefinition> Actions
)
{
    // Only ocf-tester reads it, from where it is installed.
    private string DocumentType => $"<!DOCTYPE resource-agent SYSTEM \"{Escape(Name)}.dtd\">";

    /// <summary>The meta-data document (OCF 1.1, "Resource agent meta-data").</summary>
    public string ToXml()
    {
        var xml = new StringBuilder();
        xml.Append("<?xml version=\"1.0\"?>\n").Append(DocumentType).Append('\n');
        xml.Append(CultureInfo.InvariantCulture, $"<resource-agent name=\"{Escape(Name)}\" version=\"{Escape(Version)}\">\n");
        xml.Append("  <version>1.1</version>\n");
        Describe(xml, "  ", LongText, ShortText);
        xml.Append("  <parameters>\n");
        foreach (var parameter in Parameters)
        {
            Append(xml, parameter);
        }

        xml.Append("  </parameters>\n  <actions>\n");
        foreach (var action in Actions)
        {
            Append(xml, action);
        }

        return xml.Append("  </actions>\n</resource-agent>\n").ToString();
    }

    private static void Append(StringBuilder xml, ParameterDefinition parameter)
    {
        xml.Append(CultureInfo.InvariantCulture, $"    <parameter name=\"{Escape(parameter.Name)}\"");
        if (parameter.UniqueGroup is not null)
        {
            xml.Append(CultureInfo.InvariantCulture, $" unique-group=\"{Escape(parameter.UniqueGroup)}\"");
        }

        xml.Append(parameter.Required ? " required=\"1\"" : string.Empty);
        xml.Append(parameter.Reloadable ? " reloadable=\"1\"" : string.Empty);
        xml.Append(">\n");
        Describe(xml, "      ", parameter.LongText, parameter.ShortText);
        var type = parameter.Kind switch
        {
            ParameterKind.WholeNumber => "integer",
            ParameterKind.Boolean => "boolean",
            _ when parameter.Choices is not null => "select",
            _ => "string",
        };
        xml.Append(CultureInfo.InvariantCulture, $"      <content type=\"{type}\"");
        if (parameter.Default is not null)
        {
            xml.Append(CultureInfo.InvariantCulture, $" default=\"{Escape(parameter.Default)}\"");
        }

        if (parameter.Choices is null)
        {
            xml.Append("/>\n    </parameter>\n");
            return;
        }

        xml.Append(">\n");
        foreach (var choice in parameter.Choices)
        {
            xml.Append(CultureInfo.InvariantCulture, $"        <option value=\"{Escape(choice)}\"/>\n");
        }

        xml.Append("      </content>\n    </parameter>\n");
    }

    private static void Append(StringBuilder xml, ActionDefinition action)
    {
        xml.Append(CultureInfo.InvariantCulture, $"    <action name=\"{Escape(action.Name)}\" timeout=\"{action.Timeout.TotalSeconds}s\"");
        if (action.Interval is { } interval)
        {
            xml.Append(CultureInfo.InvariantCulture, $" interval=\"{interval.TotalSeconds}s\" depth=\"0\"");
        }

        if (action.Role is not null)
        {
            xml.Append(CultureInfo.InvariantCulture, $" role=\"{Escape(action.Role)}\"");
        }

        xml.Append("/>\n");
    }

    private static void Describe(StringBuilder xml, string indent, string longText, string shortText)
    {
        xml.Append(indent).Append("<longdesc lang=\"en\">").Append(Escape(longText)).Append("</longdesc>\n");
        xml.Append(indent).Append("<shortdesc lang=\"en\">").Append(Escape(shortText)).Append("</shortdesc>\n");
    }

    private static string Escape(string text) => SecurityElement.Escape(text);
}
