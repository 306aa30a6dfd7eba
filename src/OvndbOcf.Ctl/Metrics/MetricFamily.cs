namespace OvndbOcf.Ctl.Metrics;

/// <summary>A metric with its samples. All are gauges: nothing here outlives a run and could count.</summary>
/// <param name="Name">Its name, with the unit at the end.</param>
/// <param name="Help">What it means.</param>
/// <param name="Samples">Its samples; none where nothing is known.</param>
internal sealed record MetricFamily(string Name, string Help, IReadOnlyList<Sample> Samples);

/// <summary>A value of a metric.</summary>
/// <param name="Labels">What tells it from the others.</param>
/// <param name="Value">The value.</param>
internal sealed record Sample(IReadOnlyList<Label> Labels, double Value);

/// <summary>A label.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct Label(string Name, string Value);
