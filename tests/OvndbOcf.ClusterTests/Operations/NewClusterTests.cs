using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>The nodes of a cluster are lost, files and all: what is left is a backup, and a new cluster gets it that knows nothing of the first one.</summary>
[Trait(TestLength.Name, TestLength.Long)]
public sealed class NewClusterTests
{
    private const string Backup = "/root/backup";
    private const int Rows = 100;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly OvnDatabase[] Databases = [OvnDatabase.Northbound, OvnDatabase.Southbound];

    [Fact(Timeout = 600_000)]
    public async Task A_backup_of_one_cluster_is_what_another_one_serves_and_keeps()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("ovndb-ocf-");
        try
        {
            var rows = new RowLedger();
            await using (var former = new BookwormPairCluster())
            {
                await former.InitializeAsync();
                await BackUpAsync(former, rows, folder.FullName, cancellation);
            }

            await using var next = new BookwormLifecycleCluster();
            await next.InitializeAsync();
            var (active, other) = (next.Cluster.Node(Promoted(next, next.Created)!), Backups(next).First());
            await other.CopyInAsync(Path.Combine(folder.FullName, "backup"), Backup, cancellation);
            await RestoreAsync(next, active, other, rows, cancellation);
            await MoveAsync(next, other, rows, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task BackUpAsync(LifecycleCluster former, RowLedger rows, string folder, CancellationToken cancellationToken)
    {
        foreach (var database in Databases)
        {
            await using var client = AcknowledgedWriter.Start(
                new WriterOptions
                {
                    Address = former.Cluster.VirtualIp,
                    Database = database,
                    Pause = TimeSpan.FromMilliseconds(5),
                }
            );
            await client.WaitForWritesAsync(Rows, Limit, cancellationToken);
            rows.Add(database, (await client.StopAsync()).Acknowledged);
        }

        var node = Backups(former).First();
        await OvndbctlAsync(node, cancellationToken, "backup", Backup);
        await node.CopyOutAsync(Backup, Path.Combine(folder, "backup"), cancellationToken);
    }

    /// <summary>Restores both databases on a node that is not active; the promotion of the new cluster goes on.</summary>
    private static async Task RestoreAsync(
        LifecycleCluster next,
        ClusterNode active,
        ClusterNode node,
        RowLedger rows,
        CancellationToken cancellationToken
    )
    {
        var marker = await MarkerAsync();
        await OvndbctlAsync(node, cancellationToken, "restore", Backup, "--yes");
        await HoldAsync(next, rows, "restored", active);
        Assert.Equal(marker, await MarkerAsync());

        // Its own connections, and none to the former cluster's address.
        foreach (var database in Databases)
        {
            Assert.Equal(
                [$"ptcp:{database.Port}:{next.Cluster.VirtualIp}"],
                (await ConnectionRows.ReadAsync(active, database, cancellationToken)).Select(row => row.Target)
            );
        }

        // ovn-northd has taken in everything.
        await active.ExecCheckedAsync(["ovn-nbctl", "--timeout=30", "--wait=sb", "sync"], Limit, cancellationToken: cancellationToken);

        async Task<PromotionMarker> MarkerAsync() =>
            (await RecordedPromotion.FindAsync(active, next.Shape.Resource, cancellationToken))!.Marker;
    }

    private static async Task MoveAsync(LifecycleCluster next, ClusterNode to, RowLedger rows, CancellationToken cancellationToken)
    {
        await OvndbctlAsync(to, cancellationToken, "switchover", "--to", to.Name);
        await HoldAsync(next, rows, "moved", to);
    }

    private static async Task OvndbctlAsync(ClusterNode node, CancellationToken cancellationToken, params string[] arguments)
    {
        var result = await node.ExecCheckedAsync(["ovndbctl", .. arguments], Limit, cancellationToken: cancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine($"{node.Name}# ovndbctl {string.Join(' ', arguments)}\n{result.Output}");
    }

    /// <summary>Every row is in each copy, each copy may be promoted at any time, and that node is active.</summary>
    private static Task<ClusterView> HoldAsync(LifecycleCluster cluster, RowLedger rows, string occasion, ClusterNode active) =>
        new Invariants(cluster.Cluster, cluster.Shape, rows).HoldAsync(
            occasion,
            Limit,
            also: view =>
                Promoted(cluster, view) != active.Name
                    ? $"{active.Name} is not active"
                    : view
                        .Nodes.Where(node => view.Status.PromotionScore(cluster.Shape.Resource, node.Name) is not (5 or 10))
                        .Select(node => $"{node.Name} is not current")
                        .FirstOrDefault()
        );

    private static IEnumerable<ClusterNode> Backups(LifecycleCluster cluster) =>
        cluster.Cluster.Nodes.Where(node => node.Name != Promoted(cluster, cluster.Created));

    private static string? Promoted(LifecycleCluster cluster, ClusterView view) => view.Status.PromotedNode(cluster.Shape.CloneId);
}
