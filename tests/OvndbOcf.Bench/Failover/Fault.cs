using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Failover;

/// <summary>Something that happens to the active node.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="IsPlanned">Whether a person asked for it: then the promotion moves, and no acknowledged row may be lost.</param>
/// <param name="TakesNodeAway">Whether the node runs nothing until it is restored.</param>
/// <param name="Goal">How long writes may stop, in seconds; null if it is told only.</param>
/// <param name="Inject">Does it to the active node.</param>
/// <param name="Restore">Takes back what a person would take back afterwards; null if there is nothing.</param>
internal sealed record Fault(
    string Name,
    bool IsPlanned,
    bool TakesNodeAway,
    Goal? Goal,
    Func<BenchCluster, ClusterNode, CancellationToken, Task> Inject,
    Func<BenchCluster, ClusterNode, CancellationToken, Task>? Restore = null
)
{
    private const string NorthdPidFile = "/var/run/ovn/ovn-northd.pid";

    /// <summary>What is wrong with the active node before the fault; null if nothing is.</summary>
    public Func<ClusterNode, CancellationToken, Task>? Prepare { get; init; }

    /// <summary>Whether the cluster cannot be whole before <see cref="Restore"/>.</summary>
    public bool LastsUntilRestored { get; init; }

    /// <summary>The promotion is moved away by a constraint, which is removed afterwards.</summary>
    public static Fault Switchover { get; } =
        new(
            "planned switchover",
            true,
            false,
            new Goal(0.8),
            (_, node, stop) =>
                node.ExecCheckedAsync(
                    ["crm_resource", "--resource", BenchCluster.Clone, "--ban", "--node", node.Name, "--promoted"],
                    cancellationToken: stop
                ),
            (_, node, stop) =>
                node.ExecCheckedAsync(
                    ["crm_resource", "--resource", BenchCluster.Clone, "--clear", "--node", node.Name, "--promoted"],
                    cancellationToken: stop
                )
        );

    /// <summary>The active node is told to run nothing, and to come back.</summary>
    public static Fault Standby { get; } =
        new(
            "active node to standby",
            true,
            true,
            new Goal(1.2),
            (_, node, stop) => node.ExecCheckedAsync(["crm_standby", "--node", node.Name, "--update", "on"], cancellationToken: stop),
            (_, node, stop) => node.ExecCheckedAsync(["crm_standby", "--node", node.Name, "--delete"], cancellationToken: stop)
        );

    /// <summary>The active Northbound server is killed.</summary>
    public static Fault KillNorthbound { get; } = Kill("SIGKILL NB server", OvnDatabase.Northbound);

    /// <summary>The active Southbound server is killed. The rows are written to the Northbound one: a failover concerns both.</summary>
    public static Fault KillSouthbound { get; } = Kill("SIGKILL SB server", OvnDatabase.Southbound);

    /// <summary>The active Northbound server is stopped: it is there, takes connections and answers nothing.</summary>
    public static Fault StopNorthbound { get; } =
        new(
            "SIGSTOP NB server",
            false,
            false,
            new Goal(8),
            (_, node, stop) => SignalAsync(node, OvnDatabase.Northbound.PidFile, "STOP", stop)
        );

    /// <summary>ovn-northd is killed; the databases are not concerned.</summary>
    public static Fault KillNorthd { get; } =
        new(
            "SIGKILL northd",
            false,
            false,
            new Goal(0.3, OfWorst: true),
            (_, node, stop) => SignalAsync(node, NorthdPidFile, "KILL", stop)
        );

    /// <summary>The promotion is moved where the virtual address is one that is routed.</summary>
    public static Fault RoutedSwitchover { get; } = Switchover with { Name = "planned switchover, routed /32 address" };

    /// <summary>The active Northbound server is killed after its disk has become full: there it can be started, and takes no writes.</summary>
    public static Fault KillOnFullDisk { get; } =
        new(
            "disk full, then SIGKILL NB server",
            false,
            false,
            null,
            KillNorthbound.Inject,
            (_, node, stop) => node.ExecCheckedAsync(["sh", "-c", DatabaseDisks.MakeRoom], cancellationToken: stop)
        )
        {
            Prepare = (node, stop) => node.ExecCheckedAsync(["sh", "-c", DatabaseDisks.Fill], cancellationToken: stop),
            LastsUntilRestored = true,
        };

    private static Fault Kill(string name, OvnDatabase database) =>
        new(name, false, false, new Goal(2.5), (_, node, stop) => SignalAsync(node, database.PidFile, "KILL", stop));

    private static async Task SignalAsync(ClusterNode node, string pidFile, string signal, CancellationToken cancellationToken) =>
        await node.SignalAsync(await node.ReadPidAsync(pidFile, cancellationToken), signal, cancellationToken);
}
