using System.Diagnostics;
using System.Net;
using Docker.DotNet;
using OvndbOcf.Simulation.Engine;
using OvndbOcf.Simulation.Fencing;
using OvndbOcf.Simulation.Hypervisors;
using OvndbOcf.Simulation.Networks;
using OvndbOcf.Simulation.Status;

namespace OvndbOcf.Simulation;

/// <summary>
/// A Pacemaker cluster of containers on a network of its own. It ends with <see cref="DisposeAsync"/>, with this process, or, if that
/// is killed, at the next start of a cluster on this machine; except if it was asked to be kept.
/// </summary>
public sealed partial class Cluster : IAsyncDisposable
{
    private static readonly TimeSpan PollPause = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private readonly ClusterParts parts;
    private readonly ClusterNetwork network;
    private int numbers;
    private int clients;
    private int hypervisors;

    private Cluster(
        string run,
        ClusterOptions options,
        ClusterParts parts,
        ClusterNetwork network,
        PowerSwitch? power,
        DatabaseDisks? disks,
        IReadOnlyList<ClusterNode> nodes
    )
    {
        Run = run;
        Options = options;
        this.parts = parts;
        this.network = network;
        Power = power;
        Disks = disks;
        Nodes = nodes;
        numbers = nodes.Count;
    }

    /// <summary>The id of this cluster, in the names and labels of its containers.</summary>
    public string Run { get; }

    /// <summary>What was asked for.</summary>
    public ClusterOptions Options { get; }

    /// <summary>The nodes, <c>node1</c> first; those that were added come last.</summary>
    public IReadOnlyList<ClusterNode> Nodes { get; private set; }

    /// <summary>The name of the Docker network that all nodes and clients are on.</summary>
    public string Network => network.Handle.Name;

    /// <summary>The switch that fences nodes; null where there is no fencing.</summary>
    public PowerSwitch? Power { get; }

    /// <summary>The nodes' disks for the databases; null where they have none of their own.</summary>
    public DatabaseDisks? Disks { get; }

    /// <summary>A free address for a virtual IP resource, in a /24 network.</summary>
    public IPAddress VirtualIp => network.Addresses.VirtualIp;

    /// <summary>A free IPv6 address for a virtual IP resource, in a /64 network.</summary>
    /// <exception cref="InvalidOperationException">The cluster was started without IPv6.</exception>
    public IPAddress VirtualIpv6 =>
        Options.Ipv6
            ? network.Addresses.VirtualIpv6
            : throw new InvalidOperationException("this cluster has no IPv6: start it with ClusterOptions.Ipv6");

    /// <summary>
    /// Starts a cluster and waits until it has quorum, a designated controller and all nodes online. It has no resources but fence
    /// devices, if it was to have fencing; else <c>stonith-enabled</c> is false.
    /// </summary>
    /// <param name="options">What it shall look like.</param>
    /// <param name="progress">Is told each step.</param>
    /// <param name="cancellationToken">Gives up; what was made is removed then.</param>
    /// <exception cref="ClusterWaitException">The nodes did not become a cluster in time.</exception>
    /// <exception cref="InvalidOperationException">The engine or the image is missing, or the engine refused.</exception>
    public static async Task<Cluster> StartAsync(
        ClusterOptions options,
        IProgress<string>? progress = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Nodes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Nodes, 16);
        if (options.Keep && (options.Fencing || options.DatabaseDisks))
        {
            throw new ArgumentException(
                "a cluster that is kept cannot have a power switch or disks, which end with this process",
                nameof(options)
            );
        }

        await EngineSetup.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await EnsureImageAsync(options.Image ?? options.Release.NodeImage(), cancellationToken).ConfigureAwait(false);

