namespace OvndbOcf.Ovsdb.Synchronization;

/// <summary>What a server said about one database.</summary>
/// <param name="Role">Active or backup.</param>
/// <param name="Replication">The state of a backup's copying; <see cref="Replication.None"/> otherwise.</param>
/// <param name="Remote">The active that is copied from, such as <c>tcp:192.0.2.10:6641</c>; null if none was named.</param>
/// <param name="Error">Why replication failed, in the server's words; null if it did not fail or no reason was given.</param>
public sealed record DatabaseSyncStatus(SyncRole Role, Replication Replication, string? Remote, string? Error)
{
    /// <summary>The server said nothing that is understood.</summary>
    public static DatabaseSyncStatus Unknown { get; } = new(SyncRole.Unknown, Replication.None, null, null);
}
