namespace OvndbOcf.Bench.Results;

/// <summary>Where it was measured.</summary>
/// <param name="Cpu">The CPU's model.</param>
/// <param name="Cores">How many of its cores this process may use.</param>
/// <param name="MemoryMiB">The machine's memory.</param>
/// <param name="Kernel">The kernel's release.</param>
/// <param name="Release">The nodes' Debian release.</param>
/// <param name="Versions">The version of each program involved.</param>
internal sealed record MachineDescription(
    string Cpu,
    int Cores,
    long MemoryMiB,
    string Kernel,
    string Release,
    IReadOnlyDictionary<string, string> Versions
);

/// <summary>Everything that a run found.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Begin">When it began.</param>
/// <param name="Quick">Whether it was a run with few samples, whose figures only tell that the harness works.</param>
/// <param name="Series">The figures.</param>
/// <param name="Failures">Sections that could not be measured, with the reason.</param>
internal sealed record BenchReport(
    MachineDescription Machine,
    DateTimeOffset Begin,
    bool Quick,
    IReadOnlyList<Series> Series,
    IReadOnlyList<string> Failures
);
