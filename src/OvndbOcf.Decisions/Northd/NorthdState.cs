namespace OvndbOcf.Decisions.Northd;

/// <summary>What ovn-northd is doing on this node, as far as the agent is concerned.</summary>
public enum NorthdState
{
    /// <summary>The agent does not manage it.</summary>
    NotManaged,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>No process.</summary>
    NotRunning,

    /// <summary>Its process is stopped by a signal.</summary>
    Hung,

    /// <summary>Its process runs, as it did before it died, again and again within the last minute.</summary>
    DiesRepeatedly,

    /// <summary>Its process runs and changes nothing, because somebody paused it (<c>ovn-appctl -t ovn-northd pause</c>).</summary>
    Paused,

    /// <summary>Its process runs, and has no connection to at least one of the two databases.</summary>
    Disconnected,

    /// <summary>Its process runs and was told to connect to other servers than those of this resource.</summary>
    Misdirected,
}
