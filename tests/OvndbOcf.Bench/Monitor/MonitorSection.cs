using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench.Monitor;

/// <summary>What one monitor action costs in the steady state.</summary>
internal static class MonitorSection
{
    private const string Name = "monitor";
    private const double WallGoal = 6;
    private const double TimesFaster = 25;
    private const int Promoted = 8;
    private const int Traces = 3;
    private static readonly TimeSpan BatchLimit = TimeSpan.FromMinutes(2);

    /// <summary>Measures batches of calls, ours and the shell agent's by turns.</summary>
    public static async Task RunAsync(
        ClusterPair pair,
        BenchOptions options,
        SampleBook book,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        var (batches, calls) = (options.Count(5, 2), options.Count(40, 20));
        foreach (var (build, node) in options.Beside.SelectMany(build => pair.Ours.Cluster.Nodes.Select(node => (build, node))))
        {
            await node.CopyInAsync(build.Executable, build.PathOnNode, cancellationToken);
        }

        for (var batch = 1; batch <= batches; batch++)
        {
            foreach (var bench in pair.All)
            {
                progress.Report($"monitor: batch {batch} of {batches}, {Output.TextTable.Name(bench.Shape.Variant)}");
                var promoted = await bench.WaitUntilWholeAsync("the steady state", TimeSpan.FromSeconds(60), cancellationToken);
                var backup = bench.Cluster.Nodes.First(node => node != promoted);
                await MeasureAsync(bench, promoted, true, calls, batch <= Traces, book, cancellationToken);
                await MeasureAsync(bench, backup, false, calls, batch <= Traces, book, cancellationToken);
                foreach (var build in bench == pair.Ours ? options.Beside : [])
                {
                    await MeasureAsync(build, bench, promoted, true, calls, book, cancellationToken);
                    await MeasureAsync(build, bench, backup, false, calls, book, cancellationToken);
                }
            }
        }
    }

    /// <summary>Calls the monitor action of an instance, and fails if it ever says something else than all is well.</summary>
    /// <exception cref="InvalidOperationException">It did.</exception>
    public static async Task<IReadOnlyList<ProgramCall>> CallAsync(
        BenchCluster bench,
        ClusterNode node,
        bool promoted,
        int calls,
        TimeSpan limit,
        CancellationToken cancellationToken,
        TimeSpan pause = default,
        string executable = BenchCluster.AgentPath
    )
    {
        var result = await RunScriptAsync(bench, node, promoted, executable, MonitorScript.Calls, calls, pause, limit, cancellationToken);
        var made = ProgramCall.Parse(result);
        return made.Count == calls && made.All(call => call.ExitCode == (promoted ? Promoted : 0))
            ? made
            : throw new InvalidOperationException(
                $"{node.Name}: monitor of the {Role(promoted)} instance returned {string.Join(", ", made.Select(call => call.ExitCode).Distinct())} in {made.Count} of {calls} calls"
            );
    }

    private static async Task MeasureAsync(
        BenchCluster bench,
        ClusterNode node,
        bool promoted,
        int calls,
        bool trace,
        SampleBook book,
        CancellationToken cancellationToken
    )
    {
        var variant = bench.Shape.Variant;
        var role = Role(promoted);
        var made = await CallAsync(bench, node, promoted, calls, BatchLimit, cancellationToken);
        book.Add(
            new Measure(Name, $"{role}, wall clock", "ms", new Goal(WallGoal, TimesBetter: TimesFaster)),
            variant,
            made.Select(call => call.WallMilliseconds)
        );
        book.Add(new Measure(Name, $"{role}, CPU", "ms"), variant, made.Select(call => call.CpuMilliseconds));
        if (trace)
        {
            var count = ProcessCount.Parse(
                await RunScriptAsync(
                    bench,
                    node,
                    promoted,
                    BenchCluster.AgentPath,
                    MonitorScript.Trace,
                    1,
                    TimeSpan.Zero,
                    BatchLimit,
                    cancellationToken
                )
            );
            book.Add(new Measure(Name, $"{role}, child processes", ""), variant, count.Children);
            book.Add(new Measure(Name, $"{role}, programs run", ""), variant, count.Programs);
        }
    }

    /// <summary>The same calls of another build, whose figures have its name.</summary>
    private static async Task MeasureAsync(
        OtherBuild build,
        BenchCluster bench,
        ClusterNode node,
        bool promoted,
        int calls,
        SampleBook book,
        CancellationToken cancellationToken
    )
    {
        var made = await CallAsync(bench, node, promoted, calls, BatchLimit, cancellationToken, executable: build.PathOnNode);
        var what = $"{Role(promoted)}, {build.Name}";
        book.Add(new Measure(Name, $"{what}, wall clock", "ms"), bench.Shape.Variant, made.Select(call => call.WallMilliseconds));
        book.Add(new Measure(Name, $"{what}, CPU", "ms"), bench.Shape.Variant, made.Select(call => call.CpuMilliseconds));
    }

    private static async Task<string> RunScriptAsync(
        BenchCluster bench,
        ClusterNode node,
        bool promoted,
        string executable,
        string script,
        int calls,
        TimeSpan pause,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var featureSet = await MonitorEnvironment.FeatureSetAsync(node, cancellationToken);
        var result = await node.ExecCheckedAsync(
            [
                "python3",
                "-",
                executable,
                $"{calls}",
                FormattableString.Invariant($"{pause.TotalSeconds}"),
                .. MonitorEnvironment.For(bench, node, promoted, featureSet),
            ],
            limit,
            standardInput: script,
            cancellationToken: cancellationToken
        );
        return result.Stdout;
    }

    private static string Role(bool promoted) => promoted ? "promoted" : "unpromoted";
}
