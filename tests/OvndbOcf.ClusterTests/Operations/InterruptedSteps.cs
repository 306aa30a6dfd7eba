using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
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

    /// <summary>
    /// Each acknowledged row is served, and has to be in every copy from now on, or it is in a file that the node set aside which was lost before it had sent it; these are returned.
    /// </summary>
    private protected async Task<IReadOnlyList<UnservedRow>> AccountForAsync(InterruptedClients clients, ClusterNode lost, AgentLog log)
    {
        var asideFiles = await log.SetAsideAsync(lost, Cancellation);
        var unserved = new List<UnservedRow>();
        foreach (var database in Databases)
        {
            var acknowledged = clients.Names(database);
            var served = await RowReader.ReadLocalNamesAsync(database, Cluster.Nodes[0], Cancellation);
            var missing = acknowledged.Except(served).ToHashSet();
            Tell($"{database}: {missing.Count} of {acknowledged.Count} rows are not served");
            foreach (var file in asideFiles.Where(file => DatabaseOf(file) == database))
            {
                var found = (await RowsOfFileAsync(lost, file)).Intersect(missing).ToList();
                unserved.AddRange(found.Select(row => new UnservedRow(database, file, row)));
                missing.ExceptWith(found);
            }

            Assert.Empty(missing);
            foreach (var row in acknowledged.Intersect(served))
            {
                Ledger.Add(database, row);
            }
        }

        return unserved;
    }

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

/// <summary>A row that was acknowledged by a node that was lost before it had sent it.</summary>
/// <param name="Database">The database.</param>
/// <param name="File">The file that the node set aside, which has it.</param>
/// <param name="Row">Its name.</param>
internal sealed record UnservedRow(OvnDatabase Database, string File, string Row);
