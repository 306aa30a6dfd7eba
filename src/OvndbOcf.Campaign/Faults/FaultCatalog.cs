namespace OvndbOcf.Campaign.Faults;

/// <summary>All kinds of faults.</summary>
internal static class FaultCatalog
{
    /// <summary>The kinds, whatever cluster they need.</summary>
    public static IReadOnlyList<FaultKind> All { get; } =
        [.. ProcessFaults.All, .. NodeFaults.All, .. NetworkFaults.All, .. FileFaults.All, .. OperatorFaults.All];

    /// <summary>The kinds that a cluster of that many nodes can bear.</summary>
    public static IReadOnlyList<FaultKind> For(int nodes) => [.. All.Where(kind => kind.FewestNodes <= nodes)];

    /// <summary>The kind with the name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static FaultKind Named(string name) =>
        All.FirstOrDefault(kind => kind.Name == name) ?? throw new ArgumentException($"no kind of fault is called '{name}'", nameof(name));
}
