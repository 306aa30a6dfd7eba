using OvndbOcf.Decisions.Instance;

namespace OvndbOcf.Decisions.Topology;

/// <summary>What is known of the active servers of the latest promotion by a backup that may have missed them.</summary>
/// <param name="IsMine">Whether it is this node's own promotion.</param>
/// <param name="IsNodesOwn">Whether backups replicate from the promoted node's own address, where nobody else can answer.</param>
/// <param name="IsPromoted">Whether that node says that it is promoted; null if that is not known.</param>
/// <param name="IsHere">Whether the address that backups replicate from is not known, or is this node's at the moment.</param>
/// <param name="HasFailedForLong">Whether replication has been in error for longer than a failover takes.</param>
public sealed record MissedSource(bool IsMine, bool IsNodesOwn, bool? IsPromoted, bool IsHere, bool HasFailedForLong)
{
    /// <summary>
    /// Whether a server has to be pointed at the active one. Behind the virtual address another backup may answer for a moment, so there the promoted node has to say that it is one. A replication
    /// that ended in an error does not begin again by itself.
    /// </summary>
    /// <param name="seen">What the server was seen as.</param>
    /// <param name="isRight">Whether it names the source that it should.</param>
    public bool MustFollow(ServerObservation seen, bool isRight) =>
        seen.IsBackup
        && !IsMine
        && !IsHere
        && (IsNodesOwn || IsPromoted == true)
        && (!isRight || (seen.State == ServerState.ReplicationFailed && HasFailedForLong));
}
