using System.Xml.Linq;
using System.Xml.XPath;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using Xunit;

namespace OvndbOcf.ClusterTests.Shapes;

/// <summary>Two nodes without resources, on which each test makes its own.</summary>
public abstract class IdleCluster(DebianRelease release)
    : ClusterFixture(
        new ClusterOptions
        {
            Release = release,
            Nodes = 2,
            Ipv6 = true,
        }
    )
{
    /// <summary>How long Pacemaker may take until it has nothing left to do.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private string? empty;

    /// <summary>The version of the Northbound schema that the nodes' OVN comes with.</summary>
    internal string SchemaVersion => release == DebianRelease.Bookworm ? "7.0.0" : "7.11.0";

    /// <summary>The node on which commands run.</summary>
    internal ClusterNode Node => Cluster.Nodes[0];

    /// <summary>Removes all resources and what Pacemaker remembers of them.</summary>
    /// <param name="maintenance">Whether Pacemaker shall start nothing from now on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task ResetAsync(bool maintenance, CancellationToken cancellationToken)
    {
        // In maintenance mode Pacemaker would not forget the removed resources either, so that comes after.
        await ReplaceAsync(maintenance: false, cancellationToken);
        await WaitForOblivionAsync(cancellationToken);

        // The result of a probe that was under way is remembered after the rest was forgotten.
        await Cluster.WaitForIdleAsync(Patience, cancellationToken);
        await WaitForOblivionAsync(cancellationToken);
        if (maintenance)
        {
            await ReplaceAsync(maintenance, cancellationToken);
        }
    }

    /// <summary>The configuration in force.</summary>
    internal async Task<XDocument> ConfigurationAsync(CancellationToken cancellationToken) =>
        XDocument.Parse(await QueryAsync(cancellationToken));

    /// <inheritdoc/>
    protected override async Task PrepareAsync(CancellationToken cancellationToken)
    {
        empty = await QueryAsync(cancellationToken);

        // What pcs lets the agent check while tls.sh runs is only whether they can be read.
        foreach (var file in new[] { "ovnnb-privkey.pem", "ovnnb-cert.pem", "ovnsb-privkey.pem", "ovnsb-cert.pem", "cacert.pem" })
        {
            await Node.WriteFileAsync($"/etc/openvswitch/{file}", "", cancellationToken: cancellationToken);
        }
    }

    private Task<ClusterStatus> WaitForOblivionAsync(CancellationToken cancellationToken) =>
        Cluster.WaitForAsync(
            "no resources, and no memory of any",
            status => status.Resources.Count == 0 && status.Histories.Count == 0 && status.FailedActions.Count == 0,
            Patience,
            cancellationToken
        );

    /// <summary>Puts the empty configuration in force.</summary>
    private async Task ReplaceAsync(bool maintenance, CancellationToken cancellationToken)
    {
        var configuration = XElement.Parse(empty!);
        configuration
            .XPathSelectElement("crm_config/cluster_property_set")!
            .Add(
                new XElement(
                    "nvpair",
                    new XAttribute("id", "maintenance"),
                    new XAttribute("name", "maintenance-mode"),
                    new XAttribute("value", maintenance ? "true" : "false")
                )
            );
        await Node.ExecCheckedAsync(
            ["cibadmin", "--replace", "--scope=configuration", "--xml-pipe"],
            standardInput: configuration.ToString(),
            cancellationToken: cancellationToken
        );
    }

    private async Task<string> QueryAsync(CancellationToken cancellationToken) =>
        (await Node.ExecCheckedAsync(["cibadmin", "--query", "--scope=configuration"], cancellationToken: cancellationToken)).Stdout;
}

public sealed class IdleClusterOnBookworm() : IdleCluster(DebianRelease.Bookworm);

public sealed class IdleClusterOnTrixie() : IdleCluster(DebianRelease.Trixie);

public sealed class IdleClusterOnBullseye() : IdleCluster(DebianRelease.Bullseye);

/// <summary>The tests that share a cluster of Debian 12.</summary>
[CollectionDefinition]
public sealed class SharedOnBookworm : ICollectionFixture<IdleClusterOnBookworm>;

/// <summary>The tests that share a cluster of Debian 13.</summary>
[CollectionDefinition]
public sealed class SharedOnTrixie : ICollectionFixture<IdleClusterOnTrixie>;
