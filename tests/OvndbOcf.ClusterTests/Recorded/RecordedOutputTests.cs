using System.Text.Json;
using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Recorded;

/// <summary>
/// What <c>ovndbctl</c> prints on a real cluster, whole, against tests/recorded; docs/ovndbctl.md shows some of it. <c>make record</c> writes the files anew: read what has changed as somebody on call.
/// </summary>
public abstract class RecordedOutputTests(RecordedCluster fixture)
{
    private const string Recorder = "OVNDB_RECORD";

    /// <summary>The cluster.</summary>
    protected RecordedCluster Fixture { get; } = fixture;

    /// <summary>Its nodes.</summary>
    protected IReadOnlyList<ClusterNode> Nodes => Fixture.Cluster.Nodes;

    /// <summary>Runs the commands that show something on a node, and compares, or records.</summary>
    /// <param name="state">The state of the cluster: the files' name.</param>
    /// <param name="node">Where.</param>
    /// <param name="about">The node that is asked about.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="further">Commands that only this state has, without JSON.</param>
    /// <returns>How they differ from what was recorded.</returns>
    protected static async Task<IReadOnlyList<string>> ShowAsync(
        string state,
        ClusterNode node,
        string about,
        CancellationToken cancellation,
        params string[] further
    )
    {
        string[] both =
        [
            "list",
            "why",
            $"why {about}",
            "history",
            "check --severity warning",
            "snapshots list",
            $"switchover --to {about} --dry-run",
        ];
        return await ShowAsync(state, node, [.. both, .. further, "metrics"], both, cancellation);
    }

    /// <summary>Runs commands on a node, and compares, or records.</summary>
    /// <param name="state">What they show: the files' name.</param>
    /// <param name="node">Where.</param>
    /// <param name="text">The commands for people.</param>
    /// <param name="json">Those for JSON, which run after them.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <param name="before">What ran before them.</param>
    /// <returns>How they differ from what was recorded.</returns>
    private protected static async Task<IReadOnlyList<string>> ShowAsync(
        string state,
        ClusterNode node,
        IReadOnlyList<string> text,
        IReadOnlyList<string> json,
        CancellationToken cancellation,
        IEnumerable<RecordedCommand>? before = null
    ) =>
        [
            .. await CompareAsync(
                $"{state}.txt",
                Recording.Text([.. before ?? [], .. await RunAsync(node, text, cancellation)]),
                cancellation
            ),
            .. await CompareAsync(
                $"{state}.json",
                Recording.Json(await RunAsync(node, [.. json.Select(command => $"{command} --output json")], cancellation)),
                cancellation
            ),
        ];

    /// <summary>Fails where there are differences.</summary>
    protected static void AssertNone(IReadOnlyList<string> differences) =>
        Assert.True(differences.Count == 0, string.Join('\n', differences));

    /// <summary>Runs commands on a node.</summary>
    private protected static async Task<IReadOnlyList<RecordedCommand>> RunAsync(
        ClusterNode node,
        IReadOnlyList<string> commands,
        CancellationToken cancellation
    )
    {
        var recorded = new List<RecordedCommand>();
        foreach (var command in commands)
        {
            var result = await RecordedCluster.RunAsync(node, command, cancellation);
            recorded.Add(
                new RecordedCommand($"ovndbctl {OutputMask.Of(command)}", OutputMask.Of(result.Stdout + result.Stderr), result.ExitCode)
            );
        }

        return recorded;
    }

    private static async Task<IReadOnlyList<string>> CompareAsync(string name, string text, CancellationToken cancellation)
    {
        var path = Path.Combine(RecordedCluster.Root(), "tests", "recorded", name);
        if (Environment.GetEnvironmentVariable(Recorder) == "1")
        {
            await File.WriteAllTextAsync(path, text, cancellation);
            return [];
        }

        var recorded = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellation) : string.Empty;
        if (Recording.Difference(recorded, text) is not { } difference)
        {
            return [];
        }

