using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>What the tests of procedures that stop in the middle have in common: how an operator sees that all is well again.</summary>
public abstract class InterruptedSteps(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(120);

    /// <summary>Waits until the invariants hold, all copies are equal, and <c>ovndbctl check</c> has nothing to say on any node.</summary>
    protected async Task<ClusterView> InOrderAsync(string occasion)
    {
        var view = await HoldAsync(occasion, ReturnLimit, also: AllCurrent);
        await UntilAsync(
            "equal copies",
            NoticeLimit,
            async () =>
            {
                var copies = await Task.WhenAll(Cluster.Nodes.Select(node => CopyDump.ReadAsync(node, Cancellation)));
                return copies.All(copy => copy.SequenceEqual(copies[0])) ? null : "they differ";
            }
        );
        foreach (var node in Cluster.Nodes)
        {
            // A failure that was recovered from is told until it expires.
            await UntilAsync(
                $"nothing for ovndbctl check to find on {node.Name}",
                FailoverLimit,
                async () =>
                    await node.ExecAsync(["ovndbctl", "check"], cancellationToken: Cancellation) is { ExitCode: not 0 } check
                        ? $"exit status {check.ExitCode}: {check.Output}"
                        : null
            );
        }

        return view;
    }

    /// <summary>Clients of both databases, which write from now on.</summary>
    private protected async Task<InterruptedClients> ClientsAsync(double pauseInMilliseconds = 25)
    {
        var clients = new InterruptedClients(
            Databases.ToDictionary(database => database, database => Client(database, pauseInMilliseconds))
        );
        await clients.WaitForWritesAsync(40);
        return clients;
    }

    /// <summary>Each acknowledged row is served, or in a file that the lost node set aside: <see cref="RowAccount"/>.</summary>
    private protected Task<IReadOnlyList<UnservedRow>> AccountForAsync(InterruptedClients clients, ClusterNode lost, AgentLog log) =>
        RowAccount.MakeAsync(clients, Cluster.Nodes[0], Ledger, lost, log);

    /// <summary>Waits until a node that lost power is a member again; a fenced one boots by itself.</summary>
    protected async Task ReturnedAsync(ClusterNode node)
    {
        await RunsPacemakerAsync(node);
        await Cluster.WaitForNodesAsync(ReturnLimit, Cancellation);
    }

    /// <summary>Waits until a node is promoted.</summary>
    protected Task PromotedAsync(ClusterNode node) =>
        Cluster.WaitForAsync(
            $"a promotion of {node.Name}",
            status => status.PromotedNode(Shape.CloneId) == node.Name,
            ReturnLimit,
            Cancellation
        );

    /// <summary>Runs a command on a node that has to end so.</summary>
    protected static async Task<string> RunAsync(ClusterNode node, int status, params IEnumerable<string> command)
    {
        string[] words = [.. command];
        var result = await node.ExecAsync(words, CommandLimit, cancellationToken: Cancellation);
        Tell($"{node.Name}# {string.Join(' ', words)}\n{result.Output}");
        Assert.True(result.ExitCode == status, $"{result.ExitCode}: {result.Output}");
        return result.Output;
    }
}
