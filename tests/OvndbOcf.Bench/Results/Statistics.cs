namespace OvndbOcf.Bench.Results;

/// <summary>What a handful of numbers is told by.</summary>
/// <param name="Median">The middle one, or the mean of the middle two.</param>
/// <param name="Low">The lower end of the spread.</param>
/// <param name="High">The upper end of the spread.</param>
/// <param name="Worst">The largest.</param>
internal sealed record Statistics(double Median, double Low, double High, double Worst)
{
    /// <summary>From so many samples on the spread is the 10th to the 90th percentile; of fewer it is the smallest to the largest.</summary>
    public const int PercentilesFrom = 20;

    /// <summary>The statistics of at least one sample.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Statistics Of(IReadOnlyCollection<double> samples)
    {
        if (samples.Count == 0)
        {
            throw new ArgumentException("no samples", nameof(samples));
        }

        double[] sorted = [.. samples.Order()];
        return sorted.Length < PercentilesFrom
            ? new Statistics(Percentile(sorted, 50), sorted[0], sorted[^1], sorted[^1])
            : new Statistics(Percentile(sorted, 50), Percentile(sorted, 10), Percentile(sorted, 90), sorted[^1]);
    }

    /// <summary>A percentile of sorted samples, interpolated between its two neighbours.</summary>
    internal static double Percentile(double[] sorted, double percent)
    {
        var place = (sorted.Length - 1) * percent / 100;
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}
