using OvndbOcf.Campaign.Report.Writing;
using static OvndbOcf.Campaign.Report.Drawing.TimelineLayout;

namespace OvndbOcf.Campaign.Report.Drawing;

/// <summary>Draws a timeline as SVG: a lane for each node and one for the client, under the labels of what was done to the cluster.</summary>
internal static class TimelineDrawing
{
    // Letters stand on a line about a third of their size below the middle.
    private const double Baseline = FontSize * 0.36;

    /// <summary>The picture.</summary>
    /// <param name="timeline">What it shows.</param>
    /// <param name="title">What is read out to those who cannot see it.</param>
    public static Markup Draw(Timeline timeline, string title)
    {
        var layout = new TimelineLayout(timeline);
        return Markup.Of(
            $"""
            <svg class="timeline" viewBox="0 0 {Width} {layout.Height}" role="img" aria-label="{title}">
            {Ticks(layout)}
            {timeline.Outages.Select(outage =>
                Bar(layout, outage.From, outage.To, layout.LaneTop(0) - 6, layout.Axis - layout.LaneTop(0) + 6, "shade")
            )}
            {timeline.Lanes.Select((lane, place) => DrawLane(layout, lane, layout.LaneTop(place)))}
            {Client(layout, timeline)}
            {layout.Labels.SelectMany(label => label.Lines.Select((line, place) => Line(layout, label, line, place)))}
            {timeline.Lanes.SelectMany(
                (lane, place) =>
                    lane.Roles.Select(role =>
                        Inside(layout, role.From, role.To, layout.LaneTop(place), Words.Role(role.Role), RoleLook.Class(role.Role))
                    )
            )}
            {timeline.Outages.Select(outage =>
                Inside(layout, outage.From, outage.To, layout.Client, Words.Seconds(outage.To - outage.From), "outage")
            )}
            {layout.Labels.Select(Label)}
            </svg>
            """
        );
    }

    private static Markup Ticks(TimelineLayout layout) =>
        Markup.Lines(
            layout.Scale.Ticks.Select(tick =>
            {
                var x = layout.Scale.X(tick);
                return Markup.Of(
                    $"""<path class="tick" d="M{x} {layout.LaneTop(0) - 6}V{layout.Axis + 6}"/><text class="axis" x="{x}" y="{layout.Axis + 30}">{tick} s</text>"""
                );
            })
        );

    private static Markup DrawLane(TimelineLayout layout, Lane lane, double top) =>
        Markup.Of(
            $"""
            {Name(lane.Node, top)}
            {lane.Roles.Select(role => Bar(layout, role.From, role.To, top, RoleHeight, RoleLook.Class(role.Role)))}
            {lane.Address.Select(period => Bar(layout, period.From, period.To, top + RoleHeight + 3, AddressHeight, "address"))}
            """
        );

    private static Markup Client(TimelineLayout layout, Timeline timeline) =>
        Markup.Of(
            $"""
            {Name("client", layout.Client)}
            <path class="ground" d="M{Left} {layout.Client + (RoleHeight / 2)}H{Right}"/>
            {timeline.Outages.Select(outage => Bar(layout, outage.From, outage.To, layout.Client, RoleHeight, "outage"))}
            """
        );

    /// <summary>A text in the middle of a bar that has room for it, else nothing. The style sheet gives it a rim of the bar's colour: lines and patterns are behind it.</summary>
    private static Markup Inside(TimelineLayout layout, double from, double to, double top, string text, string look)
    {
        var (left, right) = (layout.Scale.X(from), layout.Scale.X(to));
        var width = TextWidth.Of(text, FontSize) + 8;
        if (right - left < width)
        {
            return Markup.None;
        }

        return Markup.Of(
            $"""<text class="in {look}-text" x="{(left + right) / 2}" y="{top + (RoleHeight / 2) + Baseline}">{text}</text>"""
        );
    }

    private static Markup Bar(TimelineLayout layout, double from, double to, double top, double height, string look)
    {
        var left = layout.Scale.X(from);
        // What was too short to be seen was there all the same.
        var width = Math.Max(layout.Scale.X(to) - left, 2);
        return Markup.Of($"""<rect class="{look}" x="{left}" y="{top}" width="{width}" height="{height}"/>""");
    }

    private static Markup Name(string name, double top) =>
        Markup.Of(
            $"""<text class="name" x="{Left - 14}" y="{top + (RoleHeight / 2) + Baseline}">{TextWidth.Fit(name, FontSize * TextWidth.Bold, Left - 20)}</text>"""
        );

    // Only the first of several moments with one label is joined to it.
    private static Markup Line(TimelineLayout layout, MomentLabel label, double x, int place) =>
        Markup.Of(
            $"""<path class="{(place == 0 ? "moment" : "again")}" d="M{x} {(place == 0 ? LabelTop(label.Row) : layout.LaneTop(0) - 6)}V{layout.Axis}"/>"""
        );

    private static Markup Label(MomentLabel label)
    {
        var top = LabelTop(label.Row);
        var full = label.Text == label.Full ? Markup.None : Markup.Of($"<title>{label.Full}</title>");
        return Markup.Of(
            $"""
            <rect class="label" x="{label.Left}" y="{top}" width="{label.Width}" height="{LabelHeight - 4}"/><text x="{label.Left
                + MomentLabels.Padding}" y="{top + (LabelHeight / 2) - 2 + Baseline}">{label.Text}{full}</text>
            """
        );
    }
}
