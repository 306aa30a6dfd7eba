using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>A backup is put back, and that stops in the middle; it is completed as docs/operations.md says. What nobody disturbs is in <see cref="OperatorTests"/> and <see cref="BackupTests"/>.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class InterruptedRestoreTests(BookwormFencedPairCluster lifecycle)
    : InterruptedSteps(lifecycle),
        IClassFixture<BookwormFencedPairCluster>
{
    private const int Limit = 400_000;
    private const int Refused = 4;
    private const int Killed = 137;
    private const string Root = RestoreKills.Root;
    private const string Saved = RestoreKills.Saved;
    private const string ClientTool = $"{RestoreKills.Tools}/ovsdb-client";
    private const string ToolsFirst = $"PATH={RestoreKills.Tools}:/usr/sbin:/usr/bin:/sbin:/bin";
    private static readonly TimeSpan Undecided = TimeSpan.FromSeconds(10);

    private string[][] aside = [];

    [Fact(Timeout = Limit)]
    public async Task Ovndbctl_is_killed_while_it_backs_up_what_is_there_and_nothing_has_changed()
    {
        var (active, backup, wanted, later) = await ReadyToRestoreAsync(TestContext.Current.CancellationToken);
        await active.WriteFileAsync(ClientTool, RestoreKills.KillInBackup, "0755", Cancellation);
        await RunAsync(active, Killed, "env", ToolsFirst, "ovndbctl", "restore", Saved, "--yes");
        Assert.Equal(later[OvnDatabase.Northbound].Order(), (await NamesAsync(active, OvnDatabase.Northbound)).Order());
        Assert.Equal(later[OvnDatabase.Southbound].Order(), (await NamesAsync(active, OvnDatabase.Southbound)).Order());

        // By its name it is no backup.
        await RunAsync(active, 0, "sh", "-c", $"ls -d {Saved}.before-*Z.part-*");

        await RunAsync(backup, 0, "ovndbctl", "restore", Saved, "--yes");
        await RestoredAsync(wanted, Databases);
        await KeptAsync(backup, later, Databases);
    }

    [Fact(Timeout = Limit)]
    public async Task Ovndbctl_is_killed_between_the_transactions_of_both_databases()
    {
        var (active, _, wanted, later) = await ReadyToRestoreAsync(TestContext.Current.CancellationToken);
        await active.WriteFileAsync(ClientTool, RestoreKills.HoldAfterBackup, "0755", Cancellation);
        var row = wanted[OvnDatabase.Northbound].First();
        await RunAsync(active, Killed, "bash", "-c", RestoreKills.KillBetween, "restore", row);
        Assert.Equal(wanted[OvnDatabase.Northbound].Order(), (await NamesAsync(active, OvnDatabase.Northbound)).Order());
        Assert.Equal(later[OvnDatabase.Southbound].Order(), (await NamesAsync(active, OvnDatabase.Southbound)).Order());
        await KeptAsync(active, later, Databases);

        // As if an earlier run had saved something in the same second, whichever that is.
        await RunAsync(
            active,
            0,
            "sh",
            "-c",
            $"for i in $(seq 0 20); do mkdir -p {Saved}.before-$(date -u -d \"$i seconds\" +%Y%m%dT%H%M%SZ); done"
        );
        var told = await RunAsync(active, 0, "ovndbctl", "restore", Saved, "--yes");
        Assert.Matches(@"What was there before: \S+Z\.1\b", told);
        await RestoredAsync(wanted, Databases);
        await KeptAsync(active, later, Databases);
    }

    [Fact(Timeout = Limit)]
    public async Task Ovndbctl_is_killed_when_the_one_database_is_restored_and_nobody_was_told()
    {
        var (active, _, wanted, later) = await ReadyToRestoreAsync(TestContext.Current.CancellationToken);
        await RunAsync(active, Killed, "bash", "-c", RestoreKills.KillBeforeTelling, "restore", wanted[OvnDatabase.Northbound].First());

        var told = await RunAsync(active, 0, "ovndbctl", "restore", Saved, "--database", "nb", "--yes");
        Assert.Contains(": no difference.", told, StringComparison.Ordinal);
        Assert.Equal(later[OvnDatabase.Southbound].Order(), (await NamesAsync(active, OvnDatabase.Southbound)).Order());
        await RestoredAsync(wanted, OvnDatabase.Northbound);
        await KeptAsync(active, later, Databases);
    }

    /// <summary>The worst moment of all: what was restored is on the lost node alone.</summary>
    [Fact(Timeout = Limit)]
    public async Task The_promoted_node_is_lost_before_any_other_has_what_ovndbctl_restored()
    {
        var (active, backup, wanted, later) = await ReadyToRestoreAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await DropAsync(active, "sport", backup);
        await RunAsync(active, 0, "ovndbctl", "restore", Saved, "--yes");
        await active.PowerOffAsync(Cancellation);

        // Its marks are those of all copies, so the other node may take over.
        await PromotedAsync(backup);
        Assert.Equal(later[OvnDatabase.Northbound].Order(), (await NamesAsync(backup, OvnDatabase.Northbound)).Order());
        await ReturnedAsync(active);
        await HoldAsync($"{active.Name} is back", ReturnLimit, also: AllCurrent);
        await ForgetAsync(backup);

        await RunAsync(active, 0, "ovndbctl", "restore", Saved, "--yes");
        await RestoredAsync(wanted, Databases);
        await KeptAsync(active, later, Databases);
        var files = await log.SetAsideAsync(active, Cancellation);
        Assert.Equal(2, files.Count);
        foreach (var file in files)
        {
            Assert.Equal(wanted[DatabaseOf(file)].Order(), (await RowsOfFileAsync(active, file)).Order());
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_script_is_killed_before_or_after_it_has_replaced_the_rows(bool after)
    {
        var (active, _, wanted, later) = await ReadyToRestoreAsync(TestContext.Current.CancellationToken);
        await active.WriteFileAsync(ClientTool, RestoreKills.KillScript, "0755", Cancellation);
        await active.ExecCheckedAsync(["sh", "-c", after ? $"touch {Root}/after" : ":"], cancellationToken: Cancellation);
        string[] script = [ExampleScripts.Path("operations/restore.sh"), FileOf(OvnDatabase.Northbound)];
        await RunAsync(active, Killed, ["env", ToolsFirst, .. script]);
        Assert.Equal((after ? wanted : later)[OvnDatabase.Northbound].Order(), (await NamesAsync(active, OvnDatabase.Northbound)).Order());

        await RunAsync(active, 0, script);
        await RestoredAsync(wanted, OvnDatabase.Northbound);
        await HoldsAsync(active, $"{FileOf(OvnDatabase.Northbound)}.before-*", later[OvnDatabase.Northbound]);
    }

    /// <summary>The backup is of an earlier promotion: its marker is in all copies, and no monitor has written a new one yet.</summary>
    [Theory(Timeout = Limit)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_promoted_node_is_lost_before_the_agent_has_marked_what_the_script_restored(int databases)
    {
        var (backup, active, wanted, _) = await ReadyToRestoreAsync(TestContext.Current.CancellationToken);
        await RunAsync(active, 0, "ovndbctl", "switchover", "--to", active.Name);
        await HoldAsync("moved", ReturnLimit, also: view => Promoted(view) == active.Name ? AllCurrent(view) : "not moved yet");
        var later = await ForgetAsync(active);
        var restored = Databases[..databases];
        await StopMonitorsAsync(active);
        foreach (var database in restored)
        {
            await RunAsync(active, 0, ExampleScripts.Path("operations/restore.sh"), FileOf(database));
            await UntilAsync(
                "the restored rows in the backup",
                NoticeLimit,
                async () => (await NamesAsync(backup, database)).SetEquals(wanted[database]) ? null : "they are not there"
            );
        }

        await active.PowerOffAsync(Cancellation);
        await Cluster.WaitForAsync(
            $"nobody who may be promoted without {active.Name}",
            status => status.PromotionScore(Shape.Resource, backup.Name) is -1_000_000 && status.Node(active.Name) is not { Online: true },
            ReturnLimit,
            Cancellation
        );
        await ReturnedAsync(active);
        await StaysAsync(
            "nobody is promoted",
            Undecided,
            async () =>
                (await Cluster.GetStatusAsync(Cancellation)).NodesInRole(Shape.CloneId, ResourceRole.Promoted) is [var promoted, ..]
                    ? $"{promoted} is promoted"
                    : null
        );
        Tell((await active.ExecAsync(["ovndbctl", "why"], cancellationToken: Cancellation)).Output);

        // All copies count as the same, so the node has to be named.
        await RunAsync(active, Refused, "ovndbctl", "failover", "--accept-loss", "--yes");
        await RunAsync(active, 0, "ovndbctl", "failover", "--accept-loss", active.Name, "--yes");
        await RestoredAsync(wanted, restored);
        foreach (var database in restored)
        {
            await HoldsAsync(active, $"{FileOf(database)}.before-*", later[database]);
        }
    }

    /// <summary>A backup of both databases on both nodes, and other rows in place of those that it has.</summary>
    private async Task<(
        ClusterNode Active,
        ClusterNode Backup,
        IReadOnlyDictionary<OvnDatabase, IReadOnlySet<string>> Wanted,
        IReadOnlyDictionary<OvnDatabase, IReadOnlySet<string>> Later
    )> ReadyToRestoreAsync(CancellationToken cancellationToken)
    {
        var (_, active, backups) = await BeginAsync(cancellationToken);
        await WriteAsync(20);
        await HoldAsync("what will be wanted", ReturnLimit, also: AllCurrent);
        var wanted = await NamesAsync(active);
        foreach (var node in Cluster.Nodes)
        {
            await node.ExecCheckedAsync(["rm", "-rf", Root], cancellationToken: Cancellation);
            await RunAsync(node, 0, "ovndbctl", "backup", Saved);
        }

        await PruneAsync(active);
        await WriteAsync(10);
        await HoldAsync("what will be replaced", ReturnLimit, also: AllCurrent);
        var later = await ForgetAsync(active);
        Assert.All(Databases, database => Assert.Empty(wanted[database].Intersect(later[database])));
        aside = await Task.WhenAll(Cluster.Nodes.Select(AsideAsync));
        return (active, backups[0], wanted, later);
    }

    /// <summary>The rows that are served; from now on they need not be.</summary>
    private async Task<IReadOnlyDictionary<OvnDatabase, IReadOnlySet<string>>> ForgetAsync(ClusterNode active)
    {
        var names = await NamesAsync(active);
        foreach (var database in Databases)
        {
            Ledger.Forget(database, names[database]);
        }

        return names;
    }

    private static async Task<string[]> AsideAsync(ClusterNode node) =>
        (await node.ExecCheckedAsync(["find", "/var/lib/ovn", "-name", "*.aside-*"], cancellationToken: Cancellation)).Stdout.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );

    /// <summary>The rows are served and in every copy, all is well, and what was set aside is still there.</summary>
    private async Task RestoredAsync(
        IReadOnlyDictionary<OvnDatabase, IReadOnlySet<string>> wanted,
        params IEnumerable<OvnDatabase> restored
    )
    {
        foreach (var database in restored)
        {
            var served = RowReader.ReadNames(database, Cluster.VirtualIp);
            Assert.Equal(wanted[database].Order(), served.Order());
            foreach (var row in wanted[database])
            {
                Ledger.Add(database, row);
            }
        }

        await InOrderAsync("restored");
        foreach (var (node, before) in Cluster.Nodes.Zip(aside))
        {
            Assert.Empty(before.Except(await AsideAsync(node)));
        }
    }

    private static async Task<IReadOnlyDictionary<OvnDatabase, IReadOnlySet<string>>> NamesAsync(ClusterNode node)
    {
        var names = new Dictionary<OvnDatabase, IReadOnlySet<string>>();
        foreach (var database in Databases)
        {
            names[database] = await NamesAsync(node, database);
        }

        return names;
    }

    private static Task<IReadOnlySet<string>> NamesAsync(ClusterNode node, OvnDatabase database) =>
        RowReader.ReadLocalNamesAsync(database, node, Cancellation);

    private static string FileOf(OvnDatabase database) => $"{Saved}/{Path.GetFileName(database.File)}";

    /// <summary>What ovndbctl saved before the first restoration that got so far has the rows that it replaced.</summary>
    private static async Task KeptAsync(
        ClusterNode node,
        IReadOnlyDictionary<OvnDatabase, IReadOnlySet<string>> later,
        params IEnumerable<OvnDatabase> databases
    )
    {
        foreach (var database in databases)
        {
            await HoldsAsync(node, $"{Saved}.before-*Z/{Path.GetFileName(database.File)}", later[database]);
        }
    }

    /// <summary>The first file by such a name has these rows.</summary>
    private static async Task HoldsAsync(ClusterNode node, string pattern, IReadOnlySet<string> rows)
    {
        var files = await node.ExecCheckedAsync(["sh", "-c", $"ls -d {pattern}"], cancellationToken: Cancellation);
        var first = files.Stdout.Split('\n')[0];
        Assert.Equal(rows.Order(), (await RowsOfFileAsync(node, first)).Order());
    }

    /// <summary>Nothing starts a monitor on the node until it loses power: so whatever is done there is done within the second before the next one.</summary>
    private static async Task StopMonitorsAsync(ClusterNode node) =>
        await SignalAsync(node, "STOP", await node.FindExecutorAsync(Cancellation));
}
