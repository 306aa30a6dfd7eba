using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Servers.Memory;

/// <summary>What one resource's actions leave for the next ones, each by its name in docs/design.md.</summary>
/// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
/// <param name="resource">The resource's name.</param>
internal sealed class ResourceMemory(string directory, string resource)
{
    private static readonly TimeSpan BetweenReminders = TimeSpan.FromDays(1);

    // One that somebody has removed comes back.
    private static readonly TimeSpan BetweenRewrites = TimeSpan.FromHours(1);

    /// <summary>Since when this backup is without its source.</summary>
    public ConditionTimer Disconnection => new(directory, resource);

    /// <summary>Since when a server has been too busy to answer.</summary>
    public ConditionTimer Busy => new(directory, resource, "busy");

    /// <summary>Since when replication has been in error, or was last begun again for that.</summary>
    public ConditionTimer FailedReplication => new(directory, resource, "failed");

    /// <summary>Since when another node's promotion has been on record, though this instance is the promoted one.</summary>
    public ConditionTimer RecordedElsewhere => new(directory, resource, "elsewhere");

    /// <summary>Since when the virtual address has been missing on the promoted instance's node.</summary>
    public ConditionTimer MissingAddress => new(directory, resource, "address");

    /// <summary>Since when ovn-northd has been running without working.</summary>
    public NorthdIdleness NorthdIdleness => new(directory, resource);

    /// <summary>When ovn-northd had to be started again.</summary>
    public NorthdRestarts NorthdRestarts => new(directory, resource);

    /// <summary>Promotions that failed here. They outlive stop and start: each failure is followed by these.</summary>
    public FailedPromotions FailedPromotions => new(directory, resource);

    /// <summary>The record that this instance wrote last, while its promotion lasts.</summary>
    public OwnPromotionFile OwnPromotion => new(directory, resource);

    /// <summary>Which backups have been connected since this promotion.</summary>
    public LinkMemoryFile Links => new(directory, resource);

    /// <summary>Since when this backup has been following.</summary>
    public FollowingSinceFile FollowingSince => new(directory, resource);

    /// <summary>Which promotion score was sent.</summary>
    public RecentNote SentScore => new(directory, resource, "scored");

    /// <summary>That this node has published what its copies are.</summary>
    public RecentNote Published => new(directory, resource, "published");

    /// <summary>That this node has claimed something before a promotion.</summary>
    public RecentNote Claimed => new(directory, resource, "claimed");

    /// <summary>What people were told last in the node's attribute.</summary>
    public RecentNote Shown => new(directory, resource, "shown", BetweenRewrites);

    /// <summary>In place of which promotion this node gave way to a better copy.</summary>
    public RecentNote GaveWay => new(directory, resource, "gave-way");

    /// <summary>What was told of the databases' disk.</summary>
    public RecentNote ToldOfDisk => new(directory, resource, "disk");

    /// <summary>What was told of certificates.</summary>
    public RecentNote ToldOfCertificates => new(directory, resource, "certificates", BetweenReminders);

    /// <summary>What was told of the history in a database's file.</summary>
    public RecentNote ToldOfHistory(DatabaseParameters database) =>
        new(directory, resource, $"history-{database.Prefix}", BetweenReminders);

    /// <summary>
    /// At start and stop: for how long something has lasted means the servers that are gone, or their promotion, and must not be held against the next ones.
    /// </summary>
    public void ForgetConditions()
    {
        foreach (var condition in (ConditionTimer[])[Disconnection, Busy, FailedReplication, RecordedElsewhere, MissingAddress])
        {
            condition.Update(holds: false);
        }

        NorthdIdleness.Note(isIdle: false);
    }
}
