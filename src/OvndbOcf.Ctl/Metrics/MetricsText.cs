using System.Globalization;
using System.Text;

namespace OvndbOcf.Ctl.Metrics;

/// <summary>Metrics as text that is both Prometheus' text format 0.0.4 and, by its last line, OpenMetrics 1.0. Pure.</summary>
internal static class MetricsText
{
    /// <summary>The text of metrics; one without samples is left out.</summary>
    public static string Render(IEnumerable<MetricFamily> families)
    {
        var text = new StringBuilder();
        foreach (var family in families.Where(family => family.Samples.Count > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Name} {Escape(family.Help)}\n# TYPE {family.Name} gauge\n");
            foreach (var sample in family.Samples)
            {
                text.Append(family.Name);
                if (sample.Labels.Count > 0)
                {
                    text.Append('{').AppendJoin(',', sample.Labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\"")).Append('}');
                }

                text.Append(CultureInfo.InvariantCulture, $" {sample.Value:R}\n");
            }
        }

        return text.Append("# EOF\n").ToString();
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
}
