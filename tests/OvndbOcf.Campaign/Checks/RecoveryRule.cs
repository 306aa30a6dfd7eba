using OvndbOcf.Campaign.Report;

namespace OvndbOcf.Campaign.Checks;

/// <summary>How long the cluster may take to be whole again.</summary>
internal static class RecoveryRule
{
    private const double Each = 30;
    private const double WithFencing = 60;

    /// <summary>How many seconds it may take. A second fault may double what one of them takes: failures on two nodes are recovered from one after the other.</summary>
    /// <param name="worst">The most that can happen by the faults.</param>
    /// <param name="faults">How many came at once, 1 or 2.</param>
    public static double Limit(FaultClass worst, int faults) => (worst == FaultClass.NodeLoss ? WithFencing : Each) + ((faults - 1) * Each);

    /// <summary>What is wrong with the time; null if it is short enough.</summary>
    /// <param name="worst">The most that can happen by the faults.</param>
    /// <param name="faults">How many came at once, 1 or 2.</param>
    /// <param name="seconds">How long it took.</param>
    public static string? Judge(FaultClass worst, int faults, double seconds)
    {
        var limit = Limit(worst, faults);
        return seconds > limit ? FormattableString.Invariant($"whole again only after {seconds:0.0} s, more than {limit:0} s") : null;
    }
}
