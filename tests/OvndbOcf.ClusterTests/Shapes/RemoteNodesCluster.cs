using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>virtual-ip.sh, two remote nodes, and the databases kept off the three full ones.</summary>
/// <param name="fencing">Whether the nodes have a power switch.</param>
public abstract class RemoteNodesCluster(bool fencing)
    : ShapeFixture(new ClusterOptions { Release = DebianRelease.Bookworm, Fencing = fencing })
{
    /// <inheritdoc/>
    protected override string? Script => null;

    /// <summary>Waits until the invariants hold: an instance on each remote node that may be promoted or is, and none on full nodes.</summary>
    public Task<ClusterView> HoldOnRemotesAsync(string occasion) =>
        HoldAsync(
            occasion,
            also: view =>
                view.Nodes.Where(node =>
                        !Shape.Banned.Contains(node.Name) && view.Status.PromotionScore(Shape.Resource, node.Name) is not (5 or 10)
                    )
                    .Select(node => $"{node.Name} may not be promoted")
                    .FirstOrDefault()
        );

    /// <summary>Waits until all is well and nothing is remembered of earlier tests.</summary>
    public async Task<(ClusterNode Active, ClusterNode Backup)> BeginAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(Cluster.Nodes.Select(node => node.PowerOnAsync(cancellationToken)));
        await HoldOnRemotesAsync("before the test");
        await Cluster.Nodes[0].ExecCheckedAsync(["crm_resource", "--cleanup"], cancellationToken: cancellationToken);
        var view = await HoldOnRemotesAsync("after a clean-up");
        var active = Cluster.Node(view.Status.PromotedNode(Shape.CloneId)!);
        return (active, Cluster.Nodes.First(node => node.IsRemote && node != active));
    }

    /// <inheritdoc/>
    protected override ClusterShape Describe() => base.Describe() with { Banned = [.. Cluster.Nodes.Select(node => node.Name)] };

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        // They are all that there is yet.
        var full = Shape.Banned;
        await Cluster.AddRemoteNodeAsync(cancellationToken);
        await Cluster.AddRemoteNodeAsync(cancellationToken);
        await Cluster.WaitForNodesAsync(Recovery, cancellationToken);

        // In maintenance, so that nothing starts on full nodes before they are banned.
        var first = Cluster.Nodes[0];
        await first.ExecCheckedAsync(["pcs", "property", "set", "maintenance-mode=true"], cancellationToken: cancellationToken);
        await first.RunExampleAsync("virtual-ip.sh", Variables, cancellationToken);
        await first.ExecCheckedAsync(
            ["pcs", "constraint", "location", Shape.CloneId, "avoids", .. full],
            cancellationToken: cancellationToken
        );
        await first.ExecCheckedAsync(["pcs", "resource", "meta", Shape.CloneId, "clone-max=2"], cancellationToken: cancellationToken);
        await first.ExecCheckedAsync(["pcs", "property", "set", "maintenance-mode=false"], cancellationToken: cancellationToken);
        var view = await HoldOnRemotesAsync("creation");
        Assert.Empty(view.Status.FailedActions);
    }
}

public sealed class RemoteNodesOnBookworm() : RemoteNodesCluster(fencing: true);

/// <summary>Nobody can be sure that a remote node is off whose connection is lost.</summary>
public sealed class UnfencedRemoteNodes() : RemoteNodesCluster(fencing: false);
