using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Lifecycle;

/// <summary>
/// Three nodes on which <c>pcs-examples/virtual-ip.sh</c> was run. All lifecycle tests of a release share them: one fault after the other, as in a
/// cluster's life, each of them recovered from completely before the next.
/// </summary>
/// <param name="release">The nodes' release.</param>
/// <param name="nodes">How many nodes.</param>
/// <param name="script">The example that is run; it has an address of the name in the default shape.</param>
/// <param name="disks">Whether each node has a small disk of its own for the databases.</param>
/// <param name="fencing">Whether the nodes have a power switch; one that is lost boots again by itself then.</param>
public abstract class LifecycleCluster(
    DebianRelease release,
    int nodes = 3,
    string script = "virtual-ip.sh",
    bool disks = false,
    bool fencing = false
)
    : ClusterFixture(
        new ClusterOptions
        {
            Release = release,
            Nodes = nodes,
            DatabaseDisks = disks,
            Fencing = fencing,
        }
    )
{
    private static readonly TimeSpan CreationLimit = TimeSpan.FromSeconds(90);

    private readonly List<string> creationLog = [];
    private ClusterView? created;

    /// <summary>The databases behind a virtual address.</summary>
    public ClusterShape Shape => new() { Address = Cluster.VirtualIp, Northd = Cluster.Options.Release.HasWholeOvn() };

    /// <summary>The cluster just after the creation.</summary>
    public ClusterView Created => created ?? throw new InvalidOperationException("nothing has been created");

    /// <summary>What the agents of all nodes logged until then.</summary>
    public IReadOnlyList<string> CreationLog => creationLog;

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>
        {
            ["VIP"] = $"{Cluster.VirtualIp}",
            ["VIP_PREFIX"] = "24",
            ["NORTHD"] = Shape.Northd ? "yes" : "no",
        };
        var log = await AgentLog.FromNowAsync(Cluster, cancellationToken);
        await Cluster.Nodes[0].RunExampleAsync(script, variables, cancellationToken);
        created = await Invariants(Shape).HoldAsync("creation", CreationLimit);
        foreach (var node in Cluster.Nodes)
        {
            creationLog.AddRange((await log.LinesAsync(node, cancellationToken)).Select(line => $"{node.Name}: {line}"));
        }
    }
}

public sealed class BookwormLifecycleCluster() : LifecycleCluster(DebianRelease.Bookworm);

public sealed class TrixieLifecycleCluster() : LifecycleCluster(DebianRelease.Trixie);

[CollectionDefinition]
public sealed class BookwormLifecycle : ICollectionFixture<BookwormLifecycleCluster>;

[CollectionDefinition]
public sealed class TrixieLifecycle : ICollectionFixture<TrixieLifecycleCluster>;
