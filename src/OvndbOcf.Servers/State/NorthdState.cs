namespace OvndbOcf.Servers.State;

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
}
