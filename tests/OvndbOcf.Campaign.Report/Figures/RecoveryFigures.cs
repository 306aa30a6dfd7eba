namespace OvndbOcf.Campaign.Report.Figures;

/// <summary>How long the cluster took to recover from one kind of fault.</summary>
/// <param name="Count">How many faults of the kind there were.</param>
/// <param name="Median">The median of the recoveries in seconds; null if that is a fault without recovery.</param>
/// <param name="Worst">The longest recovery in seconds; null if a fault had none, which is worse than any.</param>
internal sealed record RecoveryFigures(int Count, double? Median, double? Worst)
{
    /// <summary>The figures of at least one fault.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static RecoveryFigures Of(IReadOnlyCollection<FaultRecord> faults)
    {
        if (faults.Count == 0)
        {
            throw new ArgumentException("no faults", nameof(faults));
        }

        // A fault without recovery counts as one that takes for ever: leaving it out would make the worst agent look quick.
        double[] sorted = [.. faults.Select(fault => fault.Recovery ?? double.PositiveInfinity).Order()];
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new RecoveryFigures(sorted.Length, Finite(median), Finite(sorted[^1]));
    }

    private static double? Finite(double seconds) => double.IsPositiveInfinity(seconds) ? null : seconds;
}
