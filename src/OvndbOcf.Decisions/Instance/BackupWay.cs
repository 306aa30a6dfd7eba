namespace OvndbOcf.Decisions.Instance;

/// <summary>What makes a backup of a server.</summary>
public enum BackupWay
{
    /// <summary>Nothing: it is one.</summary>
    Stay,

    /// <summary>It takes writes no more, and follows nobody.</summary>
    Demote,

    /// <summary>It is started.</summary>
    Start,

    /// <summary>It is ended, and started anew.</summary>
    Restart,

    /// <summary>It is ended: the instance is stopped next.</summary>
    Stop,

    /// <summary>Nothing can be done while it works: killed, the next one would begin anew with the same file.</summary>
    Wait,
}

/// <summary>Chooses the way of a server to a backup. Pure, total; without a state that can be relied on, the server is started anew.</summary>
public static class BackupWays
{
    /// <summary>From a state.</summary>
    public static BackupWay From(ServerState state) =>
        state switch
        {
            ServerState.Replicating or ServerState.Disconnected or ServerState.ReplicationFailed => BackupWay.Stay,
            ServerState.Active => BackupWay.Demote,
            ServerState.NotRunning => BackupWay.Start,
            ServerState.Busy => BackupWay.Wait,
            _ => BackupWay.Restart,
        };

    /// <summary>From a state at a demotion. Where a stop follows, a server that does not answer is not brought to, but ended.</summary>
    public static BackupWay AtDemotion(ServerState state, bool stopFollows) =>
        From(state) is var way && stopFollows && way is not (BackupWay.Stay or BackupWay.Demote) ? BackupWay.Stop : way;
}