        var seen = Path.Combine(Path.GetTempPath(), $"ovndbctl-{name}");
        await File.WriteAllTextAsync(seen, text, cancellation);
        return [$"{name}: {difference}\nAll of it is in {seen}; make record takes it over."];
    }
}

/// <summary>All is well.</summary>
[Collection<BookwormRecorded>]
public sealed class BookwormHealthyOutputTests(RecordedCluster fixture) : RecordedOutputTests(fixture)
{
    private CancellationToken Cancellation { get; set; }

    [Fact(Timeout = 300_000)]
    public async Task A_healthy_cluster_of_three_nodes()
    {
        Cancellation = TestContext.Current.CancellationToken;
        var differences = new List<string>();
        await TellsPacemakerAsync();
        differences.AddRange(await ShowAsync("healthy", Nodes[0], "node2", Cancellation, "failover --dry-run"));
        differences.AddRange(await ShowSnapshotsAsync());
        differences.AddRange(await ShowBackupsAsync());

        // The last, as it changes what all others show.
        differences.AddRange(await ShowMoveAsync());
        var back = await RecordedCluster.RunAsync(Nodes[1], "switchover --to node1", Cancellation);
        Assert.True(back.ExitCode == 0, back.Output);
        AssertNone(differences);
    }

    private async Task<IReadOnlyList<string>> ShowMoveAsync()
    {
        var moved = await RunAsync(Nodes[0], ["switchover --to node2"], Cancellation);

        // For how long backups have been connected, their next monitors tell.
        await RecordedCluster.WaitForAsync(
            "backups of node2",
            Nodes[0],
            list =>
                ((string[])["node1", "node3"]).All(node =>
                    RecordedCluster.NodeIn(list, node) is var backup
                    && backup.GetProperty("connectedSince").ValueKind == JsonValueKind.String
                    && backup.GetProperty("northbound").GetProperty("source").GetString() == "node2"
                ),
            Cancellation
        );
        return await ShowAsync(
            "switchover",
            Nodes[0],
            ["switchover --to node2", "list", "history"],
            ["list", "history"],
            Cancellation,
            moved
        );
    }

    // What crm_mon -A shows.
    private async Task TellsPacemakerAsync() =>
        await Fixture.Cluster.WaitForAsync(
            "words about each copy",
            status =>
                status.Attribute("node1", "ovndb-copy") == "active, promotion 3"
                && status.Attribute("node2", "ovndb-copy") == "backup of node1, promotion 3"
                && status.Attribute("node3", "ovndb-copy") == "backup of node1, promotion 3",
            RecordedCluster.Arrival,
            Cancellation
        );

    private async Task<IReadOnlyList<string>> ShowSnapshotsAsync()
    {
        var file = await Fixture.FindSnapshotAsync(Cancellation);
        string[] commands =
        [
            $"snapshots show {file} --table Logical_Router",
            $"snapshots diff {file} --table Logical_Router --changed",
            $"snapshots diff {file} --table Logical_Router_Port",
            $"snapshots diff {file} --table ACL",
            $"snapshots restore {file} --table Logical_Router --row {RecordedCluster.Removed} --dry-run",
            $"snapshots restore {file} --table Logical_Router --row {RecordedCluster.Kept} --dry-run",
            $"snapshots restore {file} --table Logical_Router --row nobody --dry-run",
        ];
        return await ShowAsync("set-aside", Nodes[0], commands, commands, Cancellation);
    }

