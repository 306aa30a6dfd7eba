using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Failover;
using OvndbOcf.Bench.Monitor;
using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Scale;

/// <summary>The same measures of our agent with larger databases and other numbers of nodes.</summary>
internal static class ScaleSection
{
    private const string Name = "scale";
    private const int Large = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Runs the cases, those with the same number of nodes on one cluster, which gets more and more rows. ovn-northd is not managed: it would copy
    /// the rows, and it would be measured.
    /// </summary>
    public static async Task RunAsync(
        BenchOptions options,
        SampleBook book,
        MachineBook machine,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        (int Nodes, int[] Rows)[] cases = options.Quick
            ? [(3, [1_000, 100_000])]
            : [(3, [1_000, 100_000, Large]), (2, [1_000]), (5, [1_000])];
        foreach (var (nodes, sizes) in cases)
        {
            await using var bench = await BenchCluster.StartAsync(
                options.Release,
                nodes,
                new BenchClusterShape(Variant.Ours, Northd: false, OwnLoadOnly: true),
                progress,
                cancellationToken
            );
            await machine.NoteAsync(bench.Cluster, cancellationToken);
            var present = 0;
            foreach (var rows in sizes)
            {
                progress.Report($"scale: {nodes} nodes, filling up to {rows} rows");
                BulkRows.Add(bench.Cluster.VirtualIp, present, rows, cancellationToken);
                present = rows;
                await CaseAsync(bench, rows, options, book, progress, cancellationToken);
            }
        }
    }

    private static async Task CaseAsync(
        BenchCluster bench,
        int rows,
        BenchOptions options,
        SampleBook book,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        var what = $"{Figure.Write(rows)} rows, {bench.Cluster.Nodes.Count} nodes";
        var promoted = await bench.WaitUntilWholeAsync($"all follow: {what}", Limit, cancellationToken);
        var backup = bench.Cluster.Nodes.First(node => node != promoted);
        foreach (var (node, role) in new[] { (promoted, "promoted"), (backup, "unpromoted") })
        {
            var calls = await MonitorSection.CallAsync(bench, node, node == promoted, options.Count(100, 20), Limit, cancellationToken);
            Add($"monitor, {role}", "ms", [.. calls.Select(call => call.WallMilliseconds)]);
        }

        // With a million rows each takes two minutes.
        var repetitions = options.Count(rows < Large ? 5 : 3, 1);
        for (var repetition = 1; repetition <= repetitions; repetition++)
        {
            foreach (var fault in new[] { Fault.Switchover, Fault.KillNorthbound })
            {
                await CompactAsync(bench, progress, cancellationToken);
                var result = await FaultTrial.RunAsync(
                    bench,
                    fault,
                    FailoverSection.Phase(repetition, repetitions),
                    Limit,
                    cancellationToken
                );
                progress.Report(
                    $"scale: {what}: {fault.Name}: {result.Gap.TotalSeconds:0.00} s, all follow after {result.Recovery.TotalSeconds:0.0} s"
                );
                Add($"{fault.Name}, no writes", "s", result.Gap.TotalSeconds);
                Add($"{fault.Name}, all follow again", "s", result.Recovery.TotalSeconds);
                Add($"{fault.Name}, rows lost", "", result.Lost);
            }
        }

        void Add(string measure, string unit, params double[] samples) =>
            book.Add(new Measure(Name, $"{what}: {measure}", unit), Variant.Ours, samples);
    }

    /// <summary>
    /// A dump makes a backup's file longer by the whole database, and nobody has ten failovers in two minutes: ovsdb-server has compacted its files before the next.
    /// </summary>
    private static async Task CompactAsync(BenchCluster bench, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var sizes = await Task.WhenAll(
            bench.Cluster.Nodes.Select(node => Compaction.SizeAsync(node, OvnDatabase.Northbound, cancellationToken))
        );
        foreach (var node in bench.Cluster.Nodes)
        {
            await Compaction.RunAsync(node, OvnDatabase.Northbound, cancellationToken);
        }

        progress.Report($"scale: compacted files of {string.Join(", ", sizes.Select(size => $"{size / 1e6:0.0}"))} MB");
    }
}
