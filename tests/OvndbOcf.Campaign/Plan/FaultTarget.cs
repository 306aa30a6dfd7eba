namespace OvndbOcf.Campaign.Plan;

/// <summary>Which node a fault concerns. Which one that is, is known only when the fault comes.</summary>
internal enum FaultTarget
{
    /// <summary>The node with the promoted instance.</summary>
    Active,

    /// <summary>A node without it.</summary>
    Backup,
}
