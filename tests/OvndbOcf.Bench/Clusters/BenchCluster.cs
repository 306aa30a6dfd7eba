using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench.Clusters;

/// <summary>How a cluster is configured.</summary>
/// <param name="Variant">Whose agent it has.</param>
/// <param name="Northd">Whether the agent manages ovn-northd.</param>
/// <param name="OwnLoadOnly">
/// Whether Pacemaker takes the load of the machine for that of all nodes together, not for each node's own. It holds back actions where the load exceeds its <c>load-threshold</c>
/// (pacemaker-controld(7)), and every container sees the whole.
/// </param>
/// <param name="OwnDisks">Whether each node has a disk of its own for the databases, which can be full.</param>
/// <param name="RoutedAddress">Whether the virtual address is outside of the nodes' networks, with a route for it alone.</param>
internal sealed record BenchClusterShape(
    Variant Variant,
    bool Northd,
    bool OwnLoadOnly = false,
    bool OwnDisks = false,
    bool RoutedAddress = false
)
{
    /// <summary>Pacemaker's default of <c>load-threshold</c>, in percent.</summary>
    public const int LoadThreshold = 80;

    /// <summary>How often the promoted instance is looked at: the shell agent as its own guide has it.</summary>
    public TimeSpan PromotedInterval => TimeSpan.FromSeconds(Variant == Variant.Ours ? 1 : 10);

    /// <summary>How often the others are looked at.</summary>
    public TimeSpan UnpromotedInterval => TimeSpan.FromSeconds(Variant == Variant.Ours ? 3 : 15);
}

/// <summary>A cluster with OVN's databases behind a virtual address.</summary>
internal sealed class BenchCluster : IAsyncDisposable
{
    /// <summary>The clone of database servers.</summary>
    public const string Clone = "ovndb-clone";

    /// <summary>The resource inside the clone.</summary>
    public const string Resource = "ovndb";

    /// <summary>The virtual address.</summary>
    public const string AddressResource = "ovn-vip";

    /// <summary>Where Pacemaker finds the agent.</summary>
    public const string AgentPath = "/usr/lib/ocf/resource.d/ovn/ovndb-servers";

    private const string ShellAgent = "/usr/share/ovn/scripts/ovndb-servers.ocf";

    /// <summary>A file of 250 MB, and room for what a failover writes beside it.</summary>
    private const int DiskMiB = 768;
    private static readonly TimeSpan CreationLimit = TimeSpan.FromSeconds(120);

    private BenchCluster(Cluster cluster, BenchClusterShape shape)
    {
        Cluster = cluster;
        Shape = shape;
    }

    /// <summary>The nodes.</summary>
    public Cluster Cluster { get; }

    /// <summary>How it is configured.</summary>
    public BenchClusterShape Shape { get; }

    /// <summary>Starts the nodes, installs the agent, creates the resources and waits until everything runs.</summary>
    /// <exception cref="ClusterWaitException">It did not come up in time.</exception>
    public static async Task<BenchCluster> StartAsync(
        DebianRelease release,
        int nodes,
        BenchClusterShape shape,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        var cluster = await Cluster.StartAsync(
            new ClusterOptions
            {
                Release = release,
                Nodes = nodes,
                DatabaseDisks = shape.OwnDisks,
                DatabaseDiskMiB = DiskMiB,
            },
            progress,
            cancellationToken
        );
        var bench = new BenchCluster(cluster, shape);
        try
        {
            if (shape.Variant == Variant.Shell)
            {
                await Task.WhenAll(
                    cluster.Nodes.Select(node =>
                        node.ExecCheckedAsync(["install", "-m", "755", ShellAgent, AgentPath], cancellationToken: cancellationToken)
                    )
                );
            }

            if (shape.OwnLoadOnly)
            {
                await cluster
                    .Nodes[0]
                    .ExecCheckedAsync(
                        [
                            "crm_attribute",
                            "--type",
                            "crm_config",
                            "--name",
                            "load-threshold",
                            "--update",
                            $"{BenchClusterShape.LoadThreshold * nodes}%",
                        ],
                        cancellationToken: cancellationToken
                    );
            }

            if (shape.RoutedAddress)
            {
                await cluster.RouteVirtualIpAsync(cancellationToken);
            }

            await bench.CreateResourcesAsync(cancellationToken);
            await bench.WaitUntilWholeAsync("the resources to run", CreationLimit, cancellationToken);
            progress.Report($"{Output.TextTable.Name(shape.Variant)}: {nodes} nodes are ready");
            return bench;
        }
        catch
        {
            await bench.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until one instance is promoted, with the address beside it, and all others follow and may be promoted.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="expectation">What is different from a cluster that nobody does anything to.</param>
    /// <returns>The promoted node.</returns>
    /// <exception cref="ClusterWaitException">It is not so in time.</exception>
    public Task<ClusterNode> WaitUntilWholeAsync(
        string what,
        TimeSpan limit,
        CancellationToken cancellationToken,
        Expectation? expectation = null
    ) => new Wholeness(this, expectation ?? new Expectation()).WaitAsync(what, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    private Task<ExecResult> CreateResourcesAsync(CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>
        {
            ["VIP"] = $"{Cluster.VirtualIp}",
            ["PREFIX"] = Shape.RoutedAddress ? "32" : "24",
            ["NIC"] = Shape.RoutedAddress ? "eth0" : "",
            ["NORTHD"] = Shape.Northd ? "yes" : "no",
            ["PROMOTED"] = $"{Shape.PromotedInterval.TotalSeconds}s",
            ["UNPROMOTED"] = $"{Shape.UnpromotedInterval.TotalSeconds}s",
            ["META"] = Shape.Variant == Variant.Ours ? "failure-timeout=30s" : "",
        };
        return Cluster.Nodes[0].ExecCheckedAsync(["sh", "-s"], TimeSpan.FromMinutes(2), variables, ResourceScript.Text, cancellationToken);
    }
}
