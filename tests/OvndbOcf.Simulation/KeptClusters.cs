using System.Net;
using OvndbOcf.Simulation.Engine;

namespace OvndbOcf.Simulation;

/// <summary>A cluster that an earlier process left running on purpose.</summary>
/// <param name="Run">Its id.</param>
/// <param name="VirtualIp">Its virtual IPv4 address.</param>
/// <param name="Network">The name of its Docker network.</param>
/// <param name="Nodes">Its nodes, <c>node1</c> first, whether on or off.</param>
public sealed record KeptCluster(string Run, IPAddress VirtualIp, string Network, IReadOnlyList<ClusterNode> Nodes);

/// <summary>Finds and removes the clusters that earlier processes left running on purpose (<see cref="ClusterOptions.Keep"/>).</summary>
public static class KeptClusters
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>All kept clusters, the newest first.</summary>
    /// <exception cref="InvalidOperationException">No engine answers.</exception>
    public static async Task<IReadOnlyList<KeptCluster>> FindAsync(CancellationToken cancellationToken = default)
    {
        await EngineSetup.PrepareAsync(cancellationToken).ConfigureAwait(false);
        string[] labels = [RunLabels.Run, RunLabels.VirtualIp, RunLabels.Node, RunLabels.Address];
        var format = string.Join(' ', ["{{.ID}}", .. labels.Select(label => $"{{{{.Label \"{label}\"}}}}"), "{{.Networks}}"]);
        var lines = await DockerCli
            .ListAsync(
                [
                    "ps",
                    "--all",
                    "--no-trunc",
                    "--filter",
                    $"label={RunLabels.Keep}=1",
                    "--filter",
                    $"label={RunLabels.Node}",
                    "--format",
                    format,
                ],
                Limit,
                cancellationToken
            )
            .ConfigureAwait(false);

        // docker ps lists the newest containers first.
        return
        [
            .. from line in lines
            let fields = line.Split(' ')
            group new ClusterNode(fields[3], IPAddress.Parse(fields[4]), null, fields[0]) by (
                Run: fields[1],
                VirtualIp: fields[2],
                Network: fields[5]
            ) into cluster
            select new KeptCluster(
                cluster.Key.Run,
                IPAddress.Parse(cluster.Key.VirtualIp),
                cluster.Key.Network,
                [.. cluster.OrderBy(node => node.Address.GetAddressBytes()[3])]
            ),
        ];
    }

    /// <summary>Removes all kept clusters.</summary>
    /// <returns>How many there were.</returns>
    /// <exception cref="InvalidOperationException">No engine answers, or it refused.</exception>
    public static async Task<int> RemoveAllAsync(CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(cancellationToken).ConfigureAwait(false);
        await Cleanup.RemoveKeptAsync(cancellationToken).ConfigureAwait(false);
        return found.Count;
    }
}
