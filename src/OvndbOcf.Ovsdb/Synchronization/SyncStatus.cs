namespace OvndbOcf.Ovsdb.Synchronization;

/// <summary>
/// The answer to the unixctl command <c>ovsdb-server/sync-status</c> (ovsdb-server(1)), per database.
/// Up to OVS 3.2 there is one role for the whole server, and the databases are listed at its end; from 3.3 on each database has its own
/// block, which its name opens. A server none of whose databases was ever a backup answers <c>state: active</c> alone in all versions.
/// </summary>
public sealed class SyncStatus
{
    private readonly Dictionary<string, DatabaseSyncStatus> _databases;
    private readonly DatabaseSyncStatus _others;

    internal SyncStatus(Dictionary<string, DatabaseSyncStatus> databases, DatabaseSyncStatus others)
    {
        _databases = databases;
        _others = others;
    }

    /// <summary>The databases that the answer names; none where it speaks of the server as a whole.</summary>
    public IReadOnlyDictionary<string, DatabaseSyncStatus> Databases => _databases;

    /// <summary>Reads an answer. Lines that are not understood are passed over; without any that is, all is unknown.</summary>
    public static SyncStatus Parse(string text) => SyncStatusParser.Parse(text);

    /// <summary>
    /// What was said about a database. An answer for the server as a whole holds for every database; one that has blocks for other
    /// databases only leaves this one <see cref="DatabaseSyncStatus.Unknown"/>.
    /// </summary>
    public DatabaseSyncStatus For(string databaseName) => _databases.GetValueOrDefault(databaseName, _others);
}
