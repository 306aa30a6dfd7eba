namespace OvndbOcf.Ovsdb.Synchronization;

/// <summary>What a server takes itself to be for a database (ovsdb(7), "Active-Backup Database Service Model").</summary>
public enum SyncRole
{
    /// <summary>The server did not say, or said something that is not understood.</summary>
    Unknown,

    /// <summary>Accepts writes. A server that was never told to synchronize is active too.</summary>
    Active,

    /// <summary>Refuses writes from clients.</summary>
    Backup,
}
