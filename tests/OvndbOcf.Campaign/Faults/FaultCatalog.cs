namespace OvndbOcf.Campaign.Faults;

/// <summary>All kinds of faults.</summary>
internal static class FaultCatalog
{
    /// <summary>The kinds, in the order in which the plan knows them: another order makes other campaigns of the same seeds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
    [
        .. ProcessFaults.All,
        .. NodeFaults.All,
        .. NetworkFaults.All,
        .. FileFaults.All,
        .. OperatorFaults.All,
        .. DataFaults.All,
        .. ParameterFaults.All,
        .. LimitFaults.All,
    ];

    /// <summary>The kinds with one of the texts in their names, in the same order; all of them if there are no texts.</summary>
    public static IReadOnlyList<FaultKind> Select(IReadOnlyList<string> texts) =>
        texts.Count == 0 ? All : [.. All.Where(kind => texts.Any(text => kind.Name.Contains(text, StringComparison.OrdinalIgnoreCase)))];

    /// <summary>The kind with the name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FaultKind Named(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new ArgumentException($"no kind of fault is called '{name}'", nameof(name));
}
