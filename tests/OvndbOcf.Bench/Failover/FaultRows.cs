using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Output;
using OvndbOcf.Bench.Results;

namespace OvndbOcf.Bench.Failover;

/// <summary>Repeats faults, and writes what each of them cost into the book.</summary>
/// <param name="section">The section's name.</param>
/// <param name="repetitions">How often each fault is made.</param>
/// <param name="book">Where the figures go.</param>
/// <param name="progress">Is told each of them.</param>
internal sealed class FaultRows(string section, int repetitions, SampleBook book, IProgress<string> progress)
{
    /// <summary>Makes the fault on our cluster and the shell agent's by turns.</summary>
    /// <param name="pair">The clusters.</param>
    /// <param name="fault">What happens.</param>
    /// <param name="limit">How long an outage may last before a person steps in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="repetitionOfShell">The only repetition that the shell agent takes part in; null if it takes part in all.</param>
    /// <exception cref="TimeoutException">A cluster did not become whole again.</exception>
    public async Task RepeatAsync(
        ClusterPair pair,
        Fault fault,
        TimeSpan limit,
        CancellationToken cancellationToken,
        int? repetitionOfShell = null
    )
    {
        for (var repetition = 1; repetition <= repetitions; repetition++)
        {
            foreach (
                var bench in pair.All.Where(bench => bench == pair.Ours || repetitionOfShell is null || repetition == repetitionOfShell)
            )
            {
                await MeasureAsync(bench, fault, repetition, limit, cancellationToken);
            }
        }
    }

    private async Task MeasureAsync(BenchCluster bench, Fault fault, int repetition, TimeSpan limit, CancellationToken cancellationToken)
    {
        var variant = bench.Shape.Variant;
        var result = await FaultTrial.RunAsync(bench, fault, FailoverSection.Phase(repetition, repetitions), limit, cancellationToken);
        progress.Report(
            $"{section}: {fault.Name}, {repetition} of {repetitions}, {TextTable.Name(variant)}: {result.Gap.TotalSeconds:0.00} s, {result.Lost} rows lost"
        );
        book.Add(
            new Measure(section, fault.Name, "s", fault.Goal),
            variant,
            result.Gap.TotalSeconds,
            result.Ended ? null : NotEnded(limit)
        );
        book.Add(
            new Measure(section, $"{fault.Name}, rows lost", "", fault.IsPlanned ? new Goal(0, OfWorst: true) : null),
            variant,
            result.Lost
        );
    }

    /// <summary>The note beside an outage that did not end by itself.</summary>
    public static string NotEnded(TimeSpan limit) => $"had not ended after {limit.TotalSeconds:0} s, when a person's commands ended it";
}
