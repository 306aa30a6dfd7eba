using System.Diagnostics;
using OvndbOcf.Simulation;

namespace OvndbOcf.Lab;

/// <summary>Clusters that were left running when a command ended.</summary>
internal static class RunningClusters
{
    /// <summary>Starts a cluster without resources and leaves it running.</summary>
    public static async Task<int> StartAsync(DebianRelease release, int nodes, bool ipv6, CancellationToken cancellationToken)
    {
        var options = new ClusterOptions
        {
            Release = release,
            Nodes = nodes,
            Ipv6 = ipv6,
            Keep = true,
        };
        var cluster = await Cluster.StartAsync(options, new StepPrinter(), cancellationToken);
        Console.WriteLine($"virtual address for a resource: {cluster.VirtualIp}");
        Console.WriteLine("'make cluster-shell NODE=1' enters a node, 'make cluster-down' removes the cluster");
        return 0;
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

    private static int Nothing()
    {
        Console.Error.WriteLine("error: no cluster was left running: 'make demo KEEP=1' leaves one");
        return 1;
    }
}
