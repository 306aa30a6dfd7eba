using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Observation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Campaign;

/// <summary>A cluster with fencing and OVN's databases behind a virtual address, as the example of this project configures them.</summary>
internal sealed class CampaignCluster : IAsyncDisposable
{
    /// <summary>The Northbound database, with a table in which ovn-northd takes no interest: its work is not what is tested, and would fill the disks.</summary>
    public static OvnDatabase Northbound { get; } = OvnDatabase.Northbound with { Table = "HA_Chassis_Group" };

    /// <summary>The Southbound database.</summary>
    public static OvnDatabase Southbound => OvnDatabase.Southbound;

    private const string ShellAgent = "/usr/share/ovn/scripts/ovndb-servers.ocf";
    private const string AgentPath = "/usr/lib/ocf/resource.d/ovn/ovndb-servers";
    private const string Example = "/usr/share/doc/ovndb-ocf/pcs-examples/virtual-ip.sh";
    private static readonly TimeSpan CreationLimit = TimeSpan.FromMinutes(2);

    private CampaignCluster(Cluster cluster)
    {
        Cluster = cluster;
        Shape = new ClusterShape { Address = cluster.VirtualIp, NorthboundTable = Northbound.Table };
    }

    /// <summary>The nodes.</summary>
    public Cluster Cluster { get; }

    /// <summary>How the databases are configured.</summary>
    public ClusterShape Shape { get; }

    /// <summary>Starts the nodes and creates the resources; they need not run yet.</summary>
    /// <exception cref="InvalidOperationException">The cluster did not start, or refused the resources.</exception>
    public static async Task<CampaignCluster> StartAsync(
        CampaignOptions options,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        var cluster = await Cluster.StartAsync(
            new ClusterOptions
            {
                Release = options.Release,
                Nodes = options.Nodes,
                Fencing = true,
                DatabaseDisks = true,
                MovableClocks = true,
            },
            progress,
            cancellationToken
        );
        var made = new CampaignCluster(cluster);
        try
        {
            if (options.Agent == AgentChoice.Shell)
            {
                await Task.WhenAll(
                    cluster.Nodes.Select(node =>
                        node.ExecCheckedAsync(["install", "-m", "755", ShellAgent, AgentPath], cancellationToken: cancellationToken)
                    )
                );
            }

            // The shell agent's own guide has 10 s and 15 s: more often its monitor would take most of a node's time.
            var script = await cluster.Nodes[0].ReadFileAsync(Example, cancellationToken);
            await cluster
                .Nodes[0]
                .ExecCheckedAsync(
                    ["sh", "-s"],
                    CreationLimit,
                    new Dictionary<string, string> { ["VIP"] = $"{cluster.VirtualIp}" },
                    options.Agent == AgentChoice.Ours
                        ? script
                        : script
                            .Replace("interval=1s", "interval=10s", StringComparison.Ordinal)
                            .Replace("interval=3s", "interval=15s", StringComparison.Ordinal),
                    cancellationToken
                );
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
