using OvndbOcf.Ocf;

namespace OvndbOcf.Decisions.Topology;

/// <summary>Where a backup on this node is to replicate from.</summary>
public enum ReplicationSource
{
    /// <summary>Nowhere yet: the address that never answers, where the data stays as it is.</summary>
    Nobody,

    /// <summary>The active servers, at the address that <see cref="ClusterTopology.Follow"/> names.</summary>
    Active,
}

/// <summary>Chooses the source from what Pacemaker says about the transition.</summary>
public static class ReplicationSources
{
    /// <summary>
    /// The source at start and demote. A backup resets its data from whoever answers, so <c>master_ip</c> is named only while an instance on another node is
    /// promoted and stays so. One that is yet to be promoted does not count: before its promotion another backup could answer there. The
    /// notification after the promotion brings the address then.
    /// </summary>
    public static ReplicationSource AtStartOrDemote(NotifyEnvironment notify, HostIdentity me) =>
        notify.StayingPromoted is { } promoted && !me.IsMe(promoted) ? ReplicationSource.Active : ReplicationSource.Nobody;

    /// <summary>
    /// What a notification asks of this node: to follow the active servers after a promotion elsewhere. Null for everything else, as for the promoted node itself,
    /// which must never replicate from itself.
    /// </summary>
    public static ReplicationSource? AtNotify(NotifyEnvironment notify, HostIdentity me)
    {
        if (notify is not { Type: NotifyType.Post, Operation: NotifyOperation.Promote, Promoting.Count: > 0 })
        {
            return null;
        }

        foreach (var promoted in notify.Promoting)
        {
            if (me.IsMe(promoted))
            {
                return null;
            }
        }

        return ReplicationSource.Active;
    }
}
