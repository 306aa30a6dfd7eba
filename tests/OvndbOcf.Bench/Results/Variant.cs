namespace OvndbOcf.Bench.Results;

/// <summary>Whose agent was measured.</summary>
internal enum Variant
{
    /// <summary>This project's.</summary>
    Ours,

    /// <summary>OVN's own shell agent.</summary>
    Shell,
}
