using System.Net;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Hypervisors;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Lab;

/// <summary>Two hypervisors with a VM each, on one logical switch; the VMs ping each other from the beginning on.</summary>
internal sealed class DemoNetwork
{
    private const string Switch = "demo";
    private static readonly IPAddress Gateway = new([192, 168, 1, 254]);
    private readonly string northbound;
    private readonly IReadOnlyList<Hypervisor> hypervisors;
    private readonly IReadOnlyList<ContinuousPing> pings;
    private TimeSpan portUp;

    private DemoNetwork(string northbound, IReadOnlyList<Hypervisor> hypervisors, IReadOnlyList<ContinuousPing> pings)
    {
        this.northbound = northbound;
        this.hypervisors = hypervisors;
        this.pings = pings;
    }

    /// <summary>Starts it, on the databases behind the cluster's virtual address.</summary>
    /// <exception cref="InvalidOperationException">This machine cannot have hypervisors in containers.</exception>
    /// <exception cref="ExecException">Open vSwitch or OVN did not start, or refused something.</exception>
    /// <exception cref="TimeoutException">The VMs do not reach each other.</exception>
    public static async Task<DemoNetwork> StartAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        var northbound = Remote(cluster, OvnDatabase.Northbound);
        Hypervisor[] hypervisors =
        [
            await cluster.StartHypervisorAsync(cancellationToken),
            await cluster.StartHypervisorAsync(cancellationToken),
        ];
        foreach (var hypervisor in hypervisors)
        {
            await hypervisor.JoinAsync(Remote(cluster, OvnDatabase.Southbound), cancellationToken: cancellationToken);
        }

        await hypervisors[0]
            .ExecCheckedAsync(["ovn-nbctl", "--timeout=10", $"--db={northbound}", "ls-add", Switch], cancellationToken: cancellationToken);
        var vms = new[] { Vm(1), Vm(2) };
        foreach (var (hypervisor, vm) in hypervisors.Zip(vms))
        {
            await hypervisor.StartVmAsync(vm, cancellationToken);
            await hypervisor.AddPortAsync(northbound, Switch, vm, cancellationToken: cancellationToken);
        }

        await hypervisors[0].SyncAsync(northbound, cancellationToken: cancellationToken);
        // The first packets between two hypervisors wait for the tunnel: they belong to the set-up.
        await hypervisors[0].WaitForAnswerAsync(vms[0], vms[1].Address, cancellationToken);
        return new DemoNetwork(
            northbound,
            hypervisors,
            [
                await hypervisors[0].StartPingAsync(vms[0], vms[1].Address, cancellationToken),
                await hypervisors[1].StartPingAsync(vms[1], vms[0].Address, cancellationToken),
            ]
        );
    }

    /// <summary>Starts one more VM, adds its port, and waits until that is up.</summary>
    public async Task AddVmAsync(CancellationToken cancellationToken)
    {
        await hypervisors[0].StartVmAsync(Vm(3), cancellationToken);
        portUp = await hypervisors[0].AddPortAsync(northbound, Switch, Vm(3), cancellationToken: cancellationToken);
    }

    /// <summary>Ends the pings, and tells what the VMs noticed.</summary>
    public async Task<DemoTraffic> StopAsync(CancellationToken cancellationToken)
    {
        var (sent, lost) = (0, 0);
        foreach (var ping in pings)
        {
            var report = await ping.StopAsync(cancellationToken);
            sent += report.Sent;
            lost += report.Lost.Count;
        }

        return new DemoTraffic(sent, lost, portUp);
    }

    private static VirtualMachine Vm(byte number) =>
        new($"vm{number}", $"vm{number}", $"02:00:00:00:01:{number:x2}", new IPAddress([192, 168, 1, number]), Gateway);

    private static string Remote(Cluster cluster, OvnDatabase database) => $"tcp:{cluster.VirtualIp}:{database.Port}";
}
