using OvndbOcf.Bench.Chassis;
using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Cpu;
using OvndbOcf.Bench.Ctl;
using OvndbOcf.Bench.Failover;
using OvndbOcf.Bench.Hard;
using OvndbOcf.Bench.Monitor;
using OvndbOcf.Bench.Output;
using OvndbOcf.Bench.Results;
using OvndbOcf.Bench.Scale;
using OvndbOcf.Bench.Soak;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Simulation;

namespace OvndbOcf.Bench;

/// <summary>Runs the sections, and writes what they found even if one of them fails.</summary>
internal sealed class BenchRun(BenchOptions options)
{
    private readonly ConsoleProgress progress = new();
    private readonly SampleBook book = new();
    private readonly List<string> failures = [];
    private readonly DateTimeOffset begin = DateTimeOffset.UtcNow;
    private readonly MachineBook machine = new();

    /// <summary>0 if everything was measured, 1 if not. A goal that was missed is no failure.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await ComparedAsync(
            "the two clusters",
            new BenchClusterShape(Variant.Ours, Northd: true),
            [("monitor", MonitorSection.RunAsync), ("cpu", CpuSection.RunAsync), ("failover", FailoverSection.RunAsync)],
            cancellationToken
        );
        await ComparedAsync("the two clusters for what is hard", HardSection.Shape, [("hard", HardSection.RunAsync)], cancellationToken);
        await OwnAsync("scale", ScaleSection.RunAsync, cancellationToken);
        await OwnAsync("clients", ClientsSection.RunAsync, cancellationToken);
        await OwnAsync("ctl", CtlSection.RunAsync, cancellationToken);
        await OwnAsync("chassis", ChassisSection.RunAsync, cancellationToken);
        await OwnAsync("soak", SoakSection.RunAsync, cancellationToken);
        if (machine.Description is not { } description)
        {
            return 1;
        }

        var report = new BenchReport(description, begin, options.Quick, book.Series, failures);
        Directory.CreateDirectory(options.Output);
        await File.WriteAllTextAsync(Path.Combine(options.Output, "results.json"), JsonReport.Write(report), cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(options.Output, "chart.svg"), Chart.Write(report), cancellationToken);
        Console.Write(TextTable.Write(report));
        return failures.Count == 0 ? 0 : 1;
    }

    /// <summary>Sections that compare the two agents on the same pair of clusters.</summary>
    private async Task ComparedAsync(
        string what,
        BenchClusterShape shape,
        (string Name, Func<ClusterPair, BenchOptions, SampleBook, IProgress<string>, CancellationToken, Task> RunAsync)[] sections,
        CancellationToken cancellationToken
    )
    {
        var wanted = sections.Where(section => options.Wants(section.Name)).ToList();
        if (wanted.Count == 0)
        {
            return;
        }

        await GuardAsync(
            what,
            async () =>
            {
                await using var pair = await ClusterPair.StartAsync(options, shape, progress, cancellationToken);
                await machine.NoteAsync(pair.Ours.Cluster, cancellationToken);
                foreach (var section in wanted)
                {
                    await GuardAsync(
                        section.Name,
                        () => section.RunAsync(pair, options, book, progress, cancellationToken),
                        [.. pair.All],
                        cancellationToken
                    );
                }
            },
            [],
            cancellationToken
        );
    }

    /// <summary>A section that measures our agent only, on clusters of its own.</summary>
    private async Task OwnAsync(
        string name,
        Func<BenchOptions, SampleBook, MachineBook, IProgress<string>, CancellationToken, Task> run,
        CancellationToken cancellationToken
    )
    {
        if (options.Wants(name))
        {
            await GuardAsync(name, () => run(options, book, machine, progress, cancellationToken), [], cancellationToken);
        }
    }

    /// <summary>Remembers a failure instead of passing it on, so that the other sections are measured.</summary>
    private async Task GuardAsync(string what, Func<Task> action, IReadOnlyList<BenchCluster> clusters, CancellationToken cancellationToken)
    {
        try
        {
            await action();
        }
        catch (Exception failure)
            when (!cancellationToken.IsCancellationRequested
                && failure is InvalidOperationException or TimeoutException or ExecException or OvsdbCallException or FormatException
            )
        {
            failures.Add($"{what}: {failure.Message}");
            progress.Report($"FAILED: {what}: {failure.Message}");
            foreach (var cluster in clusters)
            {
                var logs = Path.Combine(Path.GetTempPath(), $"ovndb-ocf-{cluster.Cluster.Run}");
                await cluster.Cluster.CollectLogsAsync(logs, cancellationToken);
                progress.Report($"{TextTable.Name(cluster.Shape.Variant)}: the nodes' logs are in {logs}");
            }
        }
    }
}