        var run = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray().AsSpan(0, 4));
        LiveRuns.Add(run);
        var power = options.Fencing ? PowerSwitch.Start(run) : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, LiveRuns.Ending.Token);
        try
        {
            var cluster = await CreateAsync(run, options, power, progress, either.Token).ConfigureAwait(false);
            LiveRuns.Created(run);
            progress?.Report("waiting for quorum and a controller");
            var clock = Stopwatch.StartNew();
            await cluster.WaitForNodesAsync(options.StartTimeout, either.Token).ConfigureAwait(false);
            progress?.Report($"{options.Nodes} nodes are online after {clock.Elapsed.TotalSeconds:0.0} s");
            if (options.Fencing)
            {
                await cluster.ConfigureFencingAsync(cluster.Nodes, either.Token).ConfigureAwait(false);
            }

            if (options.Keep)
            {
                LiveRuns.Forget(run);
            }

            return cluster;
        }
        catch (DockerApiException failure)
        {
            await AbandonAsync(run, power).ConfigureAwait(false);
            throw new InvalidOperationException($"the Docker engine could not start the cluster: {failure.Message}", failure);
        }
        catch
        {
            await AbandonAsync(run, power).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The node with the name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ClusterNode Node(string name) =>
        Nodes.FirstOrDefault(node => node.Name == name) ?? throw new ArgumentException($"no node is called '{name}'", nameof(name));

    /// <summary>Starts one more machine on the cluster's network, outside the cluster.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    public Task<ClientMachine> StartClientAsync(CancellationToken cancellationToken = default) =>
        parts.StartClientAsync(Interlocked.Increment(ref clients), cancellationToken);

    /// <summary>Starts a hypervisor on the cluster's network, <c>hv1</c> first. Open vSwitch runs on it; it is no chassis yet.</summary>
    /// <exception cref="InvalidOperationException">The engine refused, for example because this machine has no <c>/dev/net/tun</c>.</exception>
    /// <exception cref="ExecException">Open vSwitch did not start.</exception>
    public Task<Hypervisor> StartHypervisorAsync(CancellationToken cancellationToken = default) =>
        parts.StartHypervisorAsync(Interlocked.Increment(ref hypervisors), cancellationToken);

    /// <summary>
    /// The cluster's status as the first node tells it that answers and belongs to a partition with quorum; if there is none, as the
    /// first node tells it that answers.
    /// </summary>
    /// <exception cref="InvalidOperationException">No node answers.</exception>
    public async Task<ClusterStatus> GetStatusAsync(CancellationToken cancellationToken = default)
    {
        ClusterStatus? minority = null;
        var failures = new List<string>();
        foreach (var node in Nodes)
        {
            try
            {
                var status = await node.GetClusterStatusAsync(cancellationToken).ConfigureAwait(false);
                if (status is { HasQuorum: true, DesignatedController: not null })
                {
                    return status;
                }

                minority ??= status;
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
            {
                failures.Add(failure.Message);
            }
        }

        return minority ?? throw new InvalidOperationException($"no node tells the cluster's status:\n{string.Join('\n', failures)}");
    }

    /// <summary>Waits until the status satisfies a condition.</summary>
    /// <param name="description">What is waited for, for the message.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="timeout">How long to wait at most.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The status that satisfied it.</returns>
    /// <exception cref="ClusterWaitException">It did not come in time; the message shows the last status.</exception>
    public async Task<ClusterStatus> WaitForAsync(
        string description,
        Func<ClusterStatus, bool> condition,
        TimeSpan timeout,
        CancellationToken cancellationToken = default
    )
    {
        var clock = Stopwatch.StartNew();
        ClusterStatus? last = null;
        Exception? lastFailure = null;
        while (true)
        {
            try
            {
                last = await GetStatusAsync(cancellationToken).ConfigureAwait(false);
                if (condition(last))
                {
                    return last;
                }
            }
            catch (InvalidOperationException failure)
            {
                lastFailure = failure;
            }

            if (clock.Elapsed > timeout)
            {
                throw new ClusterWaitException(description, timeout, last, lastFailure);
            }

            await Task.Delay(PollPause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Puts the virtual address outside of the nodes' networks, with a route for it alone, until they lose power. Docker lets no address into its network but those of its subnet, so the nodes get a
    /// smaller one, in which the virtual address is not.
    /// </summary>
    /// <exception cref="ExecException">A node refused.</exception>
    public Task RouteVirtualIpAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(
            Nodes.Select(async node =>
            {
                foreach (
                    var arguments in (string[][])
                        [
                            ["address", "add", $"{node.Address}/25", "dev", "eth0"],
                            ["address", "delete", $"{node.Address}/24", "dev", "eth0"],
                            ["route", "replace", $"{VirtualIp}/32", "dev", "eth0"],
                        ]
                )
                {
                    await node.ExecCheckedAsync(["ip", .. arguments], cancellationToken: cancellationToken).ConfigureAwait(false);
                }
            })
        );

    /// <summary>Powers all nodes down cleanly, at the same time.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    public Task StopClusterAsync(CancellationToken cancellationToken = default) =>
        Task.WhenAll(Nodes.Select(node => node.ShutDownAsync(cancellationToken)));

    /// <summary>Boots all nodes, at the same time, and waits until they are online again.</summary>
    /// <exception cref="InvalidOperationException">The engine refused.</exception>
    /// <exception cref="ClusterWaitException">They did not become a cluster in time.</exception>
    public async Task StartClusterAsync(CancellationToken cancellationToken = default)
    {
        await Task.WhenAll(Nodes.Select(node => node.PowerOnAsync(cancellationToken))).ConfigureAwait(false);
        await WaitForNodesAsync(Options.StartTimeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Installs a node anew, with another release: it shuts down, loses everything but its name, its addresses, its corosync.conf and, if they are kept, the
    /// databases' files, and boots. It joins some seconds later.
    /// </summary>
    /// <exception cref="InvalidOperationException">The engine refused, or the release's image is missing.</exception>
    public async Task ReinstallAsync(
        ClusterNode node,
        DebianRelease release,
        bool withDatabases,
        CancellationToken cancellationToken = default
    )
    {
        await EnsureImageAsync(release.NodeImage(), cancellationToken).ConfigureAwait(false);
        await node.ShutDownAsync(cancellationToken).ConfigureAwait(false);
        var kept = Directory.CreateTempSubdirectory("ovndb-ocf-");
        try
        {
            await node.CopyOutAsync("/etc/corosync/corosync.conf", kept.FullName, cancellationToken).ConfigureAwait(false);
            await node.CopyOutAsync(DatabaseDisks.Directory, Path.Combine(kept.FullName, "databases"), cancellationToken)
                .ConfigureAwait(false);
            await DockerCli.RunCheckedAsync(["rm", node.ContainerId], AnswerLimit, cancellationToken).ConfigureAwait(false);
            var corosync = await File.ReadAllTextAsync(Path.Combine(kept.FullName, "corosync.conf"), cancellationToken)
                .ConfigureAwait(false);
            var databases = withDatabases ? new DirectoryInfo(Path.Combine(kept.FullName, "databases")) : null;
            var anew = await parts.StartNodeAsync(node.Number, release, corosync, databases, cancellationToken).ConfigureAwait(false);
            node.Become(anew.ContainerId);
        }
        finally
        {
            kept.Delete(recursive: true);
        }
    }

    /// <summary>Waits until there are quorum and a designated controller, and all nodes are online.</summary>
    /// <exception cref="ClusterWaitException">They did not become a cluster in time.</exception>
    public Task<ClusterStatus> WaitForNodesAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
        WaitForAsync(
            $"quorum, a controller and {Nodes.Count} nodes online",
            status =>
                status is { HasQuorum: true, DesignatedController: not null }
                && status.Nodes.Count(node => node is { Online: true, Pending: false }) == Nodes.Count,
            timeout,
            cancellationToken
        );

    /// <summary>Copies the logs of all nodes, their CIB and the status into a directory of this machine, as far as they can be had.</summary>
    public Task CollectLogsAsync(string directory, CancellationToken cancellationToken = default) =>
        LogCollector.CollectAsync(this, directory, cancellationToken);

    /// <summary>Removes the containers and the network, except if the cluster is to be kept.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Options.Keep)
        {
            await Cleanup.RemoveRunAsync(Run, CancellationToken.None).ConfigureAwait(false);
            LiveRuns.Forget(Run);
        }

        if (Power is not null)
        {
            await Power.DisposeAsync().ConfigureAwait(false);
        }
    }

    private Task<ExecResult> ConfigureFencingAsync(IEnumerable<ClusterNode> nodes, CancellationToken cancellationToken) =>
        Nodes[0]
            .ExecCheckedAsync(
                ["sh", "-s"],
                environment: new Dictionary<string, string> { ["NODES"] = string.Join(' ', nodes.Select(node => node.Name)) },
                standardInput: FenceDevices.Script,
                cancellationToken: cancellationToken
            );

    private static async Task<Cluster> CreateAsync(
        string run,
        ClusterOptions options,
        PowerSwitch? power,
        IProgress<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var prefix = options.NamePrefix ?? "ovndb-ocf";
        progress?.Report($"starting {options.Nodes} nodes with Debian {options.Release.Suite()} (cluster {run})");
        var network = await ClusterNetwork
            .CreateAsync($"{prefix}-{run}", options.Ipv6, RunLabels.For(run, options.Keep), cancellationToken)
            .ConfigureAwait(false);
        var parts = new ClusterParts(options, run, prefix, network, power);
        var numbers = Enumerable.Range(1, options.Nodes).ToList();
        var disks = options.DatabaseDisks ? await parts.StartDisksAsync(numbers, cancellationToken).ConfigureAwait(false) : null;
        var corosync = CorosyncConfiguration.Write(
            [.. numbers.Select(number => (number, ClusterParts.NodeName(number), network.Addresses.Node(number)))],
            options.Fencing
        );
        var starts = numbers
            .Select(number => parts.StartNodeAsync(number, options.Release, corosync, databases: null, cancellationToken))
            .ToList();
        // All starts have ended before a failure is passed on: what still starts could not be removed.
        await Task.WhenAll(starts).ConfigureAwait(false);
        return new Cluster(run, options, parts, network, power, disks, [.. starts.Select(start => start.Result)]);
    }

    /// <summary>Even a cluster that was to be kept is of no use to anybody if it did not come up.</summary>
    private static async Task AbandonAsync(string run, PowerSwitch? power)
    {
        if (power is not null)
        {
            await power.DisposeAsync().ConfigureAwait(false);
        }

        await Cleanup.RemoveRunAsync(run, CancellationToken.None).ConfigureAwait(false);
        LiveRuns.Created(run);
        LiveRuns.Forget(run);
    }

    private static async Task EnsureImageAsync(string image, CancellationToken cancellationToken)
    {
        var result = await DockerCli
            .RunAsync(["image", "inspect", "--format", "{{.Id}}", image], AnswerLimit, cancellationToken)
            .ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            throw new InvalidOperationException($"the image {image} is missing: 'make images' or one of 'make image-…' builds it");
        }
    }
}
