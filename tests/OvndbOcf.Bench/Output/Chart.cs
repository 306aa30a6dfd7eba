using System.Globalization;
using System.Security;
using System.Text;
using OvndbOcf.Bench.Results;

namespace OvndbOcf.Bench.Output;

/// <summary>Draws the times as an SVG picture: a panel for each section and unit, a bar for each median, a whisker for its spread.</summary>
internal static class Chart
{
    private const int Width = 1060;
    private const int Left = 430;
    private const int Right = 960;
    private const int BarHeight = 14;
    private const int RowGap = 10;
    private const string OursColour = "#1f6fb4";
    private const string ShellColour = "#c9792b";

    /// <summary>The picture. It refers to nothing outside itself.</summary>
    public static string Write(BenchReport report)
    {
        var body = new StringBuilder();
        var panels = Comparison
            .Of(report.Series)
            .Where(row => row.Measure.IsCharted)
            .GroupBy(row => (row.Measure.Section, row.Measure.Unit));
        var y = 92;
        foreach (var panel in panels)
        {
            y = Panel(body, $"{panel.Key.Section} ({panel.Key.Unit})", [.. panel], y) + 34;
        }

        var head = new StringBuilder();
        head.AppendLine(
            Culture(
                $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{Width}\" height=\"{y}\" viewBox=\"0 0 {Width} {y}\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#222\">"
            )
        );
        head.AppendLine(Culture($"<rect width=\"{Width}\" height=\"{y}\" fill=\"#ffffff\"/>"));
        Text(head, 20, 32, "ovndb-servers: this agent beside OVN's shell agent", "font-size=\"20\" font-weight=\"bold\"");
        Text(
            head,
            20,
            54,
            $"Debian {report.Machine.Release}, {report.Machine.Cores} cores, {report.Machine.Cpu}; less is better; bar: median, whisker: spread",
            "fill=\"#555\""
        );
        Legend(head, 20, OursColour, "this agent");
        Legend(head, 130, ShellColour, "shell agent");
        return head.Append(body).AppendLine("</svg>").ToString();
    }

    /// <summary>Draws a panel below <paramref name="top"/>; returns where it ends.</summary>
    private static int Panel(StringBuilder svg, string title, IReadOnlyList<Comparison> rows, int top)
    {
        var all = rows.SelectMany(row => new[] { row.Ours, row.Shell }).OfType<Series>().Select(series => series.Statistics).ToList();
        var scale = Scale.For(all.SelectMany(statistics => new[] { statistics.Low, statistics.Median, statistics.High }));
        Text(svg, 20, top + 16, $"{title}{(scale.IsLogarithmic ? ", logarithmic scale" : "")}", "font-size=\"15\" font-weight=\"bold\"");
        var y = top + 30;
        var marks = new StringBuilder();
        foreach (var row in rows)
        {
            Series[] series = [.. new[] { row.Ours, row.Shell }.OfType<Series>()];
            Text(marks, Left - 10, y + (series.Length * BarHeight / 2) + 5, row.Measure.Name, "text-anchor=\"end\" font-size=\"12\"");
            foreach (var one in series)
            {
                Bar(marks, scale, one, y);
                y += BarHeight;
            }

            y += RowGap;
        }

        foreach (var tick in scale.Ticks)
        {
            var x = X(scale, tick);
            svg.AppendLine(Culture($"<line x1=\"{x:0.#}\" y1=\"{top + 26}\" x2=\"{x:0.#}\" y2=\"{y}\" stroke=\"#ddd\"/>"));
            Text(svg, x, y + 14, Figure.Write(tick), "text-anchor=\"middle\" font-size=\"11\" fill=\"#777\"");
        }

        svg.Append(marks);
        return y;
    }

    private static void Bar(StringBuilder svg, Scale scale, Series series, int y)
    {
        var statistics = series.Statistics;
        var colour = series.Variant == Variant.Ours ? OursColour : ShellColour;
        var (low, end, high) = (X(scale, statistics.Low), X(scale, statistics.Median), X(scale, statistics.High));
        var middle = y + (BarHeight / 2);
        svg.AppendLine(
            Culture(
                $"<rect x=\"{Left}\" y=\"{y + 1}\" width=\"{Math.Max(end - Left, 1):0.#}\" height=\"{BarHeight - 2}\" fill=\"{colour}\"/>"
            )
        );
        svg.AppendLine(
            Culture(
                $"<path d=\"M{low:0.#} {middle}H{high:0.#}M{low:0.#} {middle - 3}v6M{high:0.#} {middle - 3}v6\" stroke=\"#222\" fill=\"none\"/>"
            )
        );
        Text(
            svg,
            Math.Max(end, high) + 8,
            y + BarHeight - 3,
            $"{Figure.Write(statistics.Median)}{(series.Note is null ? "" : " *")}",
            "font-size=\"11\""
        );
    }

    private static void Legend(StringBuilder svg, int x, string colour, string text)
    {
        svg.AppendLine(Culture($"<rect x=\"{x}\" y=\"66\" width=\"14\" height=\"12\" fill=\"{colour}\"/>"));
        Text(svg, x + 20, 77, text, "");
    }

    private static void Text(StringBuilder svg, double x, double y, string text, string attributes) =>
        svg.AppendLine(Culture($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" {attributes}>{SecurityElement.Escape(text)}</text>"));

    private static double X(Scale scale, double value) => Left + (scale.Place(value) * (Right - Left));

    private static string Culture(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
