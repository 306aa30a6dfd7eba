using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Results;

namespace OvndbOcf.Bench.Failover;

/// <summary>How long a client cannot write when something happens to the active node.</summary>
internal static class FailoverSection
{
    private const string Name = "failover";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Repeats each fault, on our cluster and the shell agent's by turns.</summary>
    public static async Task RunAsync(ClusterPair pair, BenchOptions options, SampleBook book, IProgress<string> progress, CancellationToken cancellationToken)
    {
        Fault[] faults = [Fault.Switchover, Fault.Standby, Fault.KillNorthbound, Fault.KillSouthbound, Fault.KillNorthd, Fault.StopNorthbound];
        var repetitions = options.Count(7, 3);
        foreach (var fault in faults)
        {
            for (var repetition = 1; repetition <= repetitions; repetition++)
            {
                // The shell agent never recovers from a server that hangs: once is enough to see it.
                foreach (var bench in pair.All.Where(bench => bench == pair.Ours || fault != Fault.StopNorthbound || repetition == 1))
                {
                    await RepeatAsync(bench, fault, repetition, repetitions, options, book, progress, cancellationToken);
                }
            }
        }
    }

    /// <summary>The repetitions' moments within the interval of the monitor: evenly spread, which a few random ones are not.</summary>
    internal static double Phase(int repetition, int repetitions) => (repetition - 0.5) / repetitions;

    private static async Task RepeatAsync(
        BenchCluster bench, Fault fault, int repetition, int repetitions, BenchOptions options, SampleBook book, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var variant = bench.Shape.Variant;
        var limit = options.Quick && fault == Fault.StopNorthbound ? Limit / 4 : Limit;
        var result = await FaultTrial.RunAsync(bench, fault, Phase(repetition, repetitions), limit, cancellationToken);
        progress.Report($"failover: {fault.Name}, {repetition} of {repetitions}, {Output.TextTable.Name(variant)}: {result.Gap.TotalSeconds:0.00} s, {result.Lost} rows lost");
        book.Add(
            new Measure(Name, fault.Name, "s", fault.Goal),
            variant,
            result.Gap.TotalSeconds,
            result.Ended ? null : $"had not ended after {limit.TotalSeconds:0} s, when a person's commands ended it");
        book.Add(new Measure(Name, $"{fault.Name}, rows lost", "", fault.IsPlanned ? new Goal(0, OfWorst: true) : null), variant, result.Lost);
    }
}
