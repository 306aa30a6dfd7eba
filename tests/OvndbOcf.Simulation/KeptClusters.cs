using System.Net;
using OvndbOcf.Simulation.Engine;
using OvndbOcf.Simulation.Hypervisors;

namespace OvndbOcf.Simulation;

/// <summary>A cluster that an earlier process left running on purpose.</summary>
/// <param name="Run">Its id.</param>
/// <param name="VirtualIp">Its virtual IPv4 address.</param>
/// <param name="Network">The name of its Docker network.</param>
/// <param name="Nodes">Its nodes, <c>node1</c> first, whether on or off.</param>
/// <param name="Hypervisors">The hypervisors beside it, <c>hv1</c> first.</param>
public sealed record KeptCluster(
    string Run,
    IPAddress VirtualIp,
    string Network,
    IReadOnlyList<ClusterNode> Nodes,
    IReadOnlyList<Hypervisor> Hypervisors
);

/// <summary>Finds and removes the clusters that earlier processes left running on purpose (<see cref="ClusterOptions.Keep"/>).</summary>
public static class KeptClusters
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>All kept clusters, the newest first.</summary>
    /// <exception cref="InvalidOperationException">No engine answers.</exception>
    public static async Task<IReadOnlyList<KeptCluster>> FindAsync(CancellationToken cancellationToken = default)
    {
        await EngineSetup.PrepareAsync(cancellationToken).ConfigureAwait(false);
        string[] labels = [RunLabels.Run, RunLabels.VirtualIp, RunLabels.Node, RunLabels.Hypervisor, RunLabels.Address];
        var format = string.Join('|', ["{{.ID}}", "{{.Networks}}", .. labels.Select(label => $"{{{{.Label \"{label}\"}}}}")]);
        var lines = await DockerCli
            .ListAsync(
                [
                    "ps",
                    "--all",
                    "--no-trunc",
                    "--filter",
                    $"label={RunLabels.Keep}=1",
                    "--filter",
                    $"label={RunLabels.Address}",
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
            .. lines
                .Select(line => line.Split('|'))
                .Select(fields => new Found(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], IPAddress.Parse(fields[6])))
                .GroupBy(found => found.Run)
                .Select(Describe),
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

    private static KeptCluster Describe(IGrouping<string, Found> cluster)
    {
        var machines = cluster.OrderBy(machine => machine.Address.GetAddressBytes()[3]).ToList();
        var nodes = machines.Where(machine => machine.Node.Length > 0).ToList();
        return new KeptCluster(
            cluster.Key,
            IPAddress.Parse(nodes[0].VirtualIp),
            nodes[0].Network,
            [.. nodes.Select((node, index) => new ClusterNode(index + 1, node.Node, node.Address, null, node.Container))],
            [
                .. machines
                    .Where(machine => machine.Hypervisor.Length > 0)
                    .Select(machine => new Hypervisor(machine.Hypervisor, machine.Address, machine.Container)),
            ]
        );
    }

    /// <summary>What the engine tells of a container. A name is empty where the machine is something else.</summary>
    private sealed record Found(
        string Container,
        string Network,
        string Run,
        string VirtualIp,
        string Node,
        string Hypervisor,
        IPAddress Address
    );
}
