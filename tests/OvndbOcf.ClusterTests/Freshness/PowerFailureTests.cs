using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>All nodes lose power at once and return in any order: what the last active one had not sent is on its own disk only.</summary>
public abstract class PowerFailureTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1.2);
    private const int MaxPauseMilliseconds = 4000;

    [Fact(Timeout = 400_000)]
    public async Task Power_failures_of_the_whole_cluster_lose_nothing_if_nobody_was_writing()
    {
        for (var i = 0; i < 2; i++)
        {
            await BeginAsync(TestContext.Current.CancellationToken);
            await WriteAsync(30);
            await Task.Delay(Quiet, Cancellation);
            await CutPowerAsync();
            await ReturnAsync([], Cluster.Nodes);
            await HoldAsync("return", ReturnLimit);
        }
    }

    [Fact(Timeout = 400_000)]
    public async Task Power_failures_of_the_whole_cluster_lose_no_row_that_is_not_in_a_file_set_aside()
    {
        for (var i = 0; i < 2; i++)
        {
            var (log, rows, _) = await FailWhileWritingAsync(TestContext.Current.CancellationToken);
            await ReturnAsync([], Cluster.Nodes);
            var after = await HoldAsync("return", ReturnLimit);
            foreach (var (database, names) in rows)
            {
                var served = await RowReader.ReadLocalNamesAsync(database, Cluster.Node(Promoted(after)), Cancellation);
                var missing = names.Except(served).ToHashSet();
                Tell($"{database}: {missing.Count} of {names.Count} rows are not served");
                foreach (var node in Cluster.Nodes)
                {
                    foreach (var file in (await log.SetAsideAsync(node, Cancellation)).Where(file => DatabaseOf(file) == database))
                    {
                        missing.ExceptWith(await RowsOfFileAsync(node, file));
                    }
                }

                Assert.Empty(missing);
            }
        }
    }

    [Fact(Timeout = 400_000)]
    public async Task A_power_failure_of_the_whole_cluster_loses_nothing_if_the_last_active_node_returns_first()
    {
        var (_, rows, active) = await FailWhileWritingAsync(TestContext.Current.CancellationToken);
        await ReturnAsync([active], Cluster.Nodes);
        foreach (var (database, names) in rows)
        {
            foreach (var name in names)
            {
                Ledger.Add(database, name);
            }
        }

        var after = await HoldAsync("return", ReturnLimit);
        Assert.Equal(active.Name, Promoted(after));
    }

    private async Task<(AgentLog Log, Dictionary<OvnDatabase, IReadOnlyList<string>> Rows, ClusterNode Active)> FailWhileWritingAsync(
        CancellationToken cancellationToken
    )
    {
        var (_, active, _) = await BeginAsync(cancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        var rows = new Dictionary<OvnDatabase, IReadOnlyList<string>>();
        await using var northbound = Client(OvnDatabase.Northbound, 2);
        await using var southbound = Client(OvnDatabase.Southbound, 10);
        await WaitForWritesAsync(northbound, 100);
        await WaitForWritesAsync(southbound, 20);
        await CutPowerAsync();
        rows[OvnDatabase.Northbound] = [.. (await northbound.StopAsync()).Acknowledged.Select(write => write.Name)];
        rows[OvnDatabase.Southbound] = [.. (await southbound.StopAsync()).Acknowledged.Select(write => write.Name)];
        return (log, rows, active);
    }

    private Task CutPowerAsync() => Task.WhenAll(Cluster.Nodes.Select(node => node.PowerOffAsync(Cancellation)));

    /// <summary>Powers nodes on: some first, which have to run Pacemaker before the others follow, in random order with random pauses.</summary>
    private static async Task ReturnAsync(IReadOnlyList<ClusterNode> first, IReadOnlyList<ClusterNode> all)
    {
        foreach (var node in first)
        {
            await node.PowerOnAsync(Cancellation);
            await RunsPacemakerAsync(node);
        }

        var others = all.Except(first).ToArray();
        Random.Shared.Shuffle(others);
        Tell($"return of {string.Join(", ", others.Select(node => node.Name))}");
        foreach (var node in others)
        {
            await node.PowerOnAsync(Cancellation);
            await Task.Delay(Random.Shared.Next(MaxPauseMilliseconds), Cancellation);
        }
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormPowerFailureTests(BookwormFreshnessCluster lifecycle) : PowerFailureTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixiePowerFailureTests(TrixieFreshnessCluster lifecycle) : PowerFailureTests(lifecycle);
