using System.Text.Json.Nodes;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Packages;

/// <summary>Two machines that have Debian's base system, the package with what it asks for, and pcs; see <c>container/clean</c>.</summary>
/// <param name="release">Their release.</param>
public abstract class CleanCluster(DebianRelease release)
    : ClusterFixture(
        new ClusterOptions
        {
            Release = release,
            Nodes = 2,
            Image = $"localhost/ovndb-ocf/clean:{release.Suite()}",
        }
    )
{
    /// <summary>The databases behind a virtual address.</summary>
    public ClusterShape Shape => new() { Address = Cluster.VirtualIp };

    /// <inheritdoc/>
    protected override Task PrepareAsync(CancellationToken cancellationToken) =>
        Cluster.Nodes[0].ExecCheckedAsync(["pcs", "property", "set", "stonith-enabled=false"], cancellationToken: cancellationToken);
}

/// <summary>All that an administrator does with the package, with nothing of this tree on the nodes but the package.</summary>
public abstract class CleanPackageTests(CleanCluster clean)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    // The files that it had and that are no other package's, further names of its own, and what differs of OVN's.
    private const string Leftovers = """
        while read -r path; do
            [ "$path" != /. ] || continue
            if [ -e "$path" ] || [ -L "$path" ]; then dpkg-query --search "$path" > /dev/null 2>&1 || echo "$path"; fi
        done
        find / -xdev \( -name '*ovndb-ocf*' -o -name '*ovndbctl*' -o -name '*ovndb-servers*.distrib' \)
        dpkg-divert --list '*ovndb-servers*'
        dpkg --verify ovn-common
        """;

    private Cluster Cluster => clean.Cluster;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 400_000)]
    public async Task The_package_makes_a_cluster_work_and_leaves_the_data_alone_when_it_is_purged()
    {
        await Cluster
            .Nodes[0]
            .ExecCheckedAsync(
                ["sh", ExampleScripts.Path("virtual-ip.sh")],
                environment: new Dictionary<string, string> { ["VIP"] = $"{Cluster.VirtualIp}" },
                cancellationToken: TestContext.Current.CancellationToken
            );
        var created = await HoldAsync("creation");
        Assert.Empty(created.Status.FailedActions);
        foreach (var node in Cluster.Nodes)
        {
            Assert.Equal(AgentPackage.Executable, (await DoAsync(node, "readlink", "-f", OvnCommon.Place)).Trim());
        }

        var report = await UseAsync(Promoted(created));
        await AskAsync();
        await RemoveResourcesAsync();
        foreach (var node in Cluster.Nodes)
        {
            await PurgeAsync(node);
            var rows = await RowsInFileAsync(node);
            Assert.All(report.Acknowledged, write => Assert.Contains(write.Name, rows));
        }
    }

    /// <summary>A planned move and a crash while a client writes.</summary>
    private async Task<WriterReport> UseAsync(ClusterNode active)
    {
        await using var writer = AcknowledgedWriter.Start(new WriterOptions { Address = Cluster.VirtualIp });
        await writer.WaitForWritesAsync(20, Limit, Cancellation);
        var begin = writer.Elapsed;
        var other = Cluster.Nodes.Single(node => node != active);
        await DoAsync(other, "ovndbctl", "switchover", "--to", other.Name);
        var moved = await HoldAsync("planned move", view => Promoted(view) == other ? null : $"{other.Name} is not promoted");

        await writer.WaitForWritesAsync(20, Limit, Cancellation);
        await other.SignalAsync(moved[other.Name].Northbound.Pid, "KILL", Cancellation);
        await HoldAsync("crash");

        await writer.WaitForWritesAsync(20, Limit, Cancellation);
        var report = await writer.StopAsync();
        clean.Ledger.Add(OvnDatabase.Northbound, report.Acknowledged);
        await HoldAsync("all rows are everywhere");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{report.Acknowledged.Count} rows, longest time without writes {report.LongestGapAfter(begin)!.Length.TotalSeconds:0.00} s"
        );
        return report;
    }

    /// <summary>What the installed command says of such a cluster, once the crash is forgotten.</summary>
    private async Task AskAsync()
    {
        await DoAsync(Cluster.Nodes[0], "crm_resource", "--cleanup");
        await HoldAsync("after a clean-up", view => view.Status.FailedActions.Count > 0 ? "there are failed actions" : null);
        foreach (var node in Cluster.Nodes)
        {
            CheckRun.AssertNothingMatters(node, await CheckRun.AskAsync(node, resource: null, Cancellation));
            var list = await DoAsync(node, "ovndbctl", "list");
            Assert.All(Cluster.Nodes, member => Assert.Contains(member.Name, list, StringComparison.Ordinal));
        }
    }

    private async Task RemoveResourcesAsync()
    {
        var shape = clean.Shape;
        foreach (var resource in new[] { shape.AddressResource!, shape.Resource })
        {
            await DoAsync(Cluster.Nodes[0], "pcs", "resource", "delete", resource);
        }

        var view = await clean.Invariants(shape).ObserveAsync(Cancellation);
        Assert.All(view.Nodes, node => Assert.Empty(node.Northbound.Processes.Concat(node.Southbound.Processes)));
        Assert.All(view.Nodes, node => Assert.Empty(node.NorthdProcesses));
    }

    /// <summary>Nothing of the package is left, and what OVN's package installed is as that left it.</summary>
    private static async Task PurgeAsync(ClusterNode node)
    {
        var files = await DoAsync(node, "dpkg-query", "--listfiles", "ovndb-ocf");
        Assert.Contains(AgentPackage.Executable, files, StringComparison.Ordinal);
        await DoAsync(node, "apt-get", "purge", "--yes", "ovndb-ocf");

        var left = await node.ExecCheckedAsync(["sh", "-c", Leftovers], standardInput: files, cancellationToken: Cancellation);
        Assert.Equal("", left.Output.Trim());
        Assert.Equal(OvnCommon.DebiansTarget, (await DoAsync(node, "readlink", OvnCommon.Place)).Trim());
    }

    /// <summary>The names of the Northbound database's rows, read without a server.</summary>
    private static async Task<HashSet<string>> RowsInFileAsync(ClusterNode node)
    {
        var database = OvnDatabase.Northbound;
        var query = $$"""["{{database.Name}}", {"op": "select", "table": "{{database.Table}}", "where": [], "columns": ["name"]}]""";
        var answer = JsonNode.Parse(await DoAsync(node, "ovsdb-tool", "query", database.File, query))!;
        return [.. answer[0]!["rows"]!.AsArray().Select(row => row!["name"]!.GetValue<string>())];
    }

    private ClusterNode Promoted(ClusterView view) => Cluster.Node(view.Status.PromotedNode(clean.Shape.CloneId)!);

    private Task<ClusterView> HoldAsync(string occasion, Func<ClusterView, string?>? also = null) =>
        clean.Invariants(clean.Shape).HoldAsync(occasion, Limit, also: also);

    private static async Task<string> DoAsync(ClusterNode node, params string[] command) =>
        (await node.ExecCheckedAsync(command, Limit, cancellationToken: Cancellation)).Stdout;
}

public sealed class BookwormCleanCluster() : CleanCluster(DebianRelease.Bookworm);

public sealed class TrixieCleanCluster() : CleanCluster(DebianRelease.Trixie);

[Trait(TestLength.Name, TestLength.Long)]
public sealed class BookwormCleanPackageTests(BookwormCleanCluster clean) : CleanPackageTests(clean), IClassFixture<BookwormCleanCluster>;

[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieCleanPackageTests(TrixieCleanCluster clean) : CleanPackageTests(clean), IClassFixture<TrixieCleanCluster>;
