using System.Diagnostics;
using System.Text.Json.Nodes;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Lab;

/// <summary>Clusters that were left running when a command ended.</summary>
internal static class RunningClusters
{
    private const string Clone = "ovndb-clone";
    private static readonly TimeSpan PromotionLimit = TimeSpan.FromSeconds(90);

    /// <summary>Starts a cluster and leaves it running.</summary>
    /// <param name="release">The nodes' release.</param>
    /// <param name="nodes">How many nodes.</param>
    /// <param name="ipv6">Whether the network has an IPv6 subnet, too.</param>
    /// <param name="resources">Whether virtual-ip.sh creates the resources.</param>
    /// <param name="hypervisors">How many hypervisors; they are chassis only where there are resources.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<int> StartAsync(
        DebianRelease release,
        int nodes,
        bool ipv6,
        bool resources,
        int hypervisors,
        CancellationToken cancellationToken
    )
    {
        if (hypervisors > 0 && !release.HasWholeOvn())
        {
            throw new InvalidOperationException(
                $"{release.Suite()} has nothing that makes a hypervisor of a machine: take another release, or HYPERVISORS=0"
            );
        }

        var options = new ClusterOptions
        {
            Release = release,
            Nodes = nodes,
            Ipv6 = ipv6,
            Keep = true,
        };
        var cluster = await Cluster.StartAsync(options, new StepPrinter(), cancellationToken);
        if (resources)
        {
            await CreateResourcesAsync(cluster, cancellationToken);
        }

        for (var number = 1; number <= hypervisors; number++)
        {
            var hypervisor = await cluster.StartHypervisorAsync(cancellationToken);
            if (resources)
            {
                await hypervisor.JoinAsync($"tcp:{cluster.VirtualIp}:{OvnDatabase.Southbound.Port}", cancellationToken: cancellationToken);
            }
        }

        Console.WriteLine($"virtual address{(resources ? "" : " for a resource")}: {cluster.VirtualIp}");
        Console.WriteLine("'make cluster-shell NODE=1' enters a node, 'make cluster-down' removes the cluster");
        return 0;
    }

    /// <summary>Prints the clusters as JSON: an array, the newest first; without any it is empty.</summary>
    public static async Task<int> DescribeAsync(CancellationToken cancellationToken)
    {
        var described = new JsonArray();
        foreach (var cluster in await KeptClusters.FindAsync(cancellationToken))
        {
            described.Add(
                new JsonObject
                {
                    ["cluster"] = cluster.Run,
                    ["network"] = cluster.Network,
                    ["virtual_ip"] = $"{cluster.VirtualIp}",
                    ["active"] = await FindActiveAsync(cluster, cancellationToken),
                    ["nodes"] = Machines(cluster.Nodes),
                    ["hypervisors"] = Machines(cluster.Hypervisors),
                }
            );
        }

        Console.WriteLine(described.ToJsonString());
        return 0;
    }

    /// <summary>The name of the active node, as the first node tells it that answers and has quorum; null if there is none.</summary>
    public static async Task<string?> FindActiveAsync(KeptCluster cluster, CancellationToken cancellationToken)
    {
        foreach (var node in cluster.Nodes)
        {
            try
            {
                if (await node.GetClusterStatusAsync(cancellationToken) is { HasQuorum: true } status)
                {
                    return status.PromotedNode(Clone);
                }
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException)
            {
                // It is off, or its cluster software does not run: the next one may know.
            }
        }

        return null;
    }

    /// <summary>Shows what crm_mon says in each cluster.</summary>
    public static async Task<int> ShowAsync(CancellationToken cancellationToken)
    {
        var clusters = await KeptClusters.FindAsync(cancellationToken);
        if (clusters.Count == 0)
        {
            return Nothing();
        }

        foreach (var cluster in clusters)
        {
            Console.WriteLine($"cluster {cluster.Run}, virtual address {cluster.VirtualIp}, {string.Join(", ", cluster.Nodes)}");
            foreach (var node in cluster.Nodes)
            {
                var result = await node.ExecAsync(
                    ["crm_mon", "-1", "-A", "-f"],
                    TimeSpan.FromSeconds(20),
                    cancellationToken: cancellationToken
                );
                if (result.ExitCode == 0)
                {
                    Console.WriteLine(result.Stdout);
                    break;
                }
            }
        }

        return 0;
    }

    /// <summary>Runs a shell on a node of the newest cluster, on this terminal.</summary>
    public static async Task<int> EnterAsync(int number, CancellationToken cancellationToken)
    {
        var clusters = await KeptClusters.FindAsync(cancellationToken);
        if (clusters.Count == 0)
        {
            return Nothing();
        }

        var nodes = clusters[0].Nodes;
        if (number < 1 || number > nodes.Count)
        {
            await Console.Error.WriteLineAsync($"error: the cluster has nodes 1 to {nodes.Count}");
            return 1;
        }

        string[] terminal = Console.IsInputRedirected ? ["--interactive"] : ["--interactive", "--tty"];
        using var shell = Process.Start(new ProcessStartInfo("docker", ["exec", .. terminal, nodes[number - 1].ContainerId, "bash"]));
        await shell!.WaitForExitAsync(CancellationToken.None);
        return shell.ExitCode;
    }

    /// <summary>Removes all clusters that were left running.</summary>
    public static async Task<int> RemoveAsync(CancellationToken cancellationToken)
    {
        Console.WriteLine($"clusters removed: {await KeptClusters.RemoveAllAsync(cancellationToken)}");
        return 0;
    }

    private static async Task CreateResourcesAsync(Cluster cluster, CancellationToken cancellationToken)
    {
        await cluster
            .Nodes[0]
            .RunExampleAsync(
                "virtual-ip.sh",
                new Dictionary<string, string>
                {
                    ["VIP"] = $"{cluster.VirtualIp}",
                    ["NORTHD"] = cluster.Options.Release.HasWholeOvn() ? "yes" : "no",
                },
                cancellationToken
            );
        await cluster.WaitForAsync(
            "one promoted instance, the address beside it",
            status => status.PromotedNode(Clone) is { } promoted && status.NodeOf("ovn-vip") == promoted,
            PromotionLimit,
            cancellationToken
        );
    }

    private static JsonArray Machines(IEnumerable<Machine> machines) =>
        [
            .. machines.Select(machine => new JsonObject
            {
                ["name"] = machine.Name,
                ["address"] = $"{machine.Address}",
                ["container"] = machine.ContainerId,
            }),
        ];

    private static int Nothing()
    {
        Console.Error.WriteLine("error: no cluster was left running: 'make demo KEEP=1' leaves one");
        return 1;
    }
}
