using System.Net;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Observation;

namespace OvndbOcf.Campaign.Faults;

/// <summary>Where a fault happens.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Shape">How the databases are configured in it.</param>
/// <param name="Node">The node that it concerns.</param>
/// <param name="Active">The node that was promoted when the fault came.</param>
internal sealed record FaultSite(Cluster Cluster, ClusterShape Shape, ClusterNode Node, ClusterNode Active)
{
    private static readonly TimeSpan ScriptLimit = TimeSpan.FromSeconds(40);

    /// <summary>The nodes that it does not concern.</summary>
    public IEnumerable<ClusterNode> Others => Cluster.Nodes.Where(node => node != Node);

    /// <summary>
    /// Runs a script for bash on the node. In its environment are ADDRESS, that of the node; OTHERS, those of the other nodes; CLIENTS, that of the machine with the clients;
    /// VIP; RUN, the directory with the sockets; and the nodes' names, NODE and OTHER_NODES.
    /// </summary>
    /// <exception cref="ExecException">It failed, so the fault did not happen.</exception>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public Task RunAsync(string script, CancellationToken cancellationToken) =>
        Node.ExecCheckedAsync(["bash", "-s"], ScriptLimit, Variables(), script, cancellationToken);

    /// <summary>Runs a script for bash on the first node that takes it: for what is asked of the cluster and not of one node.</summary>
    public async Task AnywhereAsync(string script, CancellationToken cancellationToken)
    {
        ExecResult? last = null;
        foreach (var node in Others.Append(Node))
        {
            last = await node.ExecAsync(["bash", "-s"], ScriptLimit, Variables(), script, cancellationToken);
            if (last.ExitCode == 0)
            {
                return;
            }
        }

        throw new InvalidOperationException($"no node takes the command:\n{script}\n{last?.Output}");
    }

    private Dictionary<string, string> Variables() =>
        new()
        {
            ["ADDRESS"] = $"{Node.Address}",
            ["OTHERS"] = string.Join(' ', Others.Select(other => other.Address)),
            ["CLIENTS"] = $"{new IPAddress([.. Cluster.VirtualIp.GetAddressBytes().AsSpan(0, 3), 1])}",
            ["VIP"] = $"{Cluster.VirtualIp}",
            ["RUN"] = Shape.RunDirectory,
            ["NODE"] = Node.Name,
            ["OTHER_NODES"] = string.Join(' ', Others.Select(other => other.Name)),
        };
}
