using System.Globalization;
using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Synchronization;
using Xunit;

namespace OvndbOcf.ClusterTests.Protocol;

/// <summary>Real servers in each state that they can be asked in.</summary>
public abstract class SyncStatusProtocolTests(OvsdbContainer servers) : ProtocolTests(servers)
{
    private const string NeverAnswers = "tcp:192.0.2.254:6641";
    private static int lastPort = 6700;

    /// <summary>Whether a new source takes effect at connect-active-ovsdb-server, or only when the probe interval is set.</summary>
    protected abstract bool ConnectSwitches { get; }

    [Fact(Timeout = 60000)]
    public async Task A_server_on_its_own_is_active()
    {
        await Start("alone");
        await Becomes("alone", SyncRole.Active, Replication.None, null, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60000)]
    public async Task A_backup_says_whom_it_replicates()
    {
        var source = await Start("followed");
        await Start("follower", source);
        await Becomes("follower", SyncRole.Backup, Replication.Replicating, source, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60000)]
    public async Task A_backup_that_reaches_nobody_is_connecting()
    {
        await Start("lost", NeverAnswers);
        await Becomes("lost", SyncRole.Backup, Replication.Connecting, NeverAnswers, TestContext.Current.CancellationToken);
        var refused = NextPort();
        await Start("refused", refused);
        await Becomes("refused", SyncRole.Backup, Replication.Connecting, refused, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60000)]
    public async Task A_backup_of_a_stopped_server_is_connecting_until_that_goes_on()
    {
        var source = await Start("frozen");
        await Servers.Signal("frozen", "STOP");
        await Start("patient", source);
        await Becomes("patient", SyncRole.Backup, Replication.Connecting, source, TestContext.Current.CancellationToken);
        await Servers.Signal("frozen", "CONT");
        await Becomes("patient", SyncRole.Backup, Replication.Replicating, source, TestContext.Current.CancellationToken);
    }

    /// <summary>So "replicating" proves neither that the active lives nor that the copy is current.</summary>
    [Fact(Timeout = 60000)]
    public async Task A_backup_whose_active_has_died_goes_on_saying_that_it_replicates()
    {
        var source = await Start("mortal");
        await Start("heir", source);
        await Becomes("heir", SyncRole.Backup, Replication.Replicating, source, TestContext.Current.CancellationToken);
        await Servers.Signal("mortal", "KILL");
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Contains("connection attempt failed", await Servers.Execute("cat", "heir.log"), StringComparison.Ordinal);
        Assert.Equal(new DatabaseSyncStatus(SyncRole.Backup, Replication.Replicating, source, null), Status("heir"));
    }

    [Fact(Timeout = 60000)]
    public async Task A_backup_of_itself_turns_active()
    {
        await Start("narcissus", "tcp:127.0.0.1:6699", options: "--remote=ptcp:6699:127.0.0.1");
        await Becomes("narcissus", SyncRole.Active, Replication.None, null, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60000)]
    public async Task A_backup_with_an_older_schema_turns_active()
    {
        var source = await Start("newer");
        var schema = JsonNode.Parse(await Servers.Execute("cat", "/usr/share/ovn/ovn-nb.ovsschema"))!;
        schema["version"] = "1.0.0";
        schema["tables"]!.AsObject().Remove("Static_MAC_Binding");
        await Start("older", source, Servers.Write("older.ovsschema", schema.ToJsonString()));
        await Becomes("older", SyncRole.Active, Replication.None, null, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60000)]
    public async Task An_active_becomes_a_backup_at_connect_and_active_again_at_disconnect()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var source = await Start("leader");
        await Start("changing");
        Text("changing", "ovsdb-server/set-active-ovsdb-server", source);
        Assert.Equal(SyncRole.Active, Status("changing").Role);
        Text("changing", "ovsdb-server/connect-active-ovsdb-server");
        await Becomes("changing", SyncRole.Backup, Replication.Replicating, source, cancellation);
        Text("changing", "ovsdb-server/disconnect-active-ovsdb-server");
        await Becomes("changing", SyncRole.Active, Replication.None, null, cancellation);
        Assert.Equal(source, Text("changing", "ovsdb-server/get-active-ovsdb-server").Trim());
    }

    [Fact(Timeout = 60000)]
    public async Task A_backup_moves_to_another_active()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var before = await Start("before");
        var after = await Start("after");
        await Start("moving", before);
        await Becomes("moving", SyncRole.Backup, Replication.Replicating, before, cancellation);

        Text("moving", "ovsdb-server/set-active-ovsdb-server", after);
        Assert.Equal(after, Text("moving", "ovsdb-server/get-active-ovsdb-server").Trim());
        await Becomes("moving", SyncRole.Backup, Replication.Replicating, before, cancellation);

        Text("moving", "ovsdb-server/connect-active-ovsdb-server");
        await Becomes("moving", SyncRole.Backup, Replication.Replicating, ConnectSwitches ? after : before, cancellation);

        Text("moving", "ovsdb-server/set-active-ovsdb-server-probe-interval", "5000");
        await Becomes("moving", SyncRole.Backup, Replication.Replicating, after, cancellation);
    }

    private static string NextPort() => "tcp:127.0.0.1:" + Interlocked.Increment(ref lastPort).ToString(CultureInfo.InvariantCulture);

    /// <summary>Starts a server, as a backup if a source is given, and returns where it listens.</summary>
    private async Task<string> Start(string server, string? source = null, string? schema = null, params string[] options)
    {
        var remote = NextPort();
        List<string> all = [$"--remote=p{remote[..3]}:{remote[14..]}:127.0.0.1", .. options];
        if (source is not null)
        {
            all.Add($"--sync-from={source}");
        }

        await Servers.Start(server, schema, [.. all]);
        return remote;
    }
}

public sealed class BookwormSyncStatusTests(BookwormServers servers) : SyncStatusProtocolTests(servers), IClassFixture<BookwormServers>
{
    protected override bool ConnectSwitches => true;
}

public sealed class TrixieSyncStatusTests(TrixieServers servers) : SyncStatusProtocolTests(servers), IClassFixture<TrixieServers>
{
    protected override bool ConnectSwitches => false;
}
