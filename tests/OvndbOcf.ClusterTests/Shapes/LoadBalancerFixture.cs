using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OvndbOcf.Simulation;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>load-balancer.sh on two nodes, behind a TCP load balancer that finds the active one by connecting to its ports.</summary>
public abstract class LoadBalancerFixture(DebianRelease release, bool ipv6)
    : ShapeFixture(
        new ClusterOptions
        {
            Release = release,
            Nodes = 2,
            Ipv6 = ipv6,
        }
    )
{
    /// <summary>All addresses of a node: its own of the tested family, and one that was added to it.</summary>
    public IReadOnlyList<IPAddress> AddressesOf(ClusterNode node) => [OwnAddress(node), AddedAddress(node)];

    /// <summary>How ss(8) shows the local address of a socket that listens on all addresses, with IPv6 those of IPv4, too.</summary>
    public string AllAddresses => ipv6 ? "*" : "0.0.0.0";

    /// <inheritdoc/>
    protected override string Script => "load-balancer.sh";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Variables =>
        new Dictionary<string, string> { ["LB_ADDRESS"] = $"{Shape.Address}" };

    /// <inheritdoc/>
    protected override ClusterShape Describe() =>
        new() { Address = ipv6 ? Cluster.VirtualIpv6 : Cluster.VirtualIp, AddressResource = null };

    /// <inheritdoc/>
    protected override async Task BeforeScriptAsync(CancellationToken cancellationToken)
    {
        var balancer = await Cluster.StartClientAsync(cancellationToken);
        await AddAddressAsync(balancer, Shape.Address, cancellationToken);
        foreach (var node in Cluster.Nodes)
        {
            await AddAddressAsync(node, AddedAddress(node), cancellationToken);
        }

        await balancer.WriteFileAsync("/etc/haproxy/ovn.cfg", Configuration(), cancellationToken: cancellationToken);
        await balancer.ExecCheckedAsync(["haproxy", "-D", "-f", "/etc/haproxy/ovn.cfg"], cancellationToken: cancellationToken);
    }

    private static async Task AddAddressAsync(Machine machine, IPAddress address, CancellationToken cancellationToken)
    {
        // Without nodad, a new IPv6 address is unusable for a second or two.
        string[] family = address.AddressFamily == AddressFamily.InterNetworkV6 ? [$"{address}/64", "nodad"] : [$"{address}/24"];
        await machine.ExecCheckedAsync(["ip", "address", "add", .. family, "dev", "eth0"], cancellationToken: cancellationToken);
    }

    private string Configuration()
    {
        var text = new StringBuilder(
            """
            global
                maxconn 200
            defaults
                mode tcp
                timeout connect 2s
                timeout client 10m
                timeout server 10m

            """
        );
        foreach (var port in new[] { 6641, 6642 })
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                listen port{port}
                    bind {Shape.Address}:{port}
                    default-server check inter 300ms fall 2 rise 1 on-marked-down shutdown-sessions

                """
            );
            foreach (var node in Cluster.Nodes)
            {
                text.Append(CultureInfo.InvariantCulture, $"    server {node.Name} {OwnAddress(node)}:{port}\n");
            }
        }

        return text.ToString();
    }

    private IPAddress OwnAddress(ClusterNode node) => ipv6 ? node.AddressIpv6! : node.Address;

    private IPAddress AddedAddress(ClusterNode node)
    {
        var bytes = OwnAddress(node).GetAddressBytes();
        bytes[^1] += 130;
        return new IPAddress(bytes);
    }
}

public sealed class LoadBalancerOnBookworm() : LoadBalancerFixture(DebianRelease.Bookworm, ipv6: false);

public sealed class LoadBalancerOnTrixie() : LoadBalancerFixture(DebianRelease.Trixie, ipv6: false);

public sealed class LoadBalancerIpv6OnBookworm() : LoadBalancerFixture(DebianRelease.Bookworm, ipv6: true);

public sealed class LoadBalancerIpv6OnTrixie() : LoadBalancerFixture(DebianRelease.Trixie, ipv6: true);