    private async Task<IReadOnlyList<string>> ShowBackupsAsync()
    {
        const string Folder = "/var/backups/ovn-recorded";
        await Nodes[0].ExecCheckedAsync(["sh", "-c", $"rm -rf {Folder} && mkdir -m 700 {Folder}"], cancellationToken: Cancellation);
        var made = await ShowAsync(
            "backup",
            Nodes[0],
            [$"backup {Folder}/one", $"backup {Folder}/one"],
            [$"backup {Folder}/two"],
            Cancellation
        );

        // One row more, one less, and one that is another.
        string[] change =
        [
            "lr-add",
            "router3",
            "--",
            "lr-del",
            RecordedCluster.Kept,
            "--",
            "set",
            "NB_Global",
            ".",
            "external_ids:owner=net",
        ];
        await Nodes[0].ExecCheckedAsync(["ovn-nbctl", .. change], cancellationToken: Cancellation);
        string[] restore = [$"restore {Folder}/one --database nb --dry-run", $"restore {Folder}/none --dry-run"];
        var planned = await ShowAsync("restore", Nodes[0], restore, restore, Cancellation);
        await Nodes[0].ExecCheckedAsync(["rm", "-rf", Folder], cancellationToken: Cancellation);
        return [.. made, .. planned];
    }
}

