using OvndbOcf.Ovsdb.Synchronization;
using Xunit;

namespace OvndbOcf.UnitTests.Ovsdb;

/// <summary>
/// Answers of ovsdb-server 3.1.0 and 3.5.0 as they came over the socket, and others composed after its source text: a server that
/// gave up replicating turns active before anybody can ask.
/// </summary>
public sealed class SyncStatusTests
{
    private const string Nb = "OVN_Northbound";

    /// <summary>The answer, and what it says about the Northbound database.</summary>
    public static TheoryData<string, SyncRole, Replication, string?, string?> Answers =>
        new()
        {
            // OVS 3.1 and 3.5: never told to synchronize.
            { "state: active\n", SyncRole.Active, Replication.None, null, null },
            // OVS 3.1.
            { "state: backup\nconnecting: tcp:192.0.2.254:6641\n", SyncRole.Backup, Replication.Connecting, "tcp:192.0.2.254:6641", null },
            {
                "state: backup\nreplicating: tcp:127.0.0.1:6641\ndatabase: OVN_Northbound\n",
                SyncRole.Backup,
                Replication.Replicating,
                "tcp:127.0.0.1:6641",
                null
            },
            // OVS 3.5.
            {
                "database: OVN_Northbound\nstate: backup\nconnecting: tcp:192.0.2.254:6641\n",
                SyncRole.Backup,
                Replication.Connecting,
                "tcp:192.0.2.254:6641",
                null
            },
            {
                "database: OVN_Northbound\nstate: backup\nreplicating: tcp:127.0.0.1:6641\n\n",
                SyncRole.Backup,
                Replication.Replicating,
                "tcp:127.0.0.1:6641",
                null
            },
            { "database: OVN_Northbound\nstate: active\n\n", SyncRole.Active, Replication.None, null, null },
            // From the source: excluded tables, other remotes, and states that do not last.
            { "state: backup\nconnecting: tcp:[fd00::1]:6641\n", SyncRole.Backup, Replication.Connecting, "tcp:[fd00::1]:6641", null },
            {
                "state: backup\nreplicating: tcp:127.0.0.1:6641\ndatabase: OVN_Northbound\nexclude: OVN_Northbound:Connection\n",
                SyncRole.Backup,
                Replication.Replicating,
                "tcp:127.0.0.1:6641",
                null
            },
            {
                "database: OVN_Northbound\nstate: backup\nreplicating: ssl:[fd00::1]:6641\nexclude: OVN_Northbound:Connection\n",
                SyncRole.Backup,
                Replication.Replicating,
                "ssl:[fd00::1]:6641",
                null
            },
            {
                "state: backup\nnot connected to tcp:192.0.2.1:6641\n",
                SyncRole.Backup,
                Replication.NotConnected,
                "tcp:192.0.2.1:6641",
                null
            },
            { "state: backup\nnot connected to (null)\n", SyncRole.Backup, Replication.NotConnected, "(null)", null },
            {
                "state: backup\nReplication to (tcp:192.0.2.1:6641) failed\n",
                SyncRole.Backup,
                Replication.Failed,
                "tcp:192.0.2.1:6641",
                null
            },
            {
                "database: OVN_Northbound\nstate: backup\nReplication to (tcp:192.0.2.1:6641) failed",
                SyncRole.Backup,
                Replication.Failed,
                "tcp:192.0.2.1:6641",
                null
            },
            {
                "database: OVN_Northbound\nstate: backup\nnot connected to tcp:[fd00::1]:6641",
                SyncRole.Backup,
                Replication.NotConnected,
                "tcp:[fd00::1]:6641",
                null
            },
            {
                "database: OVN_Northbound\nstate: backup\nOVN_Northbound is not configured for replication\n",
                SyncRole.Backup,
                Replication.Unknown,
                null,
                null
            },
            // A reason after the failure, should a version give one.
            {
                "state: backup\nReplication to (tcp:192.0.2.1:6641) failed: schema (version 7) differs\n",
                SyncRole.Backup,
                Replication.Failed,
                "tcp:192.0.2.1:6641",
                "schema (version 7) differs"
            },
            // What is not known, or not there.
            { "", SyncRole.Unknown, Replication.None, null, null },
            { "nonsense", SyncRole.Unknown, Replication.None, null, null },
            { "state: upside down\n", SyncRole.Unknown, Replication.None, null, null },
            { "state: upside down\nreplicating: tcp:192.0.2.1:6641\n", SyncRole.Unknown, Replication.None, null, null },
            { "state: activeish", SyncRole.Unknown, Replication.None, null, null },
            { "database: OVN_Northbound\n", SyncRole.Unknown, Replication.None, null, null },
            { "database: OVN_Southbound\nstate: active\n", SyncRole.Unknown, Replication.None, null, null },
            { "state: backup\n", SyncRole.Backup, Replication.Unknown, null, null },
            { "state: backup\nreplicating:\n", SyncRole.Backup, Replication.Replicating, null, null },
            { "state: backup\nReplication to nowhere\n", SyncRole.Backup, Replication.Unknown, null, null },
            { "uptime: 5\r\nstate: active\r\nmood: fine\r\n", SyncRole.Active, Replication.None, null, null },
            { "state: active\nreplicating: tcp:192.0.2.1:6641\n", SyncRole.Active, Replication.None, null, null },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_says_what_the_database_is(string text, SyncRole role, Replication replication, string? remote, string? error) =>
        Assert.Equal(new DatabaseSyncStatus(role, replication, remote, error), SyncStatus.Parse(text).For(Nb));

    [Fact]
    public void Each_database_has_its_own_block_from_OVS_3_3_on()
    {
        var status = SyncStatus.Parse(
            """
            database: A
            state: active

            database: B
            state: backup
            connecting: tcp:192.0.2.1:1
            database: C
            state: backup
            replicating: tcp:192.0.2.1:2

            """
        );
        Assert.Equal(["A", "B", "C"], status.Databases.Keys.Order());
        Assert.Equal(new DatabaseSyncStatus(SyncRole.Active, Replication.None, null, null), status.For("A"));
        Assert.Equal(new DatabaseSyncStatus(SyncRole.Backup, Replication.Connecting, "tcp:192.0.2.1:1", null), status.For("B"));
        Assert.Equal(new DatabaseSyncStatus(SyncRole.Backup, Replication.Replicating, "tcp:192.0.2.1:2", null), status.For("C"));
        Assert.Equal(DatabaseSyncStatus.Unknown, status.For("D"));
    }

    [Fact]
    public void Up_to_OVS_3_2_the_databases_share_one_state()
    {
        var status = SyncStatus.Parse("state: backup\nreplicating: tcp:192.0.2.1:1\ndatabase: A, B\n");
        var replicating = new DatabaseSyncStatus(SyncRole.Backup, Replication.Replicating, "tcp:192.0.2.1:1", null);
        Assert.Equal(["A", "B"], status.Databases.Keys.Order());
        Assert.Equal(replicating, status.For("A"));
        Assert.Equal(replicating, status.For("B"));
    }

    [Fact]
    public void A_backup_of_OVS_3_2_does_not_replicate_a_database_that_it_leaves_out()
    {
        var status = SyncStatus.Parse("state: backup\nreplicating: tcp:192.0.2.1:1\ndatabase: A\n");
        Assert.Equal(new DatabaseSyncStatus(SyncRole.Backup, Replication.Unknown, "tcp:192.0.2.1:1", null), status.For("B"));
    }

    [Theory]
    [InlineData("state: backup\nstate: active\n")]
    [InlineData("state: active\nstate: backup\nstate: active\n")]
    [InlineData("database: OVN_Northbound\nstate: backup\nstate: active\n")]
    [InlineData("database: OVN_Northbound\nstate: backup\n\ndatabase: OVN_Northbound\nstate: active\n")]
    [InlineData("database: OVN_Northbound\u2028state: active\n")]
    [InlineData("x\u0085state: active")]
    [InlineData("x\rstate: active")]
    [InlineData("x\fstate: active")]
    [InlineData("state: active\0")]
    public void An_answer_that_contradicts_itself_or_hides_a_state_in_another_line_says_nothing(string text) =>
        Assert.Equal(SyncRole.Unknown, SyncStatus.Parse(text).For(Nb).Role);
}
