using System.Globalization;
using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench.Cpu;

/// <summary>The CPU time that all calls of the agent together take while nothing happens: one minute is watched, an hour is told.</summary>
internal static class CpuSection
{
    private const double TicksPerSecond = 100;
    private static readonly Measure Hourly = new("cpu", "all calls of one hour, all nodes", "s");
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(60);

    /// <summary>Watches both clusters in the same minutes.</summary>
    public static async Task RunAsync(
        ClusterPair pair,
        BenchOptions options,
        SampleBook book,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        foreach (var bench in pair.All)
        {
            await bench.WaitUntilWholeAsync("the steady state", SettleLimit, cancellationToken);
        }

        var minutes = options.Count(5, 1);
        for (var minute = 1; minute <= minutes; minute++)
        {
            progress.Report($"cpu: minute {minute} of {minutes}");
            var begin = await Task.WhenAll(pair.All.Select(bench => TicksAsync(bench, cancellationToken)));
            await Task.Delay(TimeSpan.FromMinutes(1), cancellationToken);
            var end = await Task.WhenAll(pair.All.Select(bench => TicksAsync(bench, cancellationToken)));
            foreach (var (bench, ticks) in pair.All.Zip(end.Zip(begin, (after, before) => after - before)))
            {
                book.Add(Hourly, bench.Shape.Variant, ticks / TicksPerSecond * 60);
            }
        }
    }

    private static async Task<long> TicksAsync(BenchCluster bench, CancellationToken cancellationToken) =>
        (await Task.WhenAll(bench.Cluster.Nodes.Select(node => TicksAsync(node, cancellationToken)))).Sum();

    private static async Task<long> TicksAsync(ClusterNode node, CancellationToken cancellationToken) =>
        ChildTicks(await node.ReadFileAsync($"/proc/{await node.FindExecutorAsync(cancellationToken)}/stat", cancellationToken));

    /// <summary>User and system time of the children that a process waited for, in clock ticks (proc(5), <c>cutime</c> and <c>cstime</c>).</summary>
    internal static long ChildTicks(string stat)
    {
        // The command's name (field 2) is in parentheses and may contain anything: count from behind them.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return long.Parse(fields[13], CultureInfo.InvariantCulture) + long.Parse(fields[14], CultureInfo.InvariantCulture);
    }
}
