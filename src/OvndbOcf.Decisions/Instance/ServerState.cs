using System.Net;
using OvndbOcf.Linux;

namespace OvndbOcf.Decisions.Instance;

/// <summary>What one database's server is doing.</summary>
public enum ServerState
{
    /// <summary>No process, nobody answers, and nothing is about to start one.</summary>
    NotRunning,

    /// <summary>Active: it takes writes.</summary>
    Active,

    /// <summary>Backup that has its source's contents and follows the changes, by a connection that is there as far as can be seen.</summary>
    Replicating,

    /// <summary>Backup without a connection to its source, or before the end of its first dump; usual while there is no active server.</summary>
    Disconnected,

    /// <summary>Backup, whose replication ended in an error.</summary>
    ReplicationFailed,

    /// <summary>A process that works and has not answered yet.</summary>
    Busy,

    /// <summary>A process that gives no answer: hung, or stopped by a signal.</summary>
    Hung,

    /// <summary>A process that is there, without a state that can be relied on.</summary>
    Unclear,
}

/// <summary>The connection by which a backup replicates.</summary>
/// <param name="Local">Its end of it.</param>
/// <param name="Source">The active server's end.</param>
public sealed record BackupLink(IPEndPoint Local, IPEndPoint Source);

/// <summary>What was seen of one database's server: what it said, and what the kernel knows of its process and its connection.</summary>
/// <param name="State">The conclusion.</param>
/// <param name="Source">For a backup, the remote it replicates from, such as <c>tcp:10.0.0.9:6641</c>; null if it did not say.</param>
/// <param name="Detail">What was seen, in a few words for a message; empty where the state says it all.</param>
/// <param name="Process">The server's process where it was looked for and found.</param>
public sealed record ServerObservation(ServerState State, string? Source, string Detail, ProcessSnapshot? Process = null)
{
    /// <summary>The connection by which it replicates; null if it does not, or if that connection is not to be seen.</summary>
    public BackupLink? Link { get; init; }

    /// <summary>Whether it answers as a backup, replicating or not.</summary>
    public bool IsBackup => State is ServerState.Replicating or ServerState.Disconnected or ServerState.ReplicationFailed;

    /// <summary>Whether it answers and says what it is.</summary>
    public bool IsResponsive => IsBackup || State == ServerState.Active;
}
