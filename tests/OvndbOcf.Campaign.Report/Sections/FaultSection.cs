using OvndbOcf.Campaign.Report.Drawing;
using OvndbOcf.Campaign.Report.Figures;
using OvndbOcf.Campaign.Report.Writing;

namespace OvndbOcf.Campaign.Report.Sections;

/// <summary>A fault with its figures and its timeline; open if an invariant was broken.</summary>
internal static class FaultSection
{
    /// <summary>The section.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="anchor">What links to it lead to.</param>
    public static Markup Write(FaultRecord fault, string anchor)
    {
        var heading = FormattableString.Invariant($"{fault.Number}. {fault.Name} on {fault.Target}");
        var attributes = fault.Held ? Markup.None : new Markup(" class=\"broken\" open");
        return Markup.Of(
            $"""
            <details id="{anchor}"{attributes}><summary><h4>{heading}</h4>
            <div class="facts"><span class="{(fault.Held ? "good" : "bad")}">{(fault.Held ? "✔ held" : "✘ broken")}</span>
            <span>{Words.Class(fault.Class)}</span><span>outage <b>{Words.Seconds(fault.Outage)}</b></span>
            <span>recovery <b{(fault.Recovery is null ? new Markup(" class=\"bad\"") : Markup.None)}>{Words.Recovery(
                fault.Recovery
            )}</b></span>
            {fault.Rows.Select(rows => Rows(rows, fault.Class))}</div></summary>
            <div class="inside">
            {Violations(fault.Violations)}
            {TimelineDrawing.Draw(fault.Timeline, $"Timeline of {heading}")}
            {CutLabels(fault.Timeline)}
            {(fault.Logs is { } logs ? Markup.Of($"""<p class="told">Logs: {logs}</p>""") : Markup.None)}
            </div></details>
            """
        );
    }

    // With a node some rows may go; how many is too many is told by a violation.
    private static Markup Rows(RowLoss rows, FaultClass faultClass) =>
        Markup.Of(
            $"""<span>{rows.Database} rows missing <b{(rows.Missing > 0 && faultClass != FaultClass.NodeLoss ? new Markup(" class=\"bad\"") : Markup.None)}>{rows.Missing}</b> of {rows.Acknowledged}</span>"""
        );

    private static Markup Violations(IReadOnlyList<string> violations) =>
        violations.Count == 0
            ? Markup.None
            : Markup.Of($"""<ul class="violations">{violations.Select(violation => Markup.Of($"<li>{violation}</li>"))}</ul>""");

    /// <summary>What did not fit into the picture; on paper nobody can point at it to see the rest.</summary>
    private static Markup CutLabels(Timeline timeline)
    {
        var cut = new TimelineLayout(timeline)
            .Labels.Where(label => label.Text != label.Full)
            .Select(label => Markup.Of($"<li>{label.Full}</li>"))
            .ToList();
        return cut.Count == 0 ? Markup.None : Markup.Of($"""<ul class="told">{cut}</ul>""");
    }
}
