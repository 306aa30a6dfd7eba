using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Failover;
using OvndbOcf.Bench.Output;
using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Hard;

/// <summary>Faults where more than one thing is against the cluster: an address outside of its networks, a long file, a full disk.</summary>
internal static class HardSection
{
    private const string Name = "hard";
    private const string Crash = "SIGSEGV SB server, file of 250 MB";
    private const long LongFile = 250_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>How the clusters are configured that it needs.</summary>
    public static BenchClusterShape Shape { get; } = new(Variant.Ours, Northd: true, OwnDisks: true, RoutedAddress: true);

    /// <summary>Repeats each fault, on our cluster and the shell agent's by turns.</summary>
    public static async Task RunAsync(
        ClusterPair pair,
        BenchOptions options,
        SampleBook book,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        var repetitions = options.Count(7, 2);
        var rows = new FaultRows(Name, repetitions, book, progress);
        await rows.RepeatAsync(pair, Fault.RoutedSwitchover, Limit, cancellationToken);
        for (var repetition = 1; repetition <= repetitions; repetition++)
        {
            foreach (var bench in pair.All)
            {
                var result = await SouthboundCrash.RunAsync(
                    bench,
                    LongFile,
                    FailoverSection.Phase(repetition, repetitions),
                    Limit,
                    cancellationToken
                );
                progress.Report(
                    $"{Name}: {Crash}, {repetition} of {repetitions}, {TextTable.Name(bench.Shape.Variant)}: NB {result.Northbound.TotalSeconds:0.00} s, SB {result.Southbound.TotalSeconds:0.00} s, "
                        + $"of which reading {result.Reading.TotalSeconds:0.00} s, {result.Lost} rows lost"
                );
                Note(bench.Shape.Variant, result);
            }
        }

        foreach (var node in pair.All.SelectMany(bench => bench.Cluster.Nodes))
        {
            await Compaction.RunAsync(node, OvnDatabase.Southbound, cancellationToken);
        }

        // The shell agent starts the server again on the full disk, and promotes it there: once is enough to see it, and nothing comes after it.
        await rows.RepeatAsync(
            pair,
            Fault.KillOnFullDisk,
            options.Quick ? Limit / 4 : Limit,
            cancellationToken,
            repetitionOfShell: repetitions
        );

        void Note(Variant variant, SouthboundCrashResult result)
        {
            var note = result.Ended ? null : FaultRows.NotEnded(Limit);
            book.Add(
                new Measure(Name, $"{Crash}: NB, no writes", "s", new Goal(0.3, OfWorst: true)),
                variant,
                result.Northbound.TotalSeconds
            );
            book.Add(new Measure(Name, $"{Crash}: SB, no writes", "s"), variant, result.Southbound.TotalSeconds, note);
            book.Add(new Measure(Name, $"{Crash}: SB, beyond reading it", "s", new Goal(1)), variant, result.Beyond.TotalSeconds, note);
            book.Add(new Measure(Name, $"{Crash}: rows lost", ""), variant, result.Lost);
        }
    }
}
