namespace OvndbOcf.Decisions.Copies;

/// <summary>How a copy compares with what the cluster knows. In order: the later in the list, the better.</summary>
public enum CopyState
{
    /// <summary>It, or what the cluster knows, could not be read.</summary>
    Unknown,

    /// <summary>There is nothing in it, though the cluster has had data: a new file, or a first dump that never ended.</summary>
    Empty,

    /// <summary>Its data has no marker, though the cluster's has: it comes from elsewhere, or from before.</summary>
    Unmarked,

    /// <summary>Its promotion is not in this cluster's history: another cluster's, or one that another partition knew nothing of.</summary>
    Foreign,

    /// <summary>It ends before the cluster's latest promotion, or was cut off or stopped while the active server lived.</summary>
    Outdated,

    /// <summary>Its schema is older than the active's: it cannot follow.</summary>
    SchemaTooOld,

    /// <summary>The cluster knows of no promotion, and there is nothing in it: a new database.</summary>
    New,

    /// <summary>The cluster knows of no promotion by which it could be measured, and there is data in it.</summary>
    Unverified,

    /// <summary>It holds the data of the latest promotion and was following when the active server was last known to live.</summary>
    Current,

    /// <summary>
    /// It holds the closing marker of a promotion that the cluster's record does not know: whoever wrote it could not say on record whether anything came after it.
    /// </summary>
    Closed,

    /// <summary>It holds all that the last active server ever had: its closing marker and the cluster's record say so.</summary>
    Complete,

    /// <summary>It is the last active server's own: by the record, or by its marker where nothing is on record.</summary>
    LastActive,
}
