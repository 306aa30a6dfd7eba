using System.Diagnostics;
using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>The disk of the active servers has no room any more.</summary>
public sealed class FullDiskTests(BookwormDiskCluster lifecycle) : FreshnessTests(lifecycle), IClassFixture<BookwormDiskCluster>
{
    /// <summary>From the server's death to new writes: detection, recovery of the instance, and a promotion elsewhere.</summary>
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(30);

    [Fact(Timeout = 400_000)]
    public async Task A_full_disk_is_told_and_a_backup_takes_over_when_a_server_on_it_dies()
    {
        var (view, active, _) = await BeginAsync(TestContext.Current.CancellationToken);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await WriteAsync(30);
        await active.ExecCheckedAsync(["sh", "-c", DatabaseDisks.Fill], cancellationToken: Cancellation);
        await UntilAsync(
            "a word about the disk",
            NoticeLimit,
            async () =>
                (await log.LinesAsync(active, Cancellation)).Any(line =>
                    line.Contains("the disk with /var/lib/ovn is full; writes of clients fail", StringComparison.Ordinal)
                )
                    ? null
                    : $"{active.Name} says nothing of its disk"
        );

        await SignalAsync(active, "KILL", view[active.Name].Northbound.Pid);
        var clock = Stopwatch.StartNew();
        foreach (var database in Databases)
        {
            await using var client = Client(database, 20);
            await WaitForWritesAsync(client, 10);
            Ledger.Add(database, (await client.StopAsync()).Acknowledged);
        }

        Tell($"both databases take writes after {clock.Elapsed.TotalSeconds:0.0} s");
        Assert.True(clock.Elapsed < Takeover, $"no writes for {clock.Elapsed.TotalSeconds:0.0} s");
        var promotions = await log.PromotionsAsync(Cancellation);
        Assert.NotEqual(active.Name, Assert.Single(promotions).Node);

        await active.ExecCheckedAsync(["sh", "-c", DatabaseDisks.MakeRoom], cancellationToken: Cancellation);
        var after = await HoldAsync("room on the disk", ReturnLimit, also: AllCurrent);
        Assert.Equal(promotions[0].Node, Promoted(after));
        Assert.NotEmpty(await log.SetAsideAsync(active, Cancellation));
    }
}
