namespace OvndbOcf.Ocf;

/// <summary>What an action tells Pacemaker through its exit status (OCF 1.1, "Exit status codes").</summary>
public enum OcfExitCode
{
    /// <summary>The action succeeded; from monitor: the instance runs, unpromoted.</summary>
    Success = 0,

    /// <summary>The action failed, or monitor found a failed instance. Pacemaker recovers it.</summary>
    GenericError = 1,

    /// <summary>A parameter cannot be used on this machine, such as a file that is not here. Pacemaker tries other nodes.</summary>
    InvalidArguments = 2,

    /// <summary>The action is unknown to this agent.</summary>
    Unimplemented = 3,

    /// <summary>A privilege is missing on this machine.</summary>
    InsufficientPrivileges = 4,

    /// <summary>Software that the agent needs is missing on this machine.</summary>
    NotInstalled = 5,

    /// <summary>A parameter is wrong by itself, hence on every machine.</summary>
    NotConfigured = 6,

    /// <summary>The instance is cleanly stopped.</summary>
    NotRunning = 7,

    /// <summary>The instance runs, promoted. Only monitor returns it.</summary>
    Promoted = 8,

    /// <summary>The instance failed and may be promoted.</summary>
    PromotedFailed = 9,

    /// <summary>The instance serves as unpromoted, with reduced function (Pacemaker 2.0.5 and later).</summary>
    Degraded = 190,

    /// <summary>The instance serves as promoted, with reduced function (Pacemaker 2.0.5 and later).</summary>
    DegradedPromoted = 191,
}
