namespace OvndbOcf.Decisions.Instance;

/// <summary>What the two servers and northd of this node are together: one instance of the resource.</summary>
public enum InstanceState
{
    /// <summary>Nothing runs.</summary>
    Stopped,

    /// <summary>Both servers are backups.</summary>
    Unpromoted,

    /// <summary>Both servers are backups, and at least one cannot replicate from the active server.</summary>
    UnpromotedDegraded,

    /// <summary>Both servers are active, and northd runs if it should.</summary>
    Promoted,

    /// <summary>Both servers are active, and northd, which should work beside them, does not, or not for long.</summary>
    PromotedWithoutNorthd,

    /// <summary>One server is active and the other a backup.</summary>
    HalfPromoted,

    /// <summary>At least one server is gone, hung or unclear, or northd is left over where no server runs.</summary>
    Failed,
}
