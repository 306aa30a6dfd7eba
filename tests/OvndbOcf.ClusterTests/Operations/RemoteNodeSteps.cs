using OvndbOcf.ClusterTests.Freshness;
using OvndbOcf.ClusterTests.Shapes;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Status;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>What the tests of lost remote nodes have in common.</summary>
public abstract class RemoteNodeSteps(ShapeFixture fixture)
{
    /// <summary>A machine has to boot, and its servers to fetch everything.</summary>
    protected static readonly TimeSpan ReturnLimit = TimeSpan.FromSeconds(120);

    private static readonly OvnDatabase[] Databases = [OvnDatabase.Northbound, OvnDatabase.Southbound];

    /// <summary>The running test's token.</summary>
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The cluster.</summary>
    protected Cluster Cluster => fixture.Cluster;

    /// <summary>Clients of both databases that have begun to write.</summary>
    private protected async Task<InterruptedClients> ClientsAsync()
    {
        var clients = new InterruptedClients(
            Databases.ToDictionary(
                database => database,
                database =>
                    AcknowledgedWriter.Start(
                        new WriterOptions
                        {
                            Address = fixture.Shape.Address,
                            Database = database,
                            Pause = TimeSpan.FromMilliseconds(25),
                        }
                    )
            )
        );
        await clients.WaitForWritesAsync(40);
        return clients;
    }

    /// <summary>Stops the clients; no row that was acknowledged may be missing anywhere from now on, except what a lost node set aside.</summary>
    private protected async Task<IReadOnlyList<UnservedRow>> AccountForAsync(
        InterruptedClients clients,
        ClusterNode server,
        ClusterNode lost,
        AgentLog log
    )
    {
        Tell(await clients.StopAsync());
        return await RowAccount.MakeAsync(clients, server, fixture.Ledger, lost, log);
    }

    /// <summary>Waits for a state of the cluster.</summary>
    protected Task<ClusterStatus> UntilAsync(string what, Func<ClusterStatus, bool> condition) =>
        Cluster.WaitForAsync(what, condition, ReturnLimit, Cancellation);

    /// <summary>Waits until a node is promoted.</summary>
    protected Task PromotedAsync(ClusterNode node) =>
        UntilAsync($"a promotion of {node.Name}", status => status.PromotedNode(fixture.Shape.CloneId) == node.Name);

    /// <summary>A failure that was recovered from is told until it expires; then <c>ovndbctl check</c> has nothing to say on any node.</summary>
    protected async Task CheckIsCleanAsync()
    {
        foreach (var node in Cluster.Nodes)
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            while ((await CheckRun.AskAsync(node, null, Cancellation)).Where(finding => finding.Matters).ToList() is { Count: > 0 } found)
            {
                Assert.True(clock.Elapsed < ReturnLimit, $"{node.Name}: {string.Join('\n', found)}");
                await Task.Delay(1000, Cancellation);
            }
        }
    }

    /// <summary>Runs a command on a node and tells what it said.</summary>
    protected static async Task<ExecResult> RunAsync(ClusterNode node, params IEnumerable<string> command)
    {
        string[] words = [.. command];
        var result = await node.ExecAsync(words, TimeSpan.FromSeconds(120), cancellationToken: Cancellation);
        Tell($"{node.Name}# {string.Join(' ', words)}: {result.ExitCode}\n{result.Output}");
        return result;
    }

    /// <summary>The same; it has to succeed.</summary>
    protected static async Task DoAsync(ClusterNode node, params IEnumerable<string> command) =>
        Assert.Equal(0, (await RunAsync(node, command)).ExitCode);

    /// <summary>Tells the test's log.</summary>
    protected static void Tell(string text) => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
