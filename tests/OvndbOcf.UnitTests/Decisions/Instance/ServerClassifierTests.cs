using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Synchronization;
using OvndbOcf.Ovsdb.Unixctl;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Instance;

public sealed class ServerClassifierTests
{
    private const string Remote = "tcp:10.0.0.9:6641";

    /// <summary>What a server says of its role and of its replication, and what that means.</summary>
    public static TheoryData<SyncRole, Replication, ServerState> Answers =>
        new()
        {
            { SyncRole.Active, Replication.None, ServerState.Active },
            { SyncRole.Active, Replication.Unknown, ServerState.Active },
            { SyncRole.Active, Replication.Replicating, ServerState.Active },
            { SyncRole.Active, Replication.Connecting, ServerState.Active },
            { SyncRole.Active, Replication.NotConnected, ServerState.Active },
            { SyncRole.Active, Replication.Failed, ServerState.Active },
            { SyncRole.Backup, Replication.None, ServerState.Disconnected },
            { SyncRole.Backup, Replication.Unknown, ServerState.Disconnected },
            { SyncRole.Backup, Replication.Replicating, ServerState.Replicating },
            { SyncRole.Backup, Replication.Connecting, ServerState.Disconnected },
            { SyncRole.Backup, Replication.NotConnected, ServerState.Disconnected },
            { SyncRole.Backup, Replication.Failed, ServerState.ReplicationFailed },
            { SyncRole.Unknown, Replication.None, ServerState.Unclear },
            { SyncRole.Unknown, Replication.Unknown, ServerState.Unclear },
            { SyncRole.Unknown, Replication.Replicating, ServerState.Unclear },
            { SyncRole.Unknown, Replication.Connecting, ServerState.Unclear },
            { SyncRole.Unknown, Replication.NotConnected, ServerState.Unclear },
            { SyncRole.Unknown, Replication.Failed, ServerState.Unclear },
        };

    /// <summary>
    /// For each failure, a letter for: no process; no server but its monitor; a running, a blocked and a stopped server.
    /// N not running, U unclear, H hung.
    /// </summary>
    public static TheoryData<CallFailure, string> Silences =>
        new()
        {
            { CallFailure.CannotConnect, "NUUUH" },
            { CallFailure.LocalFailure, "UUUUH" },
            { CallFailure.TimedOut, "UUHHH" },
            { CallFailure.Closed, "NUUUH" },
            { CallFailure.Unreadable, "UUUUH" },
            { CallFailure.ErrorReply, "UUUUH" },
        };

