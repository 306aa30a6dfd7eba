using System.Globalization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Hypervisors;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Chassis;

/// <summary>
/// Many chassis on one machine: each has a switch's database, an ovs-vswitchd with a datapath that forwards nothing, and an ovn-controller of its own, and so
/// costs the Southbound database what a hypervisor costs it. Every five of them are a tenant: a router, two switches with an ACL, and all of their ports.
/// </summary>
internal sealed class ChassisFarm
{
    /// <summary>Ports of each chassis.</summary>
    public const int Ports = 20;

    /// <summary>The chassis of a tenant.</summary>
    public const int TenantSize = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly Hypervisor machine;
    private readonly string northbound;
    private readonly string southbound;

    private ChassisFarm(Hypervisor machine, string northbound, string southbound)
    {
        this.machine = machine;
        this.northbound = northbound;
        this.southbound = southbound;
    }

    /// <summary>How many chassis there are.</summary>
    public int Size { get; private set; }

    /// <summary>Starts the machine that will have them.</summary>
    public static async Task<ChassisFarm> StartAsync(Cluster cluster, CancellationToken cancellationToken) =>
        new(
            await cluster.StartHypervisorAsync(cancellationToken),
            $"tcp:{cluster.VirtualIp}:{OvnDatabase.Northbound.Port}",
            $"tcp:{cluster.VirtualIp}:{OvnDatabase.Southbound.Port}"
        );

    /// <summary>Adds tenants until there are so many chassis, and waits until all have what the Northbound database says.</summary>
    /// <exception cref="ExecException">One did not start.</exception>
    /// <exception cref="TimeoutException">They take too long.</exception>
    public async Task GrowAsync(int size, CancellationToken cancellationToken)
    {
        for (; Size < size; Size += TenantSize)
        {
            var environment = new Dictionary<string, string>
            {
                ["FIRST"] = Text(Size + 1),
                ["LAST"] = Text(Size + TenantSize),
                ["TENANT"] = Text((Size / TenantSize) + 1),
                ["PORTS"] = Text(Ports),
                ["NORTHBOUND"] = northbound,
                ["SOUTHBOUND"] = southbound,
            };
            await machine.ExecCheckedAsync(["sh", "-s"], Limit, environment, ChassisScripts.Tenant, cancellationToken);
            await machine.ExecCheckedAsync(["sh", "-s"], Limit, environment, ChassisScripts.Chassis, cancellationToken);
        }

        await SyncAsync(cancellationToken);
    }

    /// <summary>Waits until all chassis have what the Northbound database says now.</summary>
    /// <exception cref="TimeoutException">They take too long.</exception>
    public Task SyncAsync(CancellationToken cancellationToken) => machine.SyncAsync(northbound, Limit, cancellationToken);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
