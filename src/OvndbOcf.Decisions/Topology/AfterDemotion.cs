namespace OvndbOcf.Decisions.Topology;

/// <summary>What an instance does once its servers are backups.</summary>
public enum AfterDemotion
{
    /// <summary>Nothing: it is stopped next, or promoted elsewhere, and the notification of that tells whom to follow.</summary>
    Nothing,

    /// <summary>It follows the active servers.</summary>
    FollowActive,

    /// <summary>It says what its copy is worth, and waits until the scheduler knows: this copy may be the one to promote again.</summary>
    ReportCopy,
}

/// <summary>Chooses what comes after a demotion. Pure.</summary>
public static class AfterDemotions
{
    /// <summary>The choice.</summary>
    /// <param name="stopFollows">Whether Pacemaker stops the instance next.</param>
    /// <param name="source">Whom a backup on this node is to follow.</param>
    /// <param name="wasWhole">Whether both servers were active, so that this was a planned retirement. The score stays as it is then: a change would hold up the promotion that Pacemaker has planned next, and the next monitor sets it right.</param>
    /// <param name="hasScore">Whether the scheduler has a score of this node.</param>
    public static AfterDemotion Choose(bool stopFollows, ReplicationSource source, bool wasWhole, bool hasScore) =>
        stopFollows ? AfterDemotion.Nothing
        : source == ReplicationSource.Active ? AfterDemotion.FollowActive
        : wasWhole && hasScore ? AfterDemotion.Nothing
        : AfterDemotion.ReportCopy;
}
