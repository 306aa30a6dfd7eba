using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Results;

namespace OvndbOcf.Bench.Failover;

/// <summary>How long a client cannot write when something happens to the active node.</summary>
internal static class FailoverSection
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Repeats each fault, on our cluster and the shell agent's by turns.</summary>
    public static async Task RunAsync(
        ClusterPair pair,
        BenchOptions options,
        SampleBook book,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        var rows = new FaultRows("failover", options.Count(7, 3), book, progress);
        foreach (var fault in new[] { Fault.Switchover, Fault.Standby, Fault.KillNorthbound, Fault.KillSouthbound, Fault.KillNorthd })
        {
            await rows.RepeatAsync(pair, fault, Limit, cancellationToken);
        }

        // The shell agent never recovers from a server that hangs: once is enough to see it.
        await rows.RepeatAsync(pair, Fault.StopNorthbound, options.Quick ? Limit / 4 : Limit, cancellationToken, repetitionOfShell: 1);
    }

    /// <summary>The repetitions' moments within the interval of the monitor: evenly spread, which a few random ones are not.</summary>
    internal static double Phase(int repetition, int repetitions) => (repetition - 0.5) / repetitions;
}
