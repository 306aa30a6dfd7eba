using System.Diagnostics;
using OvndbOcf.Ctl.Gathering;

namespace OvndbOcf.Ctl.Metrics;

/// <summary>The metrics of this moment.</summary>
internal static class MetricsPage
{
    /// <summary>Finds out everything, of all resources where the settings name none; what cannot be found out is told by the metrics themselves.</summary>
    public static async Task<string> WriteAsync(CtlSettings settings)
    {
        var begin = DateTimeOffset.UtcNow;
        var clock = Stopwatch.GetTimestamp();
        var facts = await new Gatherer(settings).GatherAllAsync().ConfigureAwait(false);
        return MetricsText.Render(
            MetricsBuilder.Build(
                new Findings(
                    begin,
                    Stopwatch.GetElapsedTime(clock),
                    CtlVersion.Current,
                    facts is null ? null : [.. facts.Select(ResourceFindings.Of)]
                )
            )
        );
    }
}
