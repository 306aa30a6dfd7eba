using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Neighbours;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// All that one action leaves for the next ones, in the directory for run-time state, so that a reboot clears it. No note is needed: the table in docs/design.md says of each who writes it, what ends it, and what
/// one costs that is missing. Files are made nowhere else.
/// </summary>
/// <param name="directory">The directory for run-time state.</param>
/// <param name="resource">The resource's name.</param>
/// <param name="directories">Where the servers are: what is known of them goes by their run directory.</param>
public sealed class ResourceMemory(string directory, string resource, OvnDirectories directories)
{
    private static readonly TimeSpan BetweenReminders = TimeSpan.FromDays(1);

    // One that somebody has removed comes back.
    private static readonly TimeSpan BetweenRewrites = TimeSpan.FromHours(1);

    /// <summary>The directory for run-time state: the one that an environment names (<c>HA_RSCTMP</c>), or Pacemaker's.</summary>
    public static string DirectoryOf(OcfEnvironment environment) => environment.Variable("HA_RSCTMP") ?? "/run/resource-agents";

    /// <summary>Which messages the system log has had: before any parameter is read.</summary>
    public static ToldMessages ToldOf(OcfEnvironment environment) =>
        new(new StateFile(DirectoryOf(environment), environment.ResourceName, "told"));

    /// <summary>What the last monitor found, for the next one to compare.</summary>
    internal MonitorCacheFile MonitorCache => new(OfResource("steady"));

    /// <summary>Since when this backup is without its source.</summary>
    internal ConditionTimer Disconnection => new(OfResource("disconnected"));

    /// <summary>Since when a server has been too busy to answer.</summary>
    internal ConditionTimer Busy => new(OfResource("busy"));

    /// <summary>Since when replication has been in error, or was last begun again for that.</summary>
    internal ConditionTimer FailedReplication => new(OfResource("failed"));

    /// <summary>Since when another node's promotion has been on record, though this instance is the promoted one.</summary>
    internal ConditionTimer RecordedElsewhere => new(OfResource("elsewhere"));

    /// <summary>Since when the virtual address has been missing on the promoted instance's node.</summary>
    internal ConditionTimer MissingAddress => new(OfResource("address"));

    /// <summary>Which process of ovn-northd the agent started.</summary>
    internal StateFile NorthdStarted => OfResource("northd-started");

    /// <summary>Since when ovn-northd has been running without working, and whether it was started anew for that.</summary>
    internal NorthdIdleness NorthdIdleness => new(new ConditionTimer(OfResource("northd-idle")), OfResource("northd-restarted"));

    /// <summary>When ovn-northd had to be started again.</summary>
    internal NorthdRestarts NorthdRestarts => new(OfResource("northd"));

    /// <summary>Promotions that failed here. They outlive stop and start: each failure is followed by these.</summary>
    internal FailedPromotions FailedPromotions => new(OfResource("promotion-failed"));

    /// <summary>The record that this instance wrote last, while its promotion lasts.</summary>
    internal OwnPromotionFile OwnPromotion => new(OfResource("promotion"));

    /// <summary>Which backups have been connected since this promotion.</summary>
    internal LinkMemoryFile Links => new(OfResource("links"));

    /// <summary>Since when this backup has been following.</summary>
    internal FollowingSinceFile FollowingSince => new(OfResource("following"));

    /// <summary>Which promotion score was sent.</summary>
    internal RecentNote SentScore => new(OfResource("scored"));

    /// <summary>That this node has published what its copies are.</summary>
    internal RecentNote Published => new(OfResource("published"));

    /// <summary>That this node has claimed something before a promotion.</summary>
    internal RecentNote Claimed => new(OfResource("claimed"));

    /// <summary>What people were told last in the node's attribute.</summary>
    internal RecentNote Shown => new(OfResource("advised"), BetweenRewrites);

    /// <summary>In place of which promotion this node gave way to a better copy.</summary>
    internal RecentNote GaveWay => new(OfResource("gave-way"));

    /// <summary>What was told of the databases' disk.</summary>
    internal RecentNote ToldOfDisk => new(OfResource("disk"));

    /// <summary>What was told of certificates.</summary>
    internal RecentNote ToldOfCertificates => new(OfResource("certificates"), BetweenReminders);

    /// <summary>Which resource's servers run in the directory.</summary>
    internal StateFile Owner => OfServers("owner");

    /// <summary>What was told of the history in a database's file.</summary>
    internal RecentNote ToldOfHistory(DatabaseParameters database) => new(OfResource($"history-{database.Prefix}"), BetweenReminders);

    /// <summary>Which backups were connected before the row for them was changed.</summary>
    internal RecentNote CutOff(DatabaseParameters database) => new(OfResource($"{database.Prefix}-cut"), TimeSpan.FromSeconds(5));

    /// <summary>What the agent made a server listen on.</summary>
    internal ListenerNote Listeners(DatabaseParameters database) => new(OfServers($"{database.Prefix}-listeners"));

    /// <summary>The schema that a server was started with. No note: ovn-ctl reads it. It lies here because the run directory is ovn-ctl's to make.</summary>
    internal StateFile Schema(DatabaseParameters database) => OfServers($"{database.Prefix}-schema");

    /// <summary>
    /// At start and stop: for how long something has lasted means the servers that are gone, or their promotion, and must not be held against the next ones.
    /// </summary>
    internal void ForgetConditions()
    {
        foreach (var condition in (ConditionTimer[])[Disconnection, Busy, FailedReplication, RecordedElsewhere, MissingAddress])
        {
            condition.Update(holds: false);
        }

        NorthdIdleness.Note(isIdle: false);
    }

    private StateFile OfResource(string kind) => new(directory, resource, kind);

    private StateFile OfServers(string kind) => new(directory, DeploymentOverlap.Plain(directories.Run), kind);
}
