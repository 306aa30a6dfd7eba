namespace OvndbOcf.Ovsdb.Synchronization;

/// <summary>How far a backup has got with copying its active. <see cref="None"/> for whatever is not a backup.</summary>
public enum Replication
{
    /// <summary>Nothing is replicated: the server is active, or its role is unknown.</summary>
    None,

    /// <summary>A backup that did not say how it is connected, or in words that are not understood.</summary>
    Unknown,

    /// <summary>The active's contents were fetched, and changes follow.</summary>
    Replicating,

    /// <summary>
    /// No copy yet: from the first attempt to connect to the end of the first dump. OVS does not tell an active that never answers
    /// from one that is about to send its data.
    /// </summary>
    Connecting,

    /// <summary>Connected before, not connected now.</summary>
    NotConnected,

    /// <summary>Given up: the active's answer cannot be used.</summary>
    Failed,
}
