namespace OvndbOcf.Campaign.Report.Figures;

/// <summary>What campaigns are summed up by.</summary>
/// <param name="Faults">How many faults there were.</param>
/// <param name="Broken">How many of them broke an invariant, or needed a person.</param>
/// <param name="Violations">How many violations there were; a fault may have several.</param>
/// <param name="Unrecovered">After how many faults a person would have been needed.</param>
/// <param name="Acknowledged">How many rows were acknowledged.</param>
/// <param name="Missing">How many of those were missing, for each class of faults.</param>
/// <param name="WorstOutage">The longest outage in seconds; null without faults.</param>
/// <param name="WorstRecovery">The longest recovery in seconds, of those that there were; null if there was none.</param>
internal sealed record CampaignFigures(
    int Faults,
    int Broken,
    int Violations,
    int Unrecovered,
    int Acknowledged,
    IReadOnlyDictionary<FaultClass, int> Missing,
    double? WorstOutage,
    double? WorstRecovery
)
{
    /// <summary>The figures of all these faults.</summary>
    public static CampaignFigures Of(IReadOnlyCollection<FaultRecord> faults) =>
        new(
            faults.Count,
            faults.Count(fault => !fault.Held),
            faults.Sum(fault => fault.Violations.Count),
            faults.Count(fault => fault.Recovery is null),
            faults.Sum(fault => fault.Acknowledged),
            Enum.GetValues<FaultClass>()
                .ToDictionary(one => one, one => faults.Where(fault => fault.Class == one).Sum(fault => fault.Missing)),
            faults.Max(fault => (double?)fault.Outage),
            faults.Max(fault => fault.Recovery)
        );
}
