namespace OvndbOcf.Ctl.Views;

/// <summary>What Pacemaker says of a node.</summary>
internal enum NodeCondition
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>It takes part and runs resources.</summary>
    Online,

    /// <summary>It takes part, and a person, or a failure, keeps resources off it.</summary>
    Standby,

    /// <summary>It takes part, and Pacemaker leaves its resources alone.</summary>
    Maintenance,

    /// <summary>It is joining.</summary>
    Pending,

    /// <summary>It does not take part.</summary>
    Offline,

    /// <summary>It failed, and has not been fenced yet.</summary>
    Unclean,
}

/// <summary>What Pacemaker says of an instance.</summary>
internal enum InstanceRole
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>It does not run.</summary>
    Stopped,

    /// <summary>It starts, stops, or changes its role.</summary>
    Changing,

    /// <summary>It runs as a backup.</summary>
    Unpromoted,

    /// <summary>It runs as the active one.</summary>
    Promoted,
}

/// <summary>What a database's server is.</summary>
internal enum DatabaseRole
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>It takes writes.</summary>
    Active,

    /// <summary>It replicates, or waits for somebody to replicate from.</summary>
    Backup,

    /// <summary>It works and has not answered.</summary>
    Busy,

    /// <summary>It does not answer.</summary>
    Hung,

    /// <summary>There is no process.</summary>
    Stopped,
}

/// <summary>How bad a problem is.</summary>
internal enum ProblemSeverity
{
    /// <summary>Worth knowing; nothing has to be done.</summary>
    Note,

    /// <summary>Clients are served, and something wants attention.</summary>
    Warning,

    /// <summary>Clients are not served, or might be served by two nodes.</summary>
    Critical,
}
