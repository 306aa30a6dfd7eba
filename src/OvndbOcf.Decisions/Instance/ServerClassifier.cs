using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Ovsdb.Unixctl;

namespace OvndbOcf.Decisions.Instance;

/// <summary>What the process table says of a server that did not answer.</summary>
/// <param name="Daemon">The server's process, if it exists.</param>
/// <param name="Watchdog">The process that watches the server and restarts it after a crash (ovs-vswitchd(8), <c>--monitor</c>), if it exists.</param>
public sealed record DaemonProcesses(ProcessSnapshot? Daemon, ProcessSnapshot? Watchdog)
{
    /// <summary>Neither exists.</summary>
    public static DaemonProcesses None { get; } = new(null, null);
}

/// <summary>Turns what a server answered, and what the process table says where it did not, into its state.</summary>
public static class ServerClassifier
{
    /// <summary>The state of a server that answered <c>sync-status</c>.</summary>
    public static ServerObservation FromAnswer(DatabaseSyncStatus status) =>
        status.Role switch
        {
            SyncRole.Active => new ServerObservation(ServerState.Active, null, string.Empty),
            SyncRole.Backup => FromBackup(status),
            _ => new ServerObservation(ServerState.Unclear, null, "the server reports neither active nor backup"),
        };

    /// <summary>
    /// The state of a server that gave no usable answer. Only when neither a process nor one that would restart it exists, and nobody listens,
    /// is it not running: everything else may still hold, or get hold of, the database.
    /// </summary>
    /// <param name="reply">What came instead of an answer.</param>
    /// <param name="evidence">The processes.</param>
    /// <param name="silence">What the server was doing while its answer was awaited.</param>
    /// <param name="descriptors">How many file descriptors its process uses; null if that is not known.</param>
    public static ServerObservation FromSilence(
        UnixctlReply reply,
        DaemonProcesses evidence,
        Silence silence = Silence.Unclear,
        DescriptorUse? descriptors = null
    )
    {
        if (evidence.Daemon is { Activity: ProcessActivity.Stopped } stopped)
        {
            return new ServerObservation(ServerState.Hung, null, $"process {stopped.Id} is stopped by a signal", stopped);
        }

        if (reply.Failure == CallFailure.TimedOut && descriptors is { IsExhausted: true } && evidence.Daemon is { } full)
        {
            // It tries to take the connection without end, and serves those clients that it has.
            var state = silence == Silence.Idle ? ServerState.Hung : ServerState.Busy;
            return new ServerObservation(
                state,
                null,
                $"process {full.Id} has used up {descriptors.Limit} file descriptors and refuses connections: raise max_open_files",
                full
            );
        }

        return (reply.Failure, evidence.Daemon) switch
        {
            (CallFailure.TimedOut, { } process) when silence == Silence.Busy => new ServerObservation(
                ServerState.Busy,
                null,
                $"process {process.Id} works and does not answer in time",
                process
            ),
            (CallFailure.TimedOut, { } process) when silence == Silence.Idle => new ServerObservation(
                ServerState.Hung,
                null,
                $"process {process.Id} sleeps and does not answer",
                process
            ),
            (CallFailure.TimedOut, { } process) => new ServerObservation(
                ServerState.Hung,
                null,
                $"process {process.Id} does not answer in time",
                process
            ),
            (CallFailure.TimedOut, null) => new ServerObservation(
                ServerState.Unclear,
                null,
                "an unknown process accepts connections on the control socket and does not answer"
            ),
            (CallFailure.CannotConnect, null) when evidence.Watchdog is { } monitor => new ServerObservation(
                ServerState.Unclear,
                null,
                $"the server crashed, and monitor process {monitor.Id} has not restarted the server yet"
            ),
            (CallFailure.CannotConnect, null) => new ServerObservation(ServerState.NotRunning, null, string.Empty),
            (CallFailure.Closed, null) when evidence.Watchdog is null => new ServerObservation(ServerState.NotRunning, null, string.Empty),
            (CallFailure.CannotConnect or CallFailure.Closed, { } process) when silence == Silence.Busy => new ServerObservation(
                ServerState.Busy,
                null,
                $"process {process.Id} reads the database file and accepts no connection yet",
                process
            ),
            (CallFailure.CannotConnect, { } process) => new ServerObservation(
                ServerState.Unclear,
                null,
                $"process {process.Id} runs, and the control socket refuses connections",
                process
            ),
            _ => new ServerObservation(
                ServerState.Unclear,
                null,
                $"the control socket gave no usable answer ({reply.Text})",
                evidence.Daemon
            ),
        };
    }

    private static ServerObservation FromBackup(DatabaseSyncStatus status) =>
        status.Replication switch
        {
            Replication.Replicating => new ServerObservation(ServerState.Replicating, status.Remote, string.Empty),
            Replication.Failed => new ServerObservation(
                ServerState.ReplicationFailed,
                status.Remote,
                $"replication from {status.Remote ?? "its source"} failed: {status.Error ?? "no reason given"}"
            ),
            _ => new ServerObservation(ServerState.Disconnected, status.Remote, string.Empty),
        };
}
