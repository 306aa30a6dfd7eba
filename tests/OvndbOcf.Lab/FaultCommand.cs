using System.CommandLine;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Lab;

/// <summary><c>cluster fault</c>: does something to the newest cluster that was left running, for tests of other programs.</summary>
internal static class FaultCommand
{
    private const string Clone = "ovndb-clone";
    private static readonly TimeSpan MoveLimit = TimeSpan.FromSeconds(120);

    public static Command Create()
    {
        var command = new Command("fault", "Do something to the newest cluster that was left running")
        {
            OnActive(
                "kill-nb",
                "SIGKILL to the active Northbound server",
                (active, _, stop) => KillAsync(active, OvnDatabase.Northbound, stop)
            ),
            OnActive(
                "kill-sb",
                "SIGKILL to the active Southbound server",
                (active, _, stop) => KillAsync(active, OvnDatabase.Southbound, stop)
            ),
            OnActive("move", "move the active servers to another node, and wait until they are there", MoveAsync),
            OnNode("power-off", "power failure of a node", (node, stop) => node.PowerOffAsync(stop)),
            OnNode("power-on", "boot a node that is off", (node, stop) => node.PowerOnAsync(stop)),
        };
        return command;
    }

    private static Command OnActive(string name, string description, Func<ClusterNode, KeptCluster, CancellationToken, Task> fault)
    {
        var command = new Command(name, description);
        command.Runs(
            async (_, cancellation) =>
            {
                var cluster = await NewestAsync(cancellation);
                await fault(await ActiveAsync(cluster, cancellation), cluster, cancellation);
                return 0;
            }
        );
        return command;
    }

    private static Command OnNode(string name, string description, Func<ClusterNode, CancellationToken, Task> fault)
    {
        var node = new Argument<string>("node") { Description = "the node's name, such as node1" };
        var command = new Command(name, description) { node };
        command.Runs(
            async (arguments, cancellation) =>
            {
                var cluster = await NewestAsync(cancellation);
                var wanted = arguments.GetValue(node);
                var found =
                    cluster.Nodes.FirstOrDefault(candidate => candidate.Name == wanted)
                    ?? throw new InvalidOperationException(
                        $"no node is called '{wanted}': the cluster has {string.Join(", ", cluster.Nodes.Select(each => each.Name))}"
                    );
                await fault(found, cancellation);
                return 0;
            }
        );
        return command;
    }

    private static async Task<KeptCluster> NewestAsync(CancellationToken cancellationToken) =>
        await KeptClusters.FindAsync(cancellationToken) is [var newest, ..]
            ? newest
            : throw new InvalidOperationException("no cluster was left running: 'make cluster-up RESOURCES=1' leaves one");

    private static async Task<ClusterNode> ActiveAsync(KeptCluster cluster, CancellationToken cancellationToken)
    {
        var active = await RunningClusters.FindActiveAsync(cluster, cancellationToken);
        return cluster.Nodes.FirstOrDefault(node => node.Name == active)
            ?? throw new InvalidOperationException("no node of the cluster is active: look with 'make cluster-status'");
    }

    private static async Task KillAsync(ClusterNode active, OvnDatabase database, CancellationToken cancellationToken)
    {
        var pid = await active.ReadPidAsync(database.PidFile, cancellationToken);
        await active.SignalAsync(pid, "KILL", cancellationToken);
    }

    private static async Task MoveAsync(ClusterNode active, KeptCluster cluster, CancellationToken cancellationToken)
    {
        foreach (var node in cluster.Nodes.Where(node => node.Name != active.Name))
        {
            if (await node.IsOnAsync(cancellationToken))
            {
                // pcs sets a constraint, waits until the promotion has moved, and removes the constraint again.
                await active.ExecCheckedAsync(
                    ["pcs", "resource", "move", Clone, node.Name, "--promoted"],
                    MoveLimit,
                    cancellationToken: cancellationToken
                );
                return;
            }
        }

        throw new InvalidOperationException("there is no other node to move to");
    }
}
