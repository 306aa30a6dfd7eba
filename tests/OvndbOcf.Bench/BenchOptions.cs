using OvndbOcf.Simulation;

namespace OvndbOcf.Bench;

/// <summary>What a run shall measure.</summary>
/// <param name="Release">The nodes' Debian release.</param>
/// <param name="Quick">Few samples, to see that everything works; the figures mean little.</param>
/// <param name="Only">The sections to run; all if empty.</param>
/// <param name="Soak">How long the soak lasts.</param>
/// <param name="Output">The directory for the JSON file and the chart.</param>
/// <param name="Beside">Other builds of the agent whose monitor is measured in the same run.</param>
internal sealed record BenchOptions(
    DebianRelease Release,
    bool Quick,
    IReadOnlyCollection<string> Only,
    TimeSpan Soak,
    string Output,
    IReadOnlyList<OtherBuild> Beside
)
{
    /// <summary>The names of all sections, in their order.</summary>
    public static readonly string[] Sections = ["monitor", "failover", "hard", "cpu", "scale", "clients", "ctl", "chassis", "soak"];

    /// <summary>Whether the section is to run. A quick run has those that take long only if they are asked for by name.</summary>
    public bool Wants(string section) => Only.Count > 0 ? Only.Contains(section) : !Quick || section is not ("hard" or "chassis" or "soak");

    /// <summary>One of two numbers.</summary>
    public int Count(int full, int quick) => Quick ? quick : full;

    /// <summary>Whether the shell agent can be measured: with OVS 3.3 and later it takes every backup for stopped, and does not start.</summary>
    public bool HasShell => Release == DebianRelease.Bookworm;
}
