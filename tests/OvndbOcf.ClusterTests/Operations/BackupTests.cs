using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>Backups that are taken and put back while the databases are in use, by the scripts of <c>pcs-examples/operations</c>.</summary>
public abstract class BackupTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private const string Directory = "/root/backups";
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromSeconds(60);

    [Fact(Timeout = 300_000)]
    public async Task A_wrong_delete_is_undone_by_a_backup_and_a_switchover_keeps_what_was_restored()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        await WriteAsync(20);
        var database = OvnDatabase.Northbound;
        var wanted = await RowReader.ReadLocalNamesAsync(database, active, Cancellation);
        var backup = await BackUpAsync(database);

        await PruneAsync(active);
        Assert.Empty(await RowReader.ReadLocalNamesAsync(database, active, Cancellation));
        await RestoreAsync(active, backup);

        Assert.Equal(wanted.Order(), (await RowReader.ReadLocalNamesAsync(database, active, Cancellation)).Order());
        foreach (var row in wanted)
        {
            Ledger.Add(database, row);
        }

        // The rules count each of these rows in every copy.
        await HoldAsync("restored", ReturnLimit, also: AllCurrent);
        await PcsAsync("resource", "move", Shape.CloneId, backups[0].Name, "--promoted");
        await HoldAsync("moved", FailoverLimit, also: view => Promoted(view) == backups[0].Name ? AllCurrent(view) : "not moved yet");
    }

    [Fact(Timeout = 200_000)]
    public async Task Restoring_is_refused_on_a_backup_and_for_a_file_that_is_no_database()
    {
        var (before, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var backup = await BackUpAsync(OvnDatabase.Northbound);

        var onBackup = await RunAsync(backups[0], "restore.sh", backup);
        await active.WriteFileAsync("/root/no-database", "nothing\n", cancellationToken: Cancellation);
        var noDatabase = await RunAsync(active, "restore.sh", "/root/no-database");

        Assert.NotEqual(0, onBackup.ExitCode);
        Assert.Contains("is not active here", onBackup.Stderr, StringComparison.Ordinal);
        Assert.NotEqual(0, noDatabase.ExitCode);
        AssertUntouched(before, await HoldAsync("refused", ReturnLimit, also: AllCurrent), active.Name);
    }

    private static Task<ExecResult> RunAsync(ClusterNode node, string script, params IEnumerable<string> arguments) =>
        node.ExecAsync([ExampleScripts.Path($"operations/{script}"), .. arguments], ScriptLimit, cancellationToken: Cancellation);

    /// <summary>Backs both databases up, through the virtual address; returns the file of one of them, which is on each node then.</summary>
    private async Task<string> BackUpAsync(OvnDatabase database)
    {
        var first = Cluster.Nodes[0];
        await first.ExecCheckedAsync(["mkdir", "-p", Directory], cancellationToken: Cancellation);
        var result = await first.ExecCheckedAsync(
            [ExampleScripts.Path("operations/backup.sh"), Directory],
            ScriptLimit,
            new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIp}" },
            cancellationToken: Cancellation
        );
        var files = result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).ToList();
        Assert.Equal(2, files.Count);
        var file = Assert.Single(files, file => file.StartsWith($"{Directory}/{database.Name}-", StringComparison.Ordinal));
        var content = await first.ReadFileAsync(file, Cancellation);
        foreach (var node in Cluster.Nodes.Skip(1))
        {
            await node.WriteFileAsync(file, content, cancellationToken: Cancellation);
        }

        return file;
    }

    private static async Task RestoreAsync(ClusterNode active, string backup)
    {
        var result = await RunAsync(active, "restore.sh", backup);
        Assert.True(result.ExitCode == 0, result.Output);
        Tell(result.Output);
    }
}

[Collection(typeof(BookwormLifecycle))]
public sealed class BookwormBackupTests(BookwormLifecycleCluster lifecycle) : BackupTests(lifecycle);

[Collection(typeof(TrixieLifecycle))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieBackupTests(TrixieLifecycleCluster lifecycle) : BackupTests(lifecycle);
