using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>
/// Configurations that guides and deployment tools have written for OVN's shell agent, word for word as far as pcs 0.11 takes them: one after the other on one cluster, so that each finds the databases,
/// and the record in the cluster's configuration, of the one before.
/// </summary>
public sealed class PublishedConfigurationsTests(PublishedConfigurations fixture) : IClassFixture<PublishedConfigurations>
{
    private const int Limit = 180_000;

    /// <summary>OVN's guide (Documentation/topics/integration.rst) as of 2026, which promotes first; the one before is <see cref="OriginalGuideTests"/>.</summary>
    [Fact(Timeout = Limit)]
    public async Task Todays_guide_of_OVN()
    {
        var address = fixture.Cluster.VirtualIp;
        await fixture.ServesAsync(
            new ClusterShape
            {
                Address = address,
                Resource = "ovndb_servers",
                CloneId = "ovndb_servers-master",
                AddressResource = "VirtualIP",
                Northd = false,
            },
            $"""
            pcs resource create ovndb_servers ocf:ovn:ovndb-servers master_ip={address} ovn_ctl=/usr/share/openvswitch/scripts/ovn-ctl op monitor interval=10s op monitor role=Master interval=15s
            pcs resource promotable ovndb_servers ovndb_servers-master meta notify=true
            pcs resource create VirtualIP ocf:heartbeat:IPaddr2 ip={address} op monitor interval=30s
            pcs constraint order promote ovndb_servers-master then VirtualIP
            pcs constraint colocation add VirtualIP with master ovndb_servers-master score=INFINITY
            """,
            [new Connection($"ptcp:6641:{address}", 5000)],
            [new Connection($"ptcp:6642:{address}", 5000)],
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>
    /// TripleO (puppet-tripleo, ovn_dbs_bundle.pp) with IPv6, whose address it writes in brackets for the agent and with a prefix of 128 for IPaddr2. A clone stands in for its bundle: the nodes have no
    /// container engine. Its <c>container-attribute-target=host</c> is left out, for outside of a container the scheduler of Pacemaker 2.1.5 aborts at that.
    /// </summary>
    [Fact(Timeout = Limit)]
    public async Task TripleO_with_IPv6()
    {
        var address = fixture.Cluster.VirtualIpv6;
        var resource = $"ip-{$"{address}".Replace(':', '.')}";
        await fixture.ServesAsync(
            new ClusterShape
            {
                Address = address,
                Resource = "ovndb_servers",
                AddressResource = resource,
            },
            $"""
            pcs node attribute node1 ovn-dbs-role=true
            pcs node attribute node2 ovn-dbs-role=true
            pcs resource create ovndb_servers ocf:ovn:ovndb-servers master_ip=[{address}] nb_master_port=6641 sb_master_port=6642 manage_northd=yes inactive_probe_interval=180000 listen_on_master_ip_only=yes op start timeout=200s stop timeout=200s monitor interval=10s role=Master timeout=60s monitor interval=30s role=Slave timeout=60s promotable notify=true
            pcs constraint location ovndb_servers-clone rule resource-discovery=exclusive score=0 ovn-dbs-role eq true
            pcs resource create {resource} IPaddr2 ip={address} cidr_netmask=128 nic=eth0 lvs_ipv6_addrlabel=true lvs_ipv6_addrlabel_value=99 meta resource-stickiness=INFINITY
            pcs constraint location {resource} rule resource-discovery=exclusive score=0 ovn-dbs-role eq true
            pcs constraint colocation add {resource} with master ovndb_servers-clone INFINITY
            pcs constraint order promote ovndb_servers-clone then start {resource} kind=Optional
            """,
            [new Connection($"ptcp:6641:[{address}]", 180_000)],
            [new Connection($"ptcp:6642:[{address}]", 180_000)],
            TestContext.Current.CancellationToken
        );
    }

    /// <summary>CubeCOS (bigstack-oss/cubecos, config_pacemaker.cpp): load-balancer mode behind an address of the cluster, no operations, <c>notify</c> set after the clone, and each node preferred.</summary>
    [Fact(Timeout = Limit)]
    public async Task CubeCOS()
    {
        var address = fixture.Cluster.VirtualIp;
        await fixture.ServesAsync(
            new ClusterShape
            {
                Address = address,
                Resource = "ovndb_servers",
                AddressResource = "vip",
            },
            $"""
            pcs property set stonith-enabled=false
            pcs resource create vip ocf:heartbeat:IPaddr2 ip={address} op monitor interval=30s
            pcs resource create ovndb_servers ocf:ovn:ovndb-servers manage_northd=yes master_ip={address} listen_on_master_ip_only=no promotable
            pcs resource meta ovndb_servers-clone notify=true clone-max=2
            pcs constraint order start vip then promote ovndb_servers-clone
            pcs constraint colocation add vip with master ovndb_servers-clone
            pcs constraint location vip prefers node1 --force
            pcs constraint location ovndb_servers-clone prefers node1 --force
            pcs constraint location vip prefers node2 --force
            pcs constraint location ovndb_servers-clone prefers node2 --force
            pcs property set no-quorum-policy=ignore
            """,
            [new Connection("ptcp:6641:0.0.0.0", 5000)],
            [new Connection("ptcp:6642:0.0.0.0", 5000)],
            TestContext.Current.CancellationToken
        );
    }
}

/// <summary>Two nodes of the last release whose pcs takes these commands.</summary>
public sealed class PublishedConfigurations()
    : ShapeFixture(
        new ClusterOptions
        {
            Release = DebianRelease.Bookworm,
            Nodes = 2,
            Ipv6 = true,
        }
    )
{
    private ClusterShape? shape;

    /// <inheritdoc/>
    public override ClusterShape Shape => shape ?? throw new InvalidOperationException("nothing is configured");

    /// <inheritdoc/>
    protected override string? Script => null;

    /// <summary>Configures the cluster, waits until all is well, kills an active server, moves the active servers, and removes the resources.</summary>
    /// <param name="configured">What the commands make of it.</param>
    /// <param name="commands">A command a line.</param>
    /// <param name="northbound">The rows of the Northbound database's Connection table at the end.</param>
    /// <param name="southbound">Those of the Southbound one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task ServesAsync(
        ClusterShape configured,
        string commands,
        Connection[] northbound,
        Connection[] southbound,
        CancellationToken cancellationToken
    )
    {
        shape = configured;
        try
        {
            foreach (var command in commands.Split('\n'))
            {
                await Cluster.Nodes[0].ExecCheckedAsync(command.Split(' '), cancellationToken: cancellationToken);
            }

            await HoldAsync("creation");
            var before = await CrashAsync(OvnDatabase.Southbound, cancellationToken);
            var former = before.Status.PromotedNode(Shape.CloneId)!;

            var after = await SwitchOverAsync(cancellationToken);
            var active = after.Status.PromotedNode(Shape.CloneId)!;
            Assert.NotEqual(former, active);
            Assert.True(before[former].Northbound.Process == after[former].Northbound.Process, "the servers were restarted");
            Assert.Equal(northbound, await ConnectionRows.ReadAsync(Cluster.Node(active), OvnDatabase.Northbound, cancellationToken));
            Assert.Equal(southbound, await ConnectionRows.ReadAsync(Cluster.Node(active), OvnDatabase.Southbound, cancellationToken));
        }
        finally
        {
            foreach (var resource in new[] { configured.AddressResource!, configured.Resource })
            {
                await Cluster.Nodes[0].ExecAsync(["pcs", "resource", "delete", resource], cancellationToken: CancellationToken.None);
            }
        }
    }
}
