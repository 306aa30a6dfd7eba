using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OvndbOcf.Bench.Results;

namespace OvndbOcf.Bench.Output;

/// <summary>Writes everything as JSON, with every single sample.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The whole report.</summary>
    public static string Write(BenchReport report)
    {
        var machine = report.Machine;
        var document = new JsonObject
        {
            ["begin"] = report.Begin.ToString("O"),
            ["quick"] = report.Quick,
            ["machine"] = new JsonObject
            {
                ["cpu"] = machine.Cpu,
                ["cores"] = machine.Cores,
                ["memory_mib"] = machine.MemoryMiB,
                ["kernel"] = machine.Kernel,
                ["debian"] = machine.Release,
                ["versions"] = new JsonObject(
                    machine.Versions.Select(version => KeyValuePair.Create(version.Key, (JsonNode?)version.Value))
                ),
            },
            ["measures"] = new JsonArray([.. Comparison.Of(report.Series).Select(Measure)]),
            ["failures"] = new JsonArray([.. report.Failures.Select(failure => (JsonNode)failure)]),
        };
        return document.ToJsonString(Options) + "\n";
    }

    private static JsonNode Measure(Comparison comparison) =>
        new JsonObject
        {
            ["section"] = comparison.Measure.Section,
            ["measure"] = comparison.Measure.Name,
            ["unit"] = comparison.Measure.Unit,
            ["ours"] = Series(comparison.Ours),
            ["shell"] = Series(comparison.Shell),
            ["ratio"] = comparison.Ratio,
            ["goal"] = comparison.Measure.Goal?.Describe(comparison.Measure.Unit, comparison.Shell?.Statistics),
            ["goal_met"] = comparison.GoalMet,
        };

    private static JsonObject? Series(Series? series) =>
        series?.Statistics is not { } statistics
            ? null
            : new JsonObject
            {
                ["median"] = statistics.Median,
                ["low"] = statistics.Low,
                ["high"] = statistics.High,
                ["spread"] = series.Samples.Count < Statistics.PercentilesFrom ? "min..max" : "p10..p90",
                ["note"] = series.Note,
                ["samples"] = new JsonArray([.. series.Samples.Select(sample => (JsonNode)sample)]),
            };
}
