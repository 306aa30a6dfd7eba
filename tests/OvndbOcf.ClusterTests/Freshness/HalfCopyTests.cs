using OvndbOcf.ClusterTests.Lifecycle;
using OvndbOcf.ClusterTests.Support;
using Xunit;

namespace OvndbOcf.ClusterTests.Freshness;

/// <summary>
/// A backup begins by emptying its copy, and fills it with everything the active server has. In between no data is in it: the server is killed there,
/// which a large database makes long enough, and the machine loses power before anything repairs it.
/// </summary>
public abstract class HalfCopyTests(LifecycleCluster lifecycle) : FreshnessTests(lifecycle)
{
    private const string File = "/var/lib/ovn/ovnnb_db.db";

    // In the node, as the moment is too short for a command from outside: whatever the file gets first is the emptying.
    private const string KillInTheMiddle = $"""
        import os, signal, time
        before = os.stat("{File}").st_size
        end = time.monotonic() + 40
        while os.stat("{File}").st_size == before and time.monotonic() < end:
            pass
        with open("/var/run/ovn/ovnnb_db.pid") as file:
            os.kill(int(file.read()), signal.SIGKILL)
        os.sync()
        print(before, os.stat("{File}").st_size)
        """;

    [Fact(Timeout = 500_000)]
    public async Task A_copy_that_was_cut_short_while_it_was_filled_is_not_promoted()
    {
        var (_, active, backups) = await BeginAsync(TestContext.Current.CancellationToken);
        var (fresh, half) = (backups[0], backups[1]);
        var log = await AgentLog.FromNowAsync(Cluster, Cancellation);
        await PcsAsync("node", "standby", half.Name);
        await HoldAsync($"{half.Name} in standby", FailoverLimit, absent: [half.Name]);
        await ManyRows.AddAsync(active, Cancellation);

        await HoldAsync("a large database", ReturnLimit, absent: [half.Name]);
        var killing = half.ExecCheckedAsync(
            ["python3", "-"],
            TimeSpan.FromSeconds(60),
            standardInput: KillInTheMiddle,
            cancellationToken: Cancellation
        );
        await PcsAsync("node", "unstandby", half.Name);
        var sizes = (await killing).Stdout.Trim();
        await Task.WhenAll(half.PowerOffAsync(Cancellation), active.PowerOffAsync(Cancellation));
        Tell($"size of the file before and after: {sizes}");

        await half.PowerOnAsync(Cancellation);
        var without = await HoldAsync($"loss of {active.Name}", ReturnLimit, absent: [active.Name]);
        Assert.Equal(fresh.Name, Promoted(without));
        await active.PowerOnAsync(Cancellation);
        await HoldAsync($"return of {active.Name}", ReturnLimit);
        Assert.All(await log.PromotionsAsync(Cancellation), promotion => Assert.Equal(fresh.Name, promotion.Node));
        Assert.Contains(await log.LinesAsync(half, Cancellation), line => line.Contains("no data is in NB", StringComparison.Ordinal));
        await ManyRows.RemoveAsync(fresh, Cancellation);
    }
}

[Collection(typeof(BookwormFreshness))]
public sealed class BookwormHalfCopyTests(BookwormFreshnessCluster lifecycle) : HalfCopyTests(lifecycle);

[Collection(typeof(TrixieFreshness))]
[Trait(TestLength.Name, TestLength.Long)]
public sealed class TrixieHalfCopyTests(TrixieFreshnessCluster lifecycle) : HalfCopyTests(lifecycle);
