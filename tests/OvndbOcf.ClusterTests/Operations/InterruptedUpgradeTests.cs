using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>
/// OVN gets newer schemas on one node after the other, the promoted one last, while clients write, and that stops in the middle. Each test has new nodes, as the former schema is gone at the end of it;
/// an upgrade that nobody disturbs is in <see cref="NewerSchemaTests"/>.
/// </summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class InterruptedUpgradeTests : InterruptedSteps, IAsyncLifetime
{
    private const int Limit = 600_000;
    private const string Tool = "/usr/bin/ovsdb-tool";
    private const string Armed = "/root/conversion-is-held";
    private const string Held = "/root/conversion-holds";

    // The last moment at which one file is converted and the other one is not.
    private const string HoldConversion = $"""
        #!/bin/sh
        case "$*" in
            "convert "*sb_db*) if mv {Armed} {Held} 2> /dev/null; then while [ -e {Held} ]; do sleep 0.1; done; fi ;;
        esac
        exec "$0.real" "$@"
        """;

    private readonly BookwormFencedPairCluster cluster;

    public InterruptedUpgradeTests()
        : this(new BookwormFencedPairCluster()) { }

    private InterruptedUpgradeTests(BookwormFencedPairCluster cluster)
        : base(cluster) => this.cluster = cluster;

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => cluster.InitializeAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    /// <param name="unsent">Whether the lost node has rows that it could not send: they are in its file alone, in the former schema.</param>
    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_promoted_node_that_has_the_former_OVN_loses_power_and_is_upgraded_when_it_is_back(bool unsent)
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await using var clients = await ClientsAsync();
        await UpgradeBackupAsync(active, backups[0]);
        await clients.WaitForWritesAsync(40);
        var acknowledged = clients.Names(OvnDatabase.Northbound);

        clients.Interrupted();
        if (unsent)
        {
            await DropAsync(active, "sport", backups[0]);
            await clients.WaitForWritesAsync(20);
        }

        await active.PowerOffAsync(Cancellation);
        await PromotedAsync(backups[0]);
        await clients.WaitForWritesAsync(40);
        Assert.Equal(NewerSchema.Version, await NewerSchema.ServedVersionAsync(backups[0], OvnDatabase.Northbound, Cancellation));

        // It keeps what it had, and says what to do.
        await ReturnedAsync(active);
        await UntilAsync(
            "the reason why it does not follow",
            ReturnLimit,
            async () =>
                (await Cluster.GetStatusAsync(Cancellation)).Attribute(active.Name, $"{Shape.Resource}-copy") is var copy
                && copy?.StartsWith("SchemaTooOld ", StringComparison.Ordinal) == true
                && copy.Contains($"the active server {NewerSchema.Version}; upgrade OVN here", StringComparison.Ordinal)
                    ? null
                    : $"it says {copy}"
        );
        Assert.Empty(acknowledged.Except(await RowReader.ReadLocalNamesAsync(OvnDatabase.Northbound, active, Cancellation)));
        await clients.WaitForWritesAsync(40);

        await UpgradeAsync(active);
        await CompleteAsync(clients, active, log, unsent ? 20 : 0);
    }

    [Fact(Timeout = Limit)]
    public async Task The_servers_of_the_promoted_node_that_has_the_former_OVN_are_killed_before_it_is_upgraded()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await using var clients = await ClientsAsync();
        var mixed = await UpgradeBackupAsync(active, backups[0]);
        await clients.WaitForWritesAsync(40);

        clients.Interrupted();
        await SignalAsync(active, "KILL", mixed[active.Name].Northbound.Pid, mixed[active.Name].Southbound.Pid);
        await clients.WaitForWritesAsync(40);
        Tell($"promoted after the crash: {(await Cluster.GetStatusAsync(Cancellation)).PromotedNode(Shape.CloneId)}");

        await UpgradeAsync(active);
        await CompleteAsync(clients, active, log, unsent: null);
    }

    /// <summary>The commands of the page run on the node that is upgraded, and end with it: first when half of the new OVN is there, and then, on the promoted node, in the planned move.</summary>
    [Fact(Timeout = Limit)]
    public async Task The_node_on_which_the_commands_run_loses_power_and_they_are_run_again()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var (upgraded, log) = (backups[0], await AgentLog.FromNowAsync(Cluster, Cancellation));
        await using var clients = await ClientsAsync();
        await RunAsync(upgraded, 0, Standby(upgraded));
        await NewerSchema.InstallAsync(upgraded, OvnDatabase.Northbound, Cancellation);
        await upgraded.PowerOffAsync(Cancellation);
        await ReturnedAsync(upgraded);
        var found = await CheckRun.AskAsync(upgraded, null, Cancellation);
        Assert.Contains(found, finding => finding is { Id: "node-standby", Command: not null });
        await UpgradeBackupAsync(active, upgraded);

        await using (await HoldConversionsAsync(upgraded))
        {
            clients.Interrupted();
            var command = active.ExecAsync(Standby(active), cancellationToken: Cancellation);
            await HeldAsync(upgraded);
            await active.PowerOffAsync(Cancellation);
            await ReleaseAsync(upgraded);
            Assert.NotEqual(0, (await command).ExitCode);
            await PromotedAsync(upgraded);
            await clients.WaitForWritesAsync(40);
        }

        await ReturnedAsync(active);
        await UpgradeAsync(active);
        await CompleteAsync(clients, active, log, unsent: null);
    }

    [Fact(Timeout = Limit)]
    public async Task The_upgraded_node_loses_power_when_one_of_its_files_is_converted_for_its_first_promotion()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var (upgraded, log) = (backups[0], await AgentLog.FromNowAsync(Cluster, Cancellation));
        await using var clients = await ClientsAsync();
        await UpgradeBackupAsync(active, upgraded);
        await clients.WaitForWritesAsync(40);

        await using (await HoldConversionsAsync(upgraded))
        {
            clients.Interrupted();
            var command = active.ExecAsync(Standby(active), cancellationToken: Cancellation);
            await HeldAsync(upgraded);
            await upgraded.PowerOffAsync(Cancellation);
            await command;

            // Nobody else can be promoted, and nobody helps.
            await PromotedAsync(upgraded);
            await clients.WaitForWritesAsync(40);
        }

        await UpgradeAsync(active);
        await CompleteAsync(clients, active, log, unsent: null);
        await RunAsync(upgraded, 1, "sh", "-c", "ls -d /var/lib/ovn/*.converting 2> /dev/null | grep .");
    }

    private static string[] Standby(ClusterNode node) => ["pcs", "node", "standby", node.Name, "--wait=60"];

    /// <summary>The commands of docs/operations.md; the packages bring nothing but the schemas.</summary>
    private static async Task UpgradeAsync(ClusterNode node)
    {
        await RunAsync(node, 0, Standby(node));
        foreach (var database in Databases)
        {
            await NewerSchema.InstallAsync(node, database, Cancellation);
        }

        await RunAsync(node, 0, "pcs", "node", "unstandby", node.Name, "--wait=60");
    }

    private async Task<ClusterView> UpgradeBackupAsync(ClusterNode active, ClusterNode backup)
    {
        await UpgradeAsync(backup);
        var view = await HoldAsync($"{backup.Name} is upgraded", ReturnLimit, also: AllCurrent);
        Assert.Equal(active.Name, Promoted(view));
        return view;
    }

    private static async Task<ReplacedTool> HoldConversionsAsync(ClusterNode node)
    {
        await node.WriteFileAsync(Armed, "", cancellationToken: Cancellation);
        return await ReplacedTool.InstallAsync([node], Tool, HoldConversion, Cancellation);
    }

    private static Task HeldAsync(ClusterNode node) =>
        UntilAsync(
            "a conversion",
            FailoverLimit,
            async () =>
                (await node.ExecAsync(["test", "-e", Held], cancellationToken: Cancellation)).ExitCode == 0 ? null : "it has not begun"
        );

    private static Task<ExecResult> ReleaseAsync(ClusterNode node) => node.ExecCheckedAsync(["rm", Held], cancellationToken: Cancellation);

    /// <summary>All is well, both nodes have the newer schemas, and no acknowledged row is lost.</summary>
    /// <param name="clients">Who writes.</param>
    /// <param name="interrupted">The node that was promoted at first.</param>
    /// <param name="log">What was logged since the begin.</param>
    /// <param name="unsent">How many rows at least are in a file that this node set aside, and nowhere else; null where all have to be in every copy.</param>
    private async Task CompleteAsync(InterruptedClients clients, ClusterNode interrupted, AgentLog log, int? unsent)
    {
        await clients.WaitForWritesAsync(20);
        await HoldAsync("the upgrade is complete", ReturnLimit, also: AllCurrent);
        Tell(await clients.StopAsync());
        var unserved = await AccountForAsync(clients, interrupted, log);
        foreach (var database in Databases)
        {
            var count = unserved.Count(row => row.Database == database);
            Assert.True(unsent is { } least ? count >= least : count == 0, $"{database}: {count} rows are not served");
        }

        if (unserved.FirstOrDefault(row => row.Database == OvnDatabase.Northbound) is { } one)
        {
            await BringBackAsync(interrupted, one.File, one.Row);
            Ledger.Add(one.Database, one.Row);
        }

        // The invariants: exactly one is active, and each row is in every copy.
        await InOrderAsync("every row is in every copy");
        foreach (var (node, database) in Cluster.Nodes.SelectMany(node => Databases.Select(database => (node, database))))
        {
            Assert.Equal(NewerSchema.Version, await NewerSchema.ServedVersionAsync(node, database, Cancellation));
        }
    }

    /// <summary>A row of a file that has the former schema, into databases that have the newer one.</summary>
    private static async Task BringBackAsync(ClusterNode node, string file, string row)
    {
        var name = Path.GetFileName(file);
        Assert.Contains(row, await RunAsync(node, 1, "ovndbctl", "snapshots", "diff", name), StringComparison.Ordinal);
        await RunAsync(node, 0, "ovndbctl", "snapshots", "restore", name, "--table", OvnDatabase.Northbound.Table, "--row", row);
    }
}
