using System.Net;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Hypervisors;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Hypervisors;

/// <summary>
/// virtual-ip.sh on two nodes, and two hypervisors: two VMs in one subnet on different hypervisors, one in another subnet, a router
/// between the subnets, and an ACL that keeps one of them from another one.
/// </summary>
public abstract class HypervisorFixture(DebianRelease release) : ShapeFixture(new ClusterOptions { Release = release, Nodes = 2 })
{
    private IReadOnlyList<Hypervisor>? hypervisors;

    /// <summary>The first subnet's VM on the first hypervisor.</summary>
    public static VirtualMachine Web { get; } = Vm("web", 1, 11);

    /// <summary>The first subnet's VM on the second hypervisor.</summary>
    public static VirtualMachine Data { get; } = Vm("data", 1, 12);

    /// <summary>The second subnet's VM, on the second hypervisor. The ACL keeps it from <see cref="Data"/>.</summary>
    public static VirtualMachine Guest { get; } = Vm("guest", 2, 11);

    /// <summary>Both hypervisors.</summary>
    public IReadOnlyList<Hypervisor> Hypervisors => hypervisors ?? throw new InvalidOperationException("not prepared");

    /// <inheritdoc/>
    protected override string Script => "virtual-ip.sh";

    /// <summary>A VM with a port of the same name in one of the two subnets.</summary>
    public static VirtualMachine Vm(string name, byte subnet, byte host) =>
        new(
            name,
            name,
            $"02:00:00:00:{subnet:x2}:{host:x2}",
            new IPAddress([192, 168, subnet, host]),
            new IPAddress([192, 168, subnet, 254])
        );

    /// <summary>Adds a VM's port to the first subnet, and waits until it is up.</summary>
    /// <returns>The time from the request on.</returns>
    public Task<TimeSpan> AddPortAsync(VirtualMachine vm, CancellationToken cancellationToken) =>
        Hypervisors[0].AddPortAsync(Shape.Remote(OvnDatabase.Northbound), "left", vm, cancellationToken: cancellationToken);

    /// <summary>Runs ovn-nbctl on the first hypervisor, through the virtual address.</summary>
    public Task<ExecResult> NorthboundAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Hypervisors[0]
            .ExecCheckedAsync(
                ["ovn-nbctl", "--timeout=50", $"--db={Shape.Remote(OvnDatabase.Northbound)}", .. arguments],
                cancellationToken: cancellationToken
            );

    /// <summary>Runs ovn-sbctl on the first hypervisor, through the virtual address.</summary>
    public Task<ExecResult> SouthboundAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Hypervisors[0]
            .ExecCheckedAsync(
                ["ovn-sbctl", "--timeout=50", $"--db={Shape.Remote(OvnDatabase.Southbound)}", .. arguments],
                cancellationToken: cancellationToken
            );

    /// <summary>The hypervisor that a port is bound to, by name; empty if to none.</summary>
    public async Task<string> ChassisOfAsync(string port, CancellationToken cancellationToken)
    {
        var found = await SouthboundAsync(
            ["--bare", "--columns=chassis", "find", "Port_Binding", $"logical_port={port}"],
            cancellationToken
        );
        var chassis = found.Stdout.Trim();
        return chassis.Length == 0
            ? ""
            : (await SouthboundAsync(["--bare", "get", "Chassis", chassis, "name"], cancellationToken)).Stdout.Trim().Trim('"');
    }

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await base.PrepareAsync(cancellationToken);
        hypervisors = [await Cluster.StartHypervisorAsync(cancellationToken), await Cluster.StartHypervisorAsync(cancellationToken)];
        foreach (var hypervisor in hypervisors)
        {
            await hypervisor.JoinAsync(Shape.Remote(OvnDatabase.Southbound), cancellationToken: cancellationToken);
        }

        await NorthboundAsync(
            [
                .. Switch("left", 1, Web, Data),
                "--",
                .. Switch("right", 2, Guest),
                .. (string[])
                    ["--", "acl-add", "left", "to-lport", "100", $"outport == \"{Data.Port}\" && ip4.src == {Guest.Address}", "drop"],
            ],
            cancellationToken
        );
        await hypervisors[0].StartVmAsync(Web, cancellationToken);
        await hypervisors[1].StartVmAsync(Data, cancellationToken);
        await hypervisors[1].StartVmAsync(Guest, cancellationToken);
        await hypervisors[0].SyncAsync(Shape.Remote(OvnDatabase.Northbound), cancellationToken: cancellationToken);
        await hypervisors[0].WaitForAnswerAsync(Web, Data.Address, cancellationToken);
        await hypervisors[0].WaitForAnswerAsync(Web, Guest.Address, cancellationToken);
    }

    private static IEnumerable<string> Switch(string name, byte subnet, params VirtualMachine[] vms)
    {
        // The first switch makes the router that joins them.
        string[] network =
        [
            "ls-add",
            name,
            "--",
            "--may-exist",
            "lr-add",
            "router",
            "--",
            "lrp-add",
            "router",
            $"router-{name}",
            $"02:00:00:00:{subnet:x2}:fe",
            $"192.168.{subnet}.254/24",
            "--",
            "lsp-add",
            name,
            $"{name}-router",
            "--",
            "lsp-set-type",
            $"{name}-router",
            "router",
            "--",
            "lsp-set-addresses",
            $"{name}-router",
            "router",
            "--",
            "lsp-set-options",
            $"{name}-router",
            $"router-port=router-{name}",
        ];
        return network.Concat(
            vms.SelectMany(vm => (string[])["--", "lsp-add", name, vm.Port, "--", "lsp-set-addresses", vm.Port, vm.PortAddresses])
        );
    }
}

public sealed class HypervisorsOnBookworm() : HypervisorFixture(DebianRelease.Bookworm);

public sealed class HypervisorsOnTrixie() : HypervisorFixture(DebianRelease.Trixie);

[CollectionDefinition]
public sealed class BookwormHypervisors : ICollectionFixture<HypervisorsOnBookworm>;

[CollectionDefinition]
public sealed class TrixieHypervisors : ICollectionFixture<HypervisorsOnTrixie>;