/// <summary>What operators meet most, one after the other; each is mended before the next.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormBrokenOutputTests(RecordedCluster fixture) : RecordedOutputTests(fixture), IClassFixture<RecordedCluster>
{
    private readonly List<string> _differences = [];

    private CancellationToken Cancellation { get; set; }

    [Fact(Timeout = 900_000)]
    public async Task Five_broken_states()
    {
        Cancellation = TestContext.Current.CancellationToken;
        await AddressOnNobodyAsync();
        await CutOffAsync();
        await DiskFullAsync();
        await PacemakerStoppedAsync();
        await NobodyPromotableAsync();
        AssertNone(_differences);
    }

    private async Task AddressOnNobodyAsync()
    {
        await Nodes[0].ExecCheckedAsync(["pcs", "resource", "disable", "ovn-vip"], cancellationToken: Cancellation);
        await WaitForAsync("no address", Nodes[0], list => list.GetProperty("address").GetProperty("node").ValueKind == JsonValueKind.Null);
        await Fixture.Cluster.WaitForIdleAsync(ShapeFixture.Recovery, Cancellation);
        _differences.AddRange(await ShowAsync("address-on-nobody", Nodes[0], "node2", Cancellation, "failover --dry-run"));
        await Nodes[0].ExecCheckedAsync(["pcs", "resource", "enable", "ovn-vip"], cancellationToken: Cancellation);
        await Fixture.WellAsync("the address is back");
    }

    private async Task CutOffAsync()
    {
        await ReplicationCut.DropAsync(Nodes[0], "sport", Nodes[2], Cancellation);
        await WaitForOutdatedAsync("node3");
        await WaitForAsync(
            "advice",
            Nodes[0],
            list =>
                RecordedCluster
                    .NodeIn(list, "node3")
                    .GetProperty("reason")
                    .GetString()!
                    .Contains("sends the data", StringComparison.Ordinal)
        );
        _differences.AddRange(await ShowAsync("backup-cut-off", Nodes[0], "node3", Cancellation));
        _differences.AddRange(
            await ShowAsync("cut-off-backup", Nodes[2], "node3", Cancellation, "switchover --to node3", "failover --dry-run")
        );
        await ReplicationCut.EndAsync(Nodes[0], Cancellation);
        await Fixture.WellAsync("node3 follows again");
    }

    private async Task DiskFullAsync()
    {
        await Nodes[0].ExecCheckedAsync(["sh", "-c", DatabaseDisks.Fill], cancellationToken: Cancellation);
        await Task.Delay(TimeSpan.FromSeconds(10), Cancellation);
        _differences.AddRange(await ShowAsync("disk-full", Nodes[0], "node2", Cancellation, "failover --dry-run"));
        await Nodes[0].ExecCheckedAsync(["sh", "-c", DatabaseDisks.MakeRoom], cancellationToken: Cancellation);
        await Fixture.WellAsync("there is room again");
    }

    private async Task PacemakerStoppedAsync()
    {
        // Without systemd, a signal is what stops Pacemaker and all that it runs; it ends when that is done.
        await Nodes[2]
            .ExecCheckedAsync(
                ["sh", "-c", "pkill -TERM pacemakerd; while pgrep pacemakerd > /dev/null; do sleep 0.2; done"],
                cancellationToken: Cancellation
            );
        _differences.AddRange(
            await ShowAsync(
                "pacemaker-stopped",
                Nodes[2],
                "node1",
                Cancellation,
                "switchover --to node1",
                "failover --dry-run",
                "backup /root/backup"
            )
        );
        var archive = await SupportRun.TakeAsync(Nodes[2], Cancellation);
        Assert.Contains("this is Pacemaker's file", archive.Missing["cluster/cib.xml"], StringComparison.Ordinal);
        Assert.Equal(["node1", "node2"], archive.OtherNodes);
        await Nodes[2].ShutDownAsync(Cancellation);
        await Nodes[2].PowerOnAsync(Cancellation);
        await Fixture.WellAsync("Pacemaker runs again on node3");
    }

    private async Task NobodyPromotableAsync()
    {
        // A backup of better days.
        var backup = await RecordedCluster.RunAsync(Nodes[1], "backup /root/backup", Cancellation);
        Assert.True(backup.ExitCode == 0, backup.Output);

        // Fenced, and left without power.
        await Nodes[0].ExecCheckedAsync(["pcs", "property", "set", "stonith-action=off"], cancellationToken: Cancellation);
        await ReplicationCut.DropAsync(Nodes[0], "sport", Nodes[1], Cancellation);
        await ReplicationCut.DropAsync(Nodes[0], "sport", Nodes[2], Cancellation);
        await WaitForOutdatedAsync("node2", "node3");
        await Nodes[0].PowerOffAsync(Cancellation);
        await WaitForAsync("nobody active", Nodes[1], list => list.GetProperty("active").ValueKind == JsonValueKind.Null);
        await Fixture.Cluster.WaitForAsync(
            "a fenced node",
            status => status.Nodes.Any(node => node is { Name: "node1", Online: false, Unclean: false }),
            RecordedCluster.Arrival,
            Cancellation
        );
        await Nodes[1].ExecCheckedAsync(["crm_resource", "--wait", "--timeout=60s"], cancellationToken: Cancellation);

        // What people are told follows some seconds after what Pacemaker is.
        await WaitForAsync(
            "advice",
            Nodes[1],
            list =>
                ((string[])["node2", "node3"]).All(node =>
                    RecordedCluster.NodeIn(list, node).GetProperty("reason").GetString()!.Contains("start node1", StringComparison.Ordinal)
                )
        );
        _differences.AddRange(
            await ShowAsync(
                "nobody-promotable",
                Nodes[1],
                "node3",
                Cancellation,
                "failover --dry-run",
                "failover node3 --dry-run",
                "failover node3",
                "switchover",
                "backup /root/none",
                "restore /root/backup --dry-run"
            )
        );
        var archive = await SupportRun.TakeAsync(Nodes[1], Cancellation);
        Assert.Equal(["node1", "node3"], archive.OtherNodes);
        Assert.Contains("nobody is active", archive.Files["ovndbctl/list.txt"], StringComparison.Ordinal);
        await Nodes[0].PowerOnAsync(Cancellation);
        await Fixture.WellAsync("node1 is back");
    }

    private Task WaitForOutdatedAsync(params string[] nodes) =>
        WaitForAsync(
            $"{string.Join(" and ", nodes)} outdated",
            Nodes[0],
            list =>
                list.GetProperty("promotion").GetProperty("outdated").GetArrayLength() == nodes.Length
                && nodes.All(node => RecordedCluster.NodeIn(list, node).GetProperty("isPromotable") is { ValueKind: JsonValueKind.False })
        );

    private Task WaitForAsync(string what, ClusterNode node, Func<JsonElement, bool> condition) =>
        RecordedCluster.WaitForAsync(what, node, condition, Cancellation);
}
