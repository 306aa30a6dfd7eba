using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Behind an external load balancer: who is active shows by an open port.</summary>
public abstract class LoadBalancerTests(LoadBalancerFixture fixture)
{
    private const int Limit = 180_000;
    private static readonly int[] AllPorts = [6641, 6642];

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
                    Assert.True(open == (node == active), $"{address} port {port} is {(open ? "open" : "closed")}, and {active.Name} is active, not {node.Name}");
                }
            }
        }
    }

    private static async Task<IEnumerable<string>> ListeningAsync(Machine node, CancellationToken cancellationToken)
    {
        var result = await node.ExecCheckedAsync(["ss", "-H", "-l", "-n", "-t", "sport = :6641 or sport = :6642"], cancellationToken: cancellationToken);
        return result.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])
            .Order(StringComparer.Ordinal);
    }
}

public sealed class LoadBalancerOnBookwormTests(LoadBalancerOnBookworm fixture) : LoadBalancerTests(fixture), IClassFixture<LoadBalancerOnBookworm>;

public sealed class LoadBalancerOnTrixieTests(LoadBalancerOnTrixie fixture) : LoadBalancerTests(fixture), IClassFixture<LoadBalancerOnTrixie>;

public sealed class LoadBalancerIpv6OnBookwormTests(LoadBalancerIpv6OnBookworm fixture)
    : LoadBalancerTests(fixture), IClassFixture<LoadBalancerIpv6OnBookworm>;

public sealed class LoadBalancerIpv6OnTrixieTests(LoadBalancerIpv6OnTrixie fixture)
    : LoadBalancerTests(fixture), IClassFixture<LoadBalancerIpv6OnTrixie>;
