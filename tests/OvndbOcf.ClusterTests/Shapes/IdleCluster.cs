using System.Xml.Linq;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Two nodes without resources, on which each test makes its own.</summary>
public abstract class IdleCluster(DebianRelease release) : ClusterFixture(new ClusterOptions { Release = release, Nodes = 2, Ipv6 = true })
{
    /// <summary>How long Pacemaker may take until it has nothing left to do.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] NoResources = ["cibadmin", "--replace", "--scope=resources", "--xml-text=<resources/>"];
    private static readonly string[] NoConstraints = ["cibadmin", "--replace", "--scope=constraints", "--xml-text=<constraints/>"];

    /// <summary>The node on which commands run.</summary>
    internal ClusterNode Node => Cluster.Nodes[0];

    /// <summary>Removes all resources and what Pacemaker remembers of them.</summary>
    internal async Task ForgetResourcesAsync(CancellationToken cancellationToken)
    {
        await Node.ExecCheckedAsync(NoConstraints, cancellationToken: cancellationToken);
        await Node.ExecCheckedAsync(NoResources, cancellationToken: cancellationToken);
        await Cluster.WaitForAsync(
            "no resources, and no memory of any",
            status => status.Resources.Count == 0 && status.Histories.Count == 0 && status.FailedActions.Count == 0,
            Patience,
            cancellationToken);
        await Cluster.WaitForIdleAsync(Patience, cancellationToken);
    }

    /// <summary>Has Pacemaker start nothing, or not any more.</summary>
    internal Task SetMaintenanceAsync(bool on, CancellationToken cancellationToken) =>
        Node.ExecCheckedAsync(["pcs", "property", "set", $"maintenance-mode={(on ? "true" : "false")}"], cancellationToken: cancellationToken);

    /// <summary>The configuration in force.</summary>
    internal async Task<XDocument> ConfigurationAsync(CancellationToken cancellationToken) =>
        XDocument.Parse((await Node.ExecCheckedAsync(["cibadmin", "--query"], cancellationToken: cancellationToken)).Stdout);

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        // What pcs lets the agent check while tls.sh runs is only whether they can be read.
        foreach (var file in new[] { "ovnnb-privkey.pem", "ovnnb-cert.pem", "ovnsb-privkey.pem", "ovnsb-cert.pem", "cacert.pem" })
        {
            await Node.WriteFileAsync($"/etc/openvswitch/{file}", "", cancellationToken: cancellationToken);
        }
    }
}

public sealed class IdleClusterOnBookworm() : IdleCluster(DebianRelease.Bookworm);

public sealed class IdleClusterOnTrixie() : IdleCluster(DebianRelease.Trixie);

/// <summary>The tests that share a cluster of Debian 12.</summary>
[CollectionDefinition]
public sealed class SharedOnBookworm : ICollectionFixture<IdleClusterOnBookworm>;

/// <summary>The tests that share a cluster of Debian 13.</summary>
[CollectionDefinition]
public sealed class SharedOnTrixie : ICollectionFixture<IdleClusterOnTrixie>;
