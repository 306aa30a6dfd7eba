using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Failover;
using OvndbOcf.Bench.Monitor;
using OvndbOcf.Bench.Results;
using OvndbOcf.Bench.Scale;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Soak;

/// <summary>A large database under writes, compaction and full CPU load, with nothing wrong: nothing may fail, and nobody else be promoted.</summary>
internal static class SoakSection
{
    private const string Name = "soak";
    private const int Writers = 8;
    private static readonly TimeSpan WriterPause = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan CompactionPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SlowLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan WholeLimit = TimeSpan.FromMinutes(5);
    private static readonly Goal None = new(0, OfWorst: true);

    /// <summary>Runs it for the time that was asked for.</summary>
    public static async Task RunAsync(
        BenchOptions options,
        SampleBook book,
        MachineBook machine,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        var rows = options.Count(1_000_000, 100_000);
        await using var bench = await BenchCluster.StartAsync(
            options.Release,
            3,
            new BenchClusterShape(Variant.Ours, Northd: false),
            progress,
            cancellationToken
        );
        await machine.NoteAsync(bench.Cluster, cancellationToken);
        progress.Report($"soak: filling up to {rows} rows");
        BulkRows.Add(bench.Cluster.VirtualIp, 0, rows, cancellationToken);
        var active = await bench.WaitUntilWholeAsync("all follow before the soak", WholeLimit, cancellationToken);
        var watch = new SoakWatch(bench.Cluster);
        var before = await watch.PromotionsAsync(cancellationToken);
        if (before == 0)
        {
            throw new InvalidOperationException("the nodes' logs do not tell of the first promotion, so they would not tell of others");
        }

        progress.Report($"soak: {options.Soak.TotalMinutes:0.#} minutes of load");
        var (reports, promoted, unpromoted) = await LoadAsync(bench, active, options.Soak, watch, cancellationToken);
        await bench.WaitUntilWholeAsync("all follow after the soak", WholeLimit, cancellationToken);
        var promotions = await watch.PromotionsAsync(cancellationToken) - before;

        var lost = 0;
        foreach (var report in reports)
        {
            lost += (await MissingRows.FindAsync(bench.Cluster, FaultTrial.Table, report, cancellationToken)).Max(place => place.Count);
        }

        book.Add(
            new Measure(Name, "failed actions", "", None),
            Variant.Ours,
            watch.Failed.Count,
            watch.Failed.Count == 0 ? null : string.Join("; ", watch.Failed)
        );
        book.Add(new Measure(Name, "promotions", "", None), Variant.Ours, promotions);
        book.Add(new Measure(Name, "rows lost", "", None), Variant.Ours, lost);
        book.Add(
            new Measure(Name, "monitor, promoted", "ms"),
            Variant.Ours,
            promoted,
            $"the longest took {Figure.Write(promoted.Max())} ms"
        );
        book.Add(
            new Measure(Name, "monitor, unpromoted", "ms"),
            Variant.Ours,
            unpromoted,
            $"the longest took {Figure.Write(unpromoted.Max())} ms"
        );
        book.Add(new Measure(Name, "longest time without writes", "s"), Variant.Ours, Together(reports).LongestGap.Length.TotalSeconds);
        book.Add(
            new Measure(Name, "writes a second", ""),
            Variant.Ours,
            reports.Sum(report => report.Acknowledged.Count) / options.Soak.TotalSeconds
        );
    }

    /// <summary>Everything at the same time; what the writers did, and how long each monitor of the two roles took, in ms.</summary>
    private static async Task<(IReadOnlyList<WriterReport> Reports, double[] Promoted, double[] Unpromoted)> LoadAsync(
        BenchCluster bench,
        ClusterNode active,
        TimeSpan duration,
        SoakWatch watch,
        CancellationToken cancellationToken
    )
    {
        var client = await bench.Cluster.StartClientAsync(cancellationToken);
        var backup = bench.Cluster.Nodes.First(node => node != active);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stopping.CancelAfter(duration);
        // No answer for a while is no failure here: compaction holds the server up.
        List<AcknowledgedWriter> writers =
        [
            .. Enumerable
                .Range(0, Writers)
                .Select(_ =>
                    AcknowledgedWriter.Start(
                        new WriterOptions
                        {
                            Address = bench.Cluster.VirtualIp,
                            Database = FaultTrial.Table,
                            Pause = WriterPause,
                            CallTimeout = SlowLimit,
                        }
                    )
                ),
        ];
        var promoted = MonitorAsync(bench, active, true, duration, cancellationToken);
        var unpromoted = MonitorAsync(bench, backup, false, duration, cancellationToken);
        await Task.WhenAll(
            promoted,
            unpromoted,
            BusyMachine.LoadAsync(client, duration, cancellationToken),
            watch.LookAsync(stopping.Token),
            CompactAsync(active, stopping.Token)
        );
        return (await Task.WhenAll(writers.Select(writer => writer.StopAsync())), await promoted, await unpromoted);
    }

    /// <summary>The writers, which began at the same time, as if they were one: a gap is a time in which none of them got through.</summary>
    private static WriterReport Together(IReadOnlyList<WriterReport> reports) =>
        reports[0] with
        {
            Acknowledged = [.. reports.SelectMany(report => report.Acknowledged).OrderBy(write => write.At)],
        };

    private static async Task CompactAsync(ClusterNode active, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await Compaction.RunAsync(active, OvnDatabase.Northbound, CancellationToken.None);
            await Task.WhenAny(Task.Delay(CompactionPause, stopping));
        }
    }

    private static async Task<double[]> MonitorAsync(
        BenchCluster bench,
        ClusterNode node,
        bool promoted,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        // Under this load a call and its pause take about two seconds.
        var calls = (int)duration.TotalSeconds / 2;
        var made = await MonitorSection.CallAsync(
            bench,
            node,
            promoted,
            calls,
            (duration * 3) + SlowLimit,
            cancellationToken,
            pause: TimeSpan.FromSeconds(1)
        );
        return [.. made.Select(call => call.WallMilliseconds)];
    }
}
