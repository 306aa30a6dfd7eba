namespace OvndbOcf.Campaign.Plan;

/// <summary>One kind of fault and where it shall come.</summary>
/// <param name="Kind">The name of the kind, as <see cref="Faults.FaultCatalog"/> has it.</param>
/// <param name="Target">Which node.</param>
/// <param name="Choice">Chooses among several backups, 0 to 1.</param>
internal sealed record PlannedFault(string Kind, FaultTarget Target, double Choice);

/// <summary>What happens in one trial of a campaign.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Faults">One fault, or two at once.</param>
/// <param name="Apart">How long after the first the second one comes.</param>
/// <param name="Phase">How long to wait before the first one, so that not all meet the monitors at the same moment.</param>
internal sealed record PlannedTrial(int Number, IReadOnlyList<PlannedFault> Faults, TimeSpan Apart, TimeSpan Phase);
