using System.Net;
using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Failover;
using OvndbOcf.Bench.Results;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Scale;

/// <summary>How soon many idle clients are back after a failover.</summary>
internal static class ClientsSection
{
    private const string Name = "clients";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs it on a cluster of three nodes without ovn-northd, which would be one more client.</summary>
    public static async Task RunAsync(
        BenchOptions options,
        SampleBook book,
        MachineBook machine,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        await using var bench = await BenchCluster.StartAsync(
            options.Release,
            nodes: 3,
            new BenchClusterShape(Variant.Ours, Northd: false, OwnLoadOnly: true),
            progress,
            cancellationToken
        );
        await machine.NoteAsync(bench.Cluster, cancellationToken);
        await bench.WaitUntilWholeAsync("all follow", Limit, cancellationToken);
        var ports = new SourcePorts();
        foreach (var size in options.Quick ? [100] : (int[])[500, 1000])
        {
            await CaseAsync(bench, ports, size, options.Count(7, 1), book, progress, cancellationToken);
        }
    }

    private static async Task CaseAsync(
        BenchCluster bench,
        SourcePorts ports,
        int size,
        int repetitions,
        SampleBook book,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        await using var crowd = ClientCrowd.Start(new IPEndPoint(bench.Cluster.VirtualIp, OvnDatabase.Southbound.Port), ports, size);
        for (var repetition = 1; repetition <= repetitions; repetition++)
        {
            foreach (var fault in new[] { Fault.Switchover, Fault.KillSouthbound })
            {
                var active = await bench.WaitUntilWholeAsync($"all follow before {fault.Name}", Limit, cancellationToken);
                await crowd.WaitUntilCompleteAsync(0, Limit, cancellationToken);
                var server = await ServerSize.ReadAsync(active, OvnDatabase.Southbound, cancellationToken);
                Add("SB server, memory", "MiB", server.ResidentMiB);
                Add("SB server, open files", "files", server.OpenFiles);
                var result = await FaultTrial.RunAsync(
                    bench,
                    fault,
                    FailoverSection.Phase(repetition, repetitions),
                    Limit,
                    cancellationToken
                );
                await crowd.WaitUntilCompleteAsync(result.At, Limit, cancellationToken);
                foreach (var (name, share) in ((string, double)[])[("half", 0.5), ("nine in ten", 0.9), ("all", 1)])
                {
                    var back = crowd.Log.BackAfter(result.At, share) ?? throw new InvalidOperationException("clients were lost again");
                    progress.Report($"clients: {size}: {fault.Name}: {name} back after {back.TotalSeconds:0.00} s");
                    Add($"{fault.Name}, {name} back", "s", back.TotalSeconds);
                }

                Add($"{fault.Name}, no writes", "s", result.Gap.TotalSeconds);
            }
        }

        void Add(string measure, string unit, double sample) =>
            book.Add(new Measure(Name, $"{size} clients: {measure}", unit), Variant.Ours, sample);
    }
}
