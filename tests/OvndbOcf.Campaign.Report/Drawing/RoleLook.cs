using OvndbOcf.Campaign.Report.Writing;

namespace OvndbOcf.Campaign.Report.Drawing;

/// <summary>
/// What a role looks like. The colours are told apart by colour-blind people too, each role has a pattern or brightness of its own, and its
/// name is written into every bar that has room for it.
/// </summary>
internal static class RoleLook
{
    /// <summary>The class of a bar's rectangle and of the text in it, as the style sheet names them.</summary>
    public static string Class(NodeRole role) => "r-" + Words.Role(role);

    /// <summary>The patterns, once for all pictures of the page.</summary>
    public static Markup Patterns { get; } =
        new(
            """
            <svg class="defs" width="0" height="0" aria-hidden="true"><defs>
            <pattern id="p-stopped" width="12" height="12" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="12" height="12" fill="#fff"/><rect width="3" height="12" fill="#8a8a8a"/></pattern>
            <pattern id="p-unknown" width="10" height="10" patternUnits="userSpaceOnUse"><rect width="10" height="10" fill="#fff"/><circle cx="5" cy="5" r="1.8" fill="#777"/></pattern>
            <pattern id="p-outage" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><rect width="10" height="10" fill="#d55e00"/><rect width="3" height="10" fill="#8f3f00"/></pattern>
            </defs></svg>
            """
        );

    /// <summary>What the bars and colours of the pictures mean.</summary>
    public static Markup Legend { get; } =
        Markup.Of(
            $"""
            <ul class="legend">
            {new[] { NodeRole.Active, NodeRole.Backup, NodeRole.Stopped, NodeRole.Off, NodeRole.Unknown }.Select(role =>
                Key(Class(role), Meaning(role))
            )}
            {Key("address", "has the virtual address")}
            {Key("outage", "client without acknowledged writes")}
            <li><svg class="key" width="44" height="24" viewBox="0 0 44 24" aria-hidden="true"><path class="moment" d="M22 0V24"/></svg> something was done to the cluster</li>
            </ul>
            """
        );

    private static Markup Key(string look, string meaning)
    {
        var (top, height) = look == "address" ? (6, 12) : (2, 20);
        return Markup.Of(
            $"""<li><svg class="key" width="44" height="24" viewBox="0 0 44 24" aria-hidden="true"><rect class="{look}" x="2" y="{top}" width="40" height="{height}"/></svg> {meaning}</li>"""
        );
    }

    private static string Meaning(NodeRole role) =>
        role switch
        {
            NodeRole.Active => "active",
            NodeRole.Backup => "backup",
            NodeRole.Stopped => "servers stopped",
            NodeRole.Off => "node off",
            _ => "no answer, or active without a port for clients",
        };
}
