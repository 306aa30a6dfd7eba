using System.Text;
using OvndbOcf.Bench.Results;

namespace OvndbOcf.Bench.Output;

/// <summary>Writes the figures as aligned text.</summary>
internal static class TextTable
{
    private static readonly string[] Heads =
    [
        "section",
        "measure",
        "unit",
        "ours",
        "spread",
        "n",
        "shell agent",
        "spread",
        "n",
        "ratio",
        "goal",
        "",
    ];

    /// <summary>The table, and the notes below it.</summary>
    public static string Write(BenchReport report)
    {
        var comparisons = Comparison.Of(report.Series);
        List<string[]> rows = [Heads, .. comparisons.Select(Row)];
        var widths = Enumerable.Range(0, Heads.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            text.AppendLine(
                string.Join(
                        "  ",
                        row.Select((cell, column) => IsNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))
                    )
                    .TrimEnd()
            );
        }

        foreach (var series in report.Series.Where(series => series.Note is not null))
        {
            text.AppendLine($"{series.Measure.Section}, {series.Measure.Name}, {Name(series.Variant)}: {series.Note}");
        }

        foreach (var failure in report.Failures)
        {
            text.AppendLine($"NOT MEASURED: {failure}");
        }

        return text.ToString();
    }

    /// <summary>What the agent is called in the output.</summary>
    public static string Name(Variant variant) => variant == Variant.Ours ? "ours" : "shell agent";

    private static string[] Row(Comparison comparison)
    {
        var measure = comparison.Measure;
        var goal = measure.Goal?.Describe(measure.Unit, comparison.Shell?.Statistics) ?? "";
        var met = comparison.GoalMet switch
        {
            true => "met",
            false => "missed",
            null => "",
        };
        var ratio = comparison.Ratio is { } times ? $"{Figure.Write(times)}×" : "";
        return [measure.Section, measure.Name, measure.Unit, .. Cells(comparison.Ours), .. Cells(comparison.Shell), ratio, goal, met];
    }

    private static string[] Cells(Series? series) =>
        series?.Statistics is { } statistics
            ?
            [
                Figure.Write(statistics.Median),
                $"{Figure.Write(statistics.Low)}..{Figure.Write(statistics.High)}",
                $"{series.Samples.Count}",
            ]
            : ["-", "", ""];

    private static bool IsNumber(int column) => column is >= 3 and <= 9;
}
