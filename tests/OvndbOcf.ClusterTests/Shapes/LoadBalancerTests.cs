using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Behind an external load balancer: who is active shows by an open port.</summary>
public abstract class LoadBalancerTests(LoadBalancerFixture fixture)
{
    private const int Limit = 180_000;
    private static readonly int[] AllPorts = [6641, 6642];
    private static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(40);

    // Rows that mean nothing to ovn-northd: it shall not be what everybody waits for.
    private static readonly OvnDatabase[] Written = [OvnDatabase.Northbound with { Table = "Copp" }, OvnDatabase.Southbound];

    [Fact(Timeout = Limit)]
    public async Task A_port_check_finds_the_active_node_alone() => await OnlyTheActiveIsOpenAsync(TestContext.Current.CancellationToken);

    [Fact(Timeout = Limit)]
    public async Task The_active_servers_listen_on_all_addresses_in_one_socket_each()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, backup) = await fixture.LookAsync(cancellation);

        Assert.Equal([$"{fixture.AllAddresses}:6641", $"{fixture.AllAddresses}:6642"], await ListeningAsync(active, cancellation));
        Assert.Empty(await ListeningAsync(backup, cancellation));
    }

    [Fact(Timeout = Limit)]
    public async Task The_check_finds_nothing_that_matters_on_any_node()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await fixture.HoldAsync("before the check");
        await CheckRun.FindsNothingThatMattersAsync(fixture.Cluster, fixture.Shape.Resource, cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task Backups_answer_locally_and_replicate_past_the_load_balancer()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (view, active, backup) = await fixture.LookAsync(cancellation);

        Assert.Equal(fixture.Shape.Source(OvnDatabase.Northbound, active), view[backup.Name].Northbound.Status.Remote);
        Assert.Equal(fixture.Shape.Source(OvnDatabase.Southbound, active), view[backup.Name].Southbound.Status.Remote);
        await backup.ExecCheckedAsync(["ovn-nbctl", "--timeout=5", "show"], cancellationToken: cancellation);
        await backup.ExecCheckedAsync(["ovn-sbctl", "--timeout=5", "show"], cancellationToken: cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task After_a_switchover_the_ports_are_open_on_the_new_active_node_alone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await fixture.SwitchOverAsync(cancellation);
        await OnlyTheActiveIsOpenAsync(cancellation);
    }

    [Fact(Timeout = Limit)]
    public async Task After_a_crash_the_ports_are_open_on_the_active_node_alone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await fixture.CrashAsync(OvnDatabase.Northbound, cancellation);
        await OnlyTheActiveIsOpenAsync(cancellation);
        await fixture.CrashAsync(OvnDatabase.Southbound, cancellation);
        await OnlyTheActiveIsOpenAsync(cancellation);
    }

    /// <summary>
    /// Clients and backups share a listener, so clients write until the very end, also behind the closing marker. What they wrote then need not be on the new active node, but it is never
    /// gone, and never said to be there.
    /// </summary>
    [Fact(Timeout = Limit)]
    public async Task A_planned_move_under_load_loses_no_row_that_is_not_in_a_file_set_aside()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var (_, active, _) = await fixture.LookAsync(cancellation);
        var log = await AgentLog.FromNowAsync(fixture.Cluster, cancellation);
        var (view, rows) = await WriteDuringMoveAsync(active, cancellation);
        var promoted = fixture.Cluster.Node(view.Status.PromotedNode(fixture.Shape.CloneId)!);
        var files = await log.SetAsideAsync(active, cancellation);
        foreach (var (database, names) in rows)
        {
            var missing = names.Except(await RowReader.ReadLocalNamesAsync(database, promoted, cancellation)).ToHashSet();
            foreach (var file in files.Where(file => DatabaseFiles.DatabaseOf(file).Name == database.Name))
            {
                missing.ExceptWith(await DatabaseFiles.RowsAsync(active, file, cancellation, database.Table));
            }

            Assert.Empty(missing);
        }

        if (
            (await log.LinesAsync(active, cancellation)).Any(line =>
                line.Contains("rows were written after the closing marker", StringComparison.Ordinal)
            )
        )
        {
            Assert.False(
                (await RecordedPromotion.FindAsync(promoted, fixture.Shape.Resource, cancellation))!.Complete,
                "the record says that the copy was complete"
            );
            Assert.NotEmpty(files);
        }
    }

    /// <summary>Several clients write through the active node's own address while the active servers move: past the load balancer, which would keep them off.</summary>
    private async Task<(ClusterView View, IReadOnlyDictionary<OvnDatabase, IReadOnlyList<string>> Rows)> WriteDuringMoveAsync(
        ClusterNode active,
        CancellationToken cancellationToken
    )
    {
        var clients = Written.ToDictionary(
            database => database,
            database =>
                Enumerable
                    .Range(0, 2)
                    .Select(_ =>
                        AcknowledgedWriter.Start(
                            new WriterOptions
                            {
                                Address = fixture.AddressesOf(active)[0],
                                Database = database,
                                Pause = TimeSpan.FromMilliseconds(5),
                            }
                        )
                    )
                    .ToList()
        );
        try
        {
            await Task.WhenAll(
                clients.Values.SelectMany(list => list).Select(client => client.WaitForWritesAsync(20, WritingLimit, cancellationToken))
            );
            var view = await fixture.SwitchOverAsync(cancellationToken);
            var rows = new Dictionary<OvnDatabase, IReadOnlyList<string>>();
            foreach (var (database, list) in clients)
            {
                rows[database] =
                [
                    .. (await Task.WhenAll(list.Select(client => client.StopAsync())))
                        .SelectMany(report => report.Acknowledged)
                        .Select(write => write.Name),
                ];
            }

            return (view, rows);
        }
        finally
        {
            foreach (var client in clients.Values.SelectMany(list => list))
            {
                await client.DisposeAsync();
            }
        }
    }

    private async Task OnlyTheActiveIsOpenAsync(CancellationToken cancellationToken)
    {
        var (_, active, _) = await fixture.LookAsync(cancellationToken);
        foreach (var node in fixture.Cluster.Nodes)
        {
            foreach (var address in fixture.AddressesOf(node))
            {
                foreach (var port in AllPorts)
                {
                    var open = await Ports.IsOpenAsync(address, port, cancellationToken);
                    Assert.True(
                        open == (node == active),
                        $"{address} port {port} is {(open ? "open" : "closed")}, and {active.Name} is active, not {node.Name}"
                    );
                }
            }
        }
    }

    private static async Task<IEnumerable<string>> ListeningAsync(Machine node, CancellationToken cancellationToken)
    {
        var result = await node.ExecCheckedAsync(
            ["ss", "-H", "-l", "-n", "-t", "sport = :6641 or sport = :6642"],
            cancellationToken: cancellationToken
        );
        return result
            .Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])
            .Order(StringComparer.Ordinal);
    }
}

public sealed class LoadBalancerOnBookwormTests(LoadBalancerOnBookworm fixture)
    : LoadBalancerTests(fixture),
        IClassFixture<LoadBalancerOnBookworm>;

[Trait(TestLength.Name, TestLength.Long)]
public sealed class LoadBalancerOnTrixieTests(LoadBalancerOnTrixie fixture)
    : LoadBalancerTests(fixture),
        IClassFixture<LoadBalancerOnTrixie>;

[Trait(TestLength.Name, TestLength.Long)]
public sealed class LoadBalancerIpv6OnBookwormTests(LoadBalancerIpv6OnBookworm fixture)
    : LoadBalancerTests(fixture),
        IClassFixture<LoadBalancerIpv6OnBookworm>;

[Trait(TestLength.Name, TestLength.Long)]
public sealed class LoadBalancerIpv6OnTrixieTests(LoadBalancerIpv6OnTrixie fixture)
    : LoadBalancerTests(fixture),
        IClassFixture<LoadBalancerIpv6OnTrixie>;
