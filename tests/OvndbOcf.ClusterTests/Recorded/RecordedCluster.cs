using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Recorded;

/// <summary>
/// virtual-ip.sh on three nodes that can be fenced, each with a disk of its own for the databases, and a short history that is always the same: node1 was active, lost power, and got the active servers back when it was well again.
/// </summary>
public class RecordedCluster()
    : ShapeFixture(
        new ClusterOptions
        {
            Release = DebianRelease.Bookworm,
            Nodes = 3,
            Fencing = true,
            DatabaseDisks = true,
        }
    )
{
    /// <summary>A router that the active database no longer has, and the file does that node1's first promotion left.</summary>
    public const string Removed = "router1";

    /// <summary>A router that both have, with other values.</summary>
    public const string Kept = "router2";

    private const string Installed = "/usr/sbin/ovndbctl";

    /// <summary>How long the cluster may take to get into a state.</summary>
    public static readonly TimeSpan Arrival = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    /// <inheritdoc/>
    protected override string? Script => null;

    /// <summary>Runs a command of ovndbctl.</summary>
    public static Task<ExecResult> RunAsync(ClusterNode node, string arguments, CancellationToken cancellationToken) =>
        node.ExecAsync([Installed, .. arguments.Split(' ')], cancellationToken: cancellationToken);

    /// <summary>Waits until what <c>ovndbctl list</c> knows is as it is to be.</summary>
    public static async Task WaitForAsync(
        string what,
        ClusterNode node,
        Func<JsonElement, bool> condition,
        CancellationToken cancellationToken
    )
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var listed = await RunAsync(node, "list --output json", cancellationToken);
            if (listed.Stdout.StartsWith('{'))
            {
                using var document = JsonDocument.Parse(listed.Stdout);
                if (condition(document.RootElement))
                {
                    return;
                }
            }

            Assert.True(clock.Elapsed < Arrival, $"{what}: not within {Arrival.TotalSeconds:0} s:\n{listed.Output}");
            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>A node of the list.</summary>
    public static JsonElement NodeIn(JsonElement list, string name) =>
        list.GetProperty("nodes").EnumerateArray().First(node => node.GetProperty("name").GetString() == name);

    /// <summary>Waits until node1 is active and everybody else can take over.</summary>
    public Task WellAsync(string occasion) => HoldAsync(occasion, also: view => AllWell(view));

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var node in Cluster.Nodes)
        {
            await node.CopyInAsync(Path.Combine(Root(), "out", "ovndbctl"), Installed, cancellationToken);
        }

        // Where only one node may run resources, Pacemaker has no choice.
        var (first, second) = (Cluster.Nodes[0], Cluster.Nodes[1]);
        await first.ExecCheckedAsync(["pcs", "node", "standby", "node2", "node3"], cancellationToken: cancellationToken);
        await first.ExecCheckedAsync([ExampleScripts.Path("virtual-ip.sh")], environment: Variables, cancellationToken: cancellationToken);
        await HoldAsync("creation", absent: ["node2", "node3"]);
        string[] routers =
        [
            "lr-add",
            Removed,
            "--",
            "lr-add",
            Kept,
            "--",
            "lrp-add",
            Removed,
            "lan",
            "02:00:00:00:00:01",
            "192.168.1.1/24",
        ];
        await first.ExecCheckedAsync(["ovn-nbctl", .. routers], cancellationToken: cancellationToken);
        await first.ExecCheckedAsync(["pcs", "node", "unstandby", "node2"], cancellationToken: cancellationToken);
        await HoldAsync("two nodes", absent: ["node3"], also: view => Score(view, "node2") == 5 ? null : "node2 is not current");
        await first.PowerOffAsync(cancellationToken);

        // It is fenced, and so boots again: on a fast machine before anybody has seen the others without it. What is changed in the configuration while a node joins may be lost.
        await HoldAsync(
            "node1 is back",
            absent: ["node3"],
            also: view =>
                view.Status.PromotedNode(Shape.CloneId) != "node2" ? "node2 is not promoted"
                : Score(view, "node1") == 5 ? null
                : "node1 is not current"
        );
        await second.ExecCheckedAsync(["pcs", "node", "unstandby", "node3"], cancellationToken: cancellationToken);
        await HoldAsync("all nodes", also: view => Score(view, "node3") == 5 ? null : "node3 is not current");
        var moved = await RunAsync(second, "switchover --to node1", cancellationToken);
        Assert.True(moved.ExitCode == 0, moved.Output);
        string[] changes = ["lr-del", Removed, "--", "set", "Logical_Router", Kept, "external_ids:owner=net"];
        await first.ExecCheckedAsync(["ovn-nbctl", .. changes], cancellationToken: cancellationToken);
        await WellAsync("node1 is active again");
    }

    /// <summary>The name of the file of the Northbound database that is set aside on node1.</summary>
    public async Task<string> FindSnapshotAsync(CancellationToken cancellationToken)
    {
        var listed = await RunAsync(Cluster.Nodes[0], "snapshots list --output json", cancellationToken);
        Assert.True(listed.ExitCode == 0, listed.Output);
        using var document = JsonDocument.Parse(listed.Stdout);
        return Path.GetFileName(
            document
                .RootElement.GetProperty("snapshots")
                .EnumerateArray()
                .Select(snapshot => snapshot.GetProperty("path").GetString()!)
                .Single(path => path.Contains("ovnnb_db", StringComparison.Ordinal))
        );
    }

    private string? AllWell(ClusterView view) =>
        view.Status.PromotedNode(Shape.CloneId) != "node1" ? "node1 is not active"
        : Score(view, "node2") != 5 || Score(view, "node3") != 5 ? "not all backups are current"
        : ((string[])["node2", "node3"]).Any(node =>
            view.Status.Attribute(node, $"{Shape.Resource}-copy")?.StartsWith("backup of node1,", StringComparison.Ordinal) != true
        )
            ? "not all backups say that they follow node1"
        : view.Status.FailedActions.Count > 0 ? "failures are remembered"
        : null;

    private int? Score(ClusterView view, string node) => view.Status.PromotionScore(Shape.Resource, node);

    /// <summary>The folder with the sources.</summary>
    internal static string Root([CallerFilePath] string path = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
