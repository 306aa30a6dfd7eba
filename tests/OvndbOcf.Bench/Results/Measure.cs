namespace OvndbOcf.Bench.Results;

/// <summary>One thing that is measured: a row of the table.</summary>
/// <param name="Section">The section that measures it, such as <c>monitor</c>.</param>
/// <param name="Name">What it is, unique in its section.</param>
/// <param name="Unit">The unit of the samples; empty for counts.</param>
/// <param name="Goal">What ours has to reach; null if it is told only.</param>
internal sealed record Measure(string Section, string Name, string Unit, Goal? Goal = null)
{
    /// <summary>Whether the chart shows it: times do, counts do not.</summary>
    public bool IsCharted => Unit.Length > 0;
}

/// <summary>All samples of one measure for one agent, in the order in which they were taken.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Variant">Whose agent it was.</param>
/// <param name="Samples">The samples, in the measure's unit.</param>
/// <param name="Note">What has to be known beside them; null if nothing.</param>
internal sealed record Series(Measure Measure, Variant Variant, IReadOnlyList<double> Samples, string? Note = null)
{
    /// <summary>Median and spread.</summary>
    public Statistics Statistics => Statistics.Of(Samples);
}

/// <summary>Ours and the shell agent's figures of one measure beside each other.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Ours">Our agent's; null if it was not measured.</param>
/// <param name="Shell">The shell agent's; null if it was not measured.</param>
internal sealed record Comparison(Measure Measure, Series? Ours, Series? Shell)
{
    /// <summary>How many times larger the shell agent's median is; null if there is nothing to divide.</summary>
    public double? Ratio => Ours?.Statistics.Median is > 0 and var ours && Shell is not null ? Shell.Statistics.Median / ours : null;

    /// <summary>Whether the goal is met; null if there is none, or no figure of ours.</summary>
    public bool? GoalMet => Measure.Goal is { } goal && Ours is not null ? goal.IsMetBy(Ours.Statistics, Shell?.Statistics) : null;

    /// <summary>The comparisons of all series, in the order in which their measures appear first.</summary>
    public static IReadOnlyList<Comparison> Of(IEnumerable<Series> series) =>
        [
            .. series
                .GroupBy(one => (one.Measure.Section, one.Measure.Name))
                .Select(group => new Comparison(
                    group.First().Measure,
                    group.FirstOrDefault(one => one.Variant == Variant.Ours),
                    group.FirstOrDefault(one => one.Variant == Variant.Shell)
                )),
        ];
}
