using System.Diagnostics;
using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Failover;
using OvndbOcf.Bench.Results;
using OvndbOcf.Bench.Scale;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Chassis;

/// <summary>How long after a failover all chassis have what the Northbound database says, and what they cost the Southbound server.</summary>
internal static class ChassisSection
{
    private const string Name = "chassis";
    private const int Nodes = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

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
            Nodes,
            new BenchClusterShape(Variant.Ours, Northd: true, OwnLoadOnly: true),
            progress,
            cancellationToken
        );
        await machine.NoteAsync(bench.Cluster, cancellationToken);
        var farm = await ChassisFarm.StartAsync(bench.Cluster, cancellationToken);
        foreach (var size in options.Quick ? [10] : (int[])[25, 50, 100])
        {
            progress.Report($"chassis: starting up to {size}, with {ChassisFarm.Ports} ports each");
            var clock = Stopwatch.StartNew();
            await farm.GrowAsync(size, cancellationToken);
            progress.Report($"chassis: {size} are there after {clock.Elapsed.TotalSeconds:0} s");
            await CaseAsync(bench, farm, options.Count(size > 50 ? 3 : 5, 1), book, progress, cancellationToken);
        }
    }

    private static async Task CaseAsync(
        BenchCluster bench,
        ChassisFarm farm,
        int repetitions,
        SampleBook book,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        for (var repetition = 1; repetition <= repetitions; repetition++)
        {
            foreach (var fault in new[] { Fault.Switchover, Fault.KillSouthbound })
            {
                var active = await bench.WaitUntilWholeAsync($"all follow before {fault.Name}", Limit, cancellationToken);
                await farm.SyncAsync(cancellationToken);
                var server = await ServerSize.ReadAsync(active, OvnDatabase.Southbound, cancellationToken);
                Add("SB server, memory", "MiB", server.ResidentMiB);
                var taken = await TakeAsync(bench, farm, fault, active, cancellationToken);
                progress.Report($"chassis: {farm.Size}: {fault.Name}: all in sync after {taken.TotalSeconds:0.0} s");
                Add($"{fault.Name}, all in sync", "s", taken.TotalSeconds);
            }
        }

        void Add(string measure, string unit, double sample) =>
            book.Add(
                new Measure(Name, $"{farm.Size} chassis, {farm.Size * ChassisFarm.Ports} ports: {measure}", unit),
                Variant.Ours,
                sample
            );
    }

    /// <summary>Injects a fault, and waits until all chassis have what the Northbound database says after it.</summary>
    private static async Task<TimeSpan> TakeAsync(
        BenchCluster bench,
        ChassisFarm farm,
        Fault fault,
        ClusterNode active,
        CancellationToken cancellationToken
    )
    {
        var clock = Stopwatch.StartNew();
        await fault.Inject(bench, active, cancellationToken);
        try
        {
            if (fault.IsPlanned)
            {
                // Before that, the former active node would still do it.
                await bench.Cluster.WaitForAsync(
                    "the move",
                    status => status.PromotedNode(BenchCluster.Clone) is { } promoted && promoted != active.Name,
                    Limit,
                    cancellationToken
                );
            }

            await farm.SyncAsync(cancellationToken);
            return clock.Elapsed;
        }
        finally
        {
            if (fault.Restore is not null)
            {
                await fault.Restore(bench, active, CancellationToken.None);
            }
        }
    }
}