    [Fact]
    public void Both_tables_are_complete()
    {
        Assert.Equal(Enum.GetValues<SyncRole>().Length * Enum.GetValues<Replication>().Length, Answers.Count);
        Assert.Equal(Enum.GetValues<CallFailure>(), Silences.Select(row => row.Data.Item1).Order());
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void What_a_server_answers_is_what_it_is(SyncRole role, Replication replication, ServerState state)
    {
        foreach (var remote in (string?[])[Remote, null])
        {
            foreach (var error in (string?[])["self replicating", null])
            {
                var seen = ServerClassifier.FromAnswer(new DatabaseSyncStatus(role, replication, remote, error));
                Assert.Equal(state, seen.State);
                Assert.Equal(role == SyncRole.Backup ? remote : null, seen.Source);
            }
        }
    }

    [Theory]
    [InlineData(Silence.Busy, ServerState.Busy)]
    [InlineData(Silence.Idle, ServerState.Hung)]
    [InlineData(Silence.Unclear, ServerState.Busy)]
    public void A_server_without_a_free_descriptor_is_told_of_with_what_to_do(Silence silence, ServerState state)
    {
        var process = new ProcessSnapshot(7, 1, "ovsdb-server", ProcessActivity.Running, 1);
        var seen = ServerClassifier.FromSilence(
            new UnixctlReply(CallFailure.TimedOut, ""),
            new DaemonProcesses(process, null),
            silence,
            new DescriptorUse(1024, 1024)
        );
        Assert.Equal(
            (state, "process 7 has used up 1024 file descriptors and refuses connections: raise max_open_files"),
            (seen.State, seen.Detail)
        );
        var other = ServerClassifier.FromSilence(
            new UnixctlReply(CallFailure.TimedOut, ""),
            new DaemonProcesses(process, null),
            silence,
            new DescriptorUse(100, 1024)
        );
        Assert.DoesNotContain("descriptors", other.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_replication_is_told_with_its_source_and_reason()
    {
        var seen = ServerClassifier.FromAnswer(new DatabaseSyncStatus(SyncRole.Backup, Replication.Failed, Remote, "schema too old"));
        Assert.Contains(Remote, seen.Detail, StringComparison.Ordinal);
        Assert.Contains("schema too old", seen.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Silences))]
    public void What_a_silent_server_is_depends_on_what_runs(CallFailure failure, string states)
    {
        var monitor = new ProcessSnapshot(6, 1, "ovsdb-server", ProcessActivity.Running, 100);
        DaemonProcesses[] evidence =
        [
            DaemonProcesses.None,
            new(null, monitor),
            new(Server(ProcessActivity.Running), null),
            new(Server(ProcessActivity.Blocked), null),
            new(Server(ProcessActivity.Stopped), null),
        ];
        for (var i = 0; i < evidence.Length; i++)
        {
            var expected = states[i] switch
            {
                'N' => ServerState.NotRunning,
                'U' => ServerState.Unclear,
                _ => ServerState.Hung,
            };
            var seen = ServerClassifier.FromSilence(new UnixctlReply(failure, "what happened"), evidence[i]);
            Assert.Equal(expected, seen.State);
            Assert.Equal(evidence[i].Daemon, seen.Process);
            Assert.Null(seen.Source);
            Assert.Equal(expected == ServerState.NotRunning, seen.Detail.Length == 0);

            // Where the server's process is known, its monitor adds nothing.
            if (evidence[i].Daemon is not null)
            {
                Assert.Equal(
                    seen,
                    ServerClassifier.FromSilence(new UnixctlReply(failure, "what happened"), evidence[i] with { Watchdog = monitor })
                );
            }
        }
    }

    [Fact]
    public void A_crashed_server_whose_monitor_waits_is_told_of()
    {
        var seen = ServerClassifier.FromSilence(
            new UnixctlReply(CallFailure.CannotConnect, ""),
            new DaemonProcesses(null, Server(ProcessActivity.Running))
        );
        Assert.Contains("monitor process 7 has not restarted the server yet", seen.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_process_is_named() =>
        Assert.Equal(
            "process 7 is stopped by a signal",
            ServerClassifier
                .FromSilence(new UnixctlReply(CallFailure.TimedOut, ""), new DaemonProcesses(Server(ProcessActivity.Stopped), null))
                .Detail
        );

    /// <summary>For each thing that the process may have done meanwhile: the state of a sleeping one, and what is told of it.</summary>
    public static TheoryData<Silence, ServerState, string> Doings =>
        new()
        {
            { Silence.Unclear, ServerState.Hung, "process 7 does not answer in time" },
            { Silence.Busy, ServerState.Busy, "process 7 works and does not answer in time" },
            { Silence.Idle, ServerState.Hung, "process 7 sleeps and does not answer" },
            { Silence.Stopped, ServerState.Hung, "process 7 does not answer in time" },
            { Silence.Gone, ServerState.Hung, "process 7 does not answer in time" },
        };

    [Theory]
    [MemberData(nameof(Doings))]
    public void What_the_process_did_tells_a_busy_server_from_a_hung_one(Silence silence, ServerState state, string detail)
    {
        var reply = new UnixctlReply(CallFailure.TimedOut, "no answer in time");
        foreach (var activity in (ProcessActivity[])[ProcessActivity.Running, ProcessActivity.Sleeping, ProcessActivity.Blocked])
        {
            var process = Server(activity);
            Assert.Equal(
                new ServerObservation(state, null, detail, process),
                ServerClassifier.FromSilence(reply, new DaemonProcesses(process, null), silence)
            );
        }

        Assert.Equal(
            ServerState.Hung,
            ServerClassifier.FromSilence(reply, new DaemonProcesses(Server(ProcessActivity.Stopped), null), silence).State
        );
        Assert.Equal(ServerState.Unclear, ServerClassifier.FromSilence(reply, DaemonProcesses.None, silence).State);
    }

    [Fact]
    public void Only_where_no_answer_came_does_it_matter_what_the_process_did()
    {
        Assert.Equal(Enum.GetValues<Silence>(), Doings.Select(row => row.Data.Item1));
        var evidence = new DaemonProcesses(Server(ProcessActivity.Running), null);
        foreach (var failure in Enum.GetValues<CallFailure>().Where(failure => failure != CallFailure.TimedOut))
        {
            var seen = ServerClassifier.FromSilence(new UnixctlReply(failure, "what happened"), evidence);
            foreach (var silence in Enum.GetValues<Silence>())
            {
                var reads = silence == Silence.Busy && failure is (CallFailure.CannotConnect or CallFailure.Closed);
                Assert.Equal(
                    reads
                        ? new ServerObservation(
                            ServerState.Busy,
                            null,
                            "process 7 reads the database file and accepts no connection yet",
                            evidence.Daemon
                        )
                        : seen,
                    ServerClassifier.FromSilence(new UnixctlReply(failure, "what happened"), evidence, silence)
                );
            }
        }
    }

    [Fact]
    public void Without_a_process_nothing_reads_a_file()
    {
        var reply = new UnixctlReply(CallFailure.CannotConnect, "what happened");
        Assert.Equal(ServerState.NotRunning, ServerClassifier.FromSilence(reply, DaemonProcesses.None, Silence.Busy).State);
        Assert.Equal(
            ServerState.Unclear,
            ServerClassifier.FromSilence(reply, new DaemonProcesses(null, Server(ProcessActivity.Sleeping)), Silence.Busy).State
        );
        Assert.Equal(
            ServerState.Hung,
            ServerClassifier.FromSilence(reply, new DaemonProcesses(Server(ProcessActivity.Stopped), null), Silence.Busy).State
        );
    }

    private static ProcessSnapshot Server(ProcessActivity activity) => new(7, 6, "ovsdb-server", activity, 101);
}
