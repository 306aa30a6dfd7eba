using Docker.DotNet;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Containers;
using DotNet.Testcontainers.Images;
using Microsoft.Extensions.Logging.Abstractions;
using OvndbOcf.Simulation.Engine;
using OvndbOcf.Simulation.Fencing;
using OvndbOcf.Simulation.Hypervisors;
using OvndbOcf.Simulation.Networks;

namespace OvndbOcf.Simulation;

/// <summary>Describes and starts the containers of a cluster.</summary>
internal sealed class ClusterParts(ClusterOptions options, string run, string prefix, ClusterNetwork network, PowerSwitch? power)
{
    private const string Tun = "/dev/net/tun";
    private const long SharedMemory = 512L * 1024 * 1024;

    /// <summary>Enough for corosync and virtual addresses, and to look inside; full privileges are not needed.</summary>
    private static readonly string[] Capabilities = ["NET_ADMIN", "NET_RAW", "SYS_NICE", "IPC_LOCK", "SYS_PTRACE"];

    /// <summary>Starts the node with the number, counted from 1.</summary>
    /// <param name="number">The number.</param>
    /// <param name="release">Its release.</param>
    /// <param name="corosyncConfiguration">The text of its corosync.conf.</param>
    /// <param name="databases">What it has in the databases' directory when it boots; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<ClusterNode> StartNodeAsync(
        int number,
        DebianRelease release,
        string corosyncConfiguration,
        DirectoryInfo? databases,
        CancellationToken cancellationToken
    )
    {
        var name = NodeName(number);
        var builder = DescribeNode(number, name, release)
            .WithResourceMapping(System.Text.Encoding.UTF8.GetBytes(corosyncConfiguration), "/etc/corosync/corosync.conf");
        if (options.MovableClocks)
        {
            builder = builder.WithEnvironment("OVNDB_MOVABLE_CLOCK", "1");
        }

        if (options.DatabaseDisks)
        {
            builder = builder.WithVolumeMount(DatabaseDisks.Volume(run, name), DatabaseDisks.Directory);
        }

        if (databases is not null)
        {
            builder = builder.WithResourceMapping(databases, DatabaseDisks.Directory);
        }

        return await StartNodeAsync(number, name, isRemote: false, builder, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a machine with the number on which pacemaker-remoted runs in place of Pacemaker and Corosync.</summary>
    public Task<ClusterNode> StartRemoteNodeAsync(int number, CancellationToken cancellationToken)
    {
        var name = $"remote{number}";
        var builder = DescribeNode(number, name, options.Release).WithEnvironment("OVNDB_REMOTE_NODE", "1");
        return StartNodeAsync(number, name, isRemote: true, builder, cancellationToken);
    }

    private ContainerBuilder DescribeNode(int number, string name, DebianRelease release)
    {
        var address = network.Addresses.Node(number);
        var builder = Describe(name, $"{address}", options.Ipv6 ? $"{network.Addresses.NodeIpv6(number)}" : "", release)
            .WithLabel(RunLabels.Node, name)
            .WithLabel(RunLabels.Address, $"{address}")
            .WithLabel(RunLabels.VirtualIp, $"{network.Addresses.VirtualIp}");
        return power is null ? builder : builder.WithBindMount(power.Directory, PowerSwitch.DirectoryOnNodes);
    }

    private async Task<ClusterNode> StartNodeAsync(
        int number,
        string name,
        bool isRemote,
        ContainerBuilder builder,
        CancellationToken cancellationToken
    )
    {
        var container = await StartAsync(builder.Build(), cancellationToken).ConfigureAwait(false);
        power?.Connect(name, container);
        var addressIpv6 = options.Ipv6 ? network.Addresses.NodeIpv6(number) : null;
        return new ClusterNode(number, name, network.Addresses.Node(number), addressIpv6, container) { IsRemote = isRemote };
    }

    /// <summary>Starts the client with the number, counted from 1.</summary>
    public async Task<ClientMachine> StartClientAsync(int number, CancellationToken cancellationToken)
    {
        var name = $"client{number}";
        var address = network.Addresses.Client(number);
        var builder = Describe(name, $"{address}", options.Ipv6 ? $"{network.Addresses.ClientIpv6(number)}" : "")
            .WithEntrypoint("sleep", "infinity");
        return new ClientMachine(name, address, await StartAsync(builder.Build(), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Starts the hypervisor with the number, counted from 1, and Open vSwitch on it.</summary>
    public async Task<Hypervisor> StartHypervisorAsync(int number, CancellationToken cancellationToken)
    {
        var name = $"hv{number}";
        var address = network.Addresses.Hypervisor(number);
        var builder = Describe(name, $"{address}", options.Ipv6 ? $"{network.Addresses.HypervisorIpv6(number)}" : "")
            .WithLabel(RunLabels.Hypervisor, name)
            .WithLabel(RunLabels.Address, $"{address}")
            .WithEntrypoint("sleep", "infinity")
            .WithCreateParameterModifier(parameters =>
            {
                // The device makes the bridges' interfaces in userspace; the capability makes the network namespaces of VMs.
                parameters.HostConfig ??= new HostConfig();
                parameters.HostConfig.CapAdd = [.. Capabilities, "SYS_ADMIN"];
                parameters.HostConfig.SecurityOpt = ["apparmor=unconfined"];
                parameters.HostConfig.Devices =
                [
                    new DeviceMapping
                    {
                        PathOnHost = Tun,
                        PathInContainer = Tun,
                        CgroupPermissions = "rwm",
                    },
                ];

                // The bridge that gets the container's addresses comes later, and /proc/sys cannot be written to in the container.
                parameters.HostConfig.Sysctls = options.Ipv6
                    ? new Dictionary<string, string> { ["net.ipv6.conf.default.disable_ipv6"] = "0" }
                    : null;
            });
        var hypervisor = new Hypervisor(name, address, await StartAsync(builder.Build(), cancellationToken).ConfigureAwait(false));
        await hypervisor.StartSwitchAsync(cancellationToken).ConfigureAwait(false);
        return hypervisor;
    }

    /// <summary>Makes the disks of the nodes, and the machine that keeps them alive.</summary>
    public async Task<DatabaseDisks> StartDisksAsync(IReadOnlyList<int> numbers, CancellationToken cancellationToken)
    {
        const string name = "shelf";
        var builder = Describe(name, $"{network.Addresses.Shelf}", "").WithEntrypoint("sleep", "infinity");
        foreach (var node in numbers.Select(NodeName))
        {
            await DatabaseDisks.CreateAsync(run, node, options.DatabaseDiskMiB, cancellationToken).ConfigureAwait(false);
            builder = builder.WithVolumeMount(DatabaseDisks.Volume(run, node), DatabaseDisks.OnShelf(node));
        }

        // Mounting anew is all that it is there for.
        builder = builder.WithCreateParameterModifier(parameters =>
        {
            parameters.HostConfig ??= new HostConfig();
            parameters.HostConfig.CapAdd = ["SYS_ADMIN"];
            parameters.HostConfig.SecurityOpt = ["apparmor=unconfined"];
        });
        return new DatabaseDisks(
            new ClientMachine(name, network.Addresses.Shelf, await StartAsync(builder.Build(), cancellationToken).ConfigureAwait(false))
        );
    }

    /// <summary>The name of the node with the number, counted from 1.</summary>
    public static string NodeName(int number) => $"node{number}";

    private ContainerBuilder Describe(string name, string address, string addressIpv6, DebianRelease? release = null) =>
        new ContainerBuilder(options.Image ?? (release ?? options.Release).NodeImage())
            .WithImagePullPolicy(PullPolicy.Never)
            .WithLogger(NullLogger.Instance)
            .WithCleanUp(false)
            .WithName($"{prefix}-{run}-{name}")
            .WithHostname(name)
            .WithLabel(RunLabels.For(run, options.Keep))
            .WithEnvironment(options.Environment)
            .WithNetwork(network.Handle)
            .WithNetworkAliases(name)
            .WithCreateParameterModifier(parameters =>
            {
                parameters.HostConfig ??= new HostConfig();
                parameters.HostConfig.CapAdd = Capabilities;
                parameters.HostConfig.ShmSize = SharedMemory;
                parameters.HostConfig.Init = true;
                foreach (var endpoint in parameters.NetworkingConfig?.EndpointsConfig?.Values ?? [])
                {
                    endpoint.IPAMConfig = new EndpointIPAMConfig { IPv4Address = address, IPv6Address = addressIpv6 };
                }
            });

    private static async Task<string> StartAsync(IContainer container, CancellationToken cancellationToken)
    {
        try
        {
            await container.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DockerApiException failure)
        {
            throw new InvalidOperationException($"the Docker engine could not start a container: {failure.Message}", failure);
        }

        return container.Id;
    }
}
