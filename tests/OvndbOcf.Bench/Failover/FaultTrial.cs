using System.Diagnostics;
using OvndbOcf.Bench.Clusters;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Failover;

/// <summary>What a fault cost.</summary>
/// <param name="Gap">The longest time without an acknowledged write since the fault.</param>
/// <param name="Ended">Whether the outage ended by itself within the limit; if not, it would have been longer.</param>
/// <param name="Lost">Acknowledged rows that are missing, through the address or in the copy that misses most.</param>
/// <param name="Recovery">From the fault until one instance was promoted again and all others followed and might be promoted.</param>
/// <param name="At">The moment of the fault (<see cref="Stopwatch.GetTimestamp"/>).</param>
internal sealed record TrialResult(TimeSpan Gap, bool Ended, int Lost, TimeSpan Recovery, long At);

/// <summary>One fault under a client's writes, from a whole cluster to a whole cluster.</summary>
internal static class FaultTrial
{
    /// <summary>The table that the client writes to. ovn-northd does nothing with rows that nobody refers to, so its work is not measured.</summary>
    public static readonly OvnDatabase Table = OvnDatabase.Northbound with { Table = "HA_Chassis_Group" };

    private const int WritesBefore = 60;
    private static readonly TimeSpan WriterPause = TimeSpan.FromMilliseconds(10);

    /// <summary>An address that moves is silent for a while: an outage cannot be measured more finely than the client gives up waiting.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan WholeLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan NoticeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Makes the fault, measures the outage and waits until nothing is left of it.</summary>
    /// <param name="bench">The cluster.</param>
    /// <param name="fault">What happens.</param>
    /// <param name="phase">How long to wait before an unplanned fault, as a part of the interval of the promoted instance's monitor, 0 to 1.</param>
    /// <param name="limit">How long the outage may last before a person steps in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">The cluster did not become whole again.</exception>
    public static async Task<TrialResult> RunAsync(
        BenchCluster bench,
        Fault fault,
        double phase,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var active = await bench.WaitUntilWholeAsync($"a whole cluster before: {fault.Name}", WholeLimit, cancellationToken);
        await using var writer = AcknowledgedWriter.Start(
            new WriterOptions
            {
                Address = bench.Cluster.VirtualIp,
                Database = Table,
                Pause = WriterPause,
                CallTimeout = AnswerLimit,
            }
        );
        await writer.WaitForWritesAsync(WritesBefore, WriteLimit, cancellationToken);

        if (fault.Prepare is { } prepare)
        {
            await prepare(active, cancellationToken);
        }

        if (!fault.IsPlanned)
        {
            // Repetitions begin when the last recovery ended, so without this each would meet the monitor at the same moment of its interval.
            await Task.Delay(bench.Shape.PromotedInterval * phase, cancellationToken);
        }

        var (moment, at) = (writer.Elapsed, Stopwatch.GetTimestamp());
        await fault.Inject(bench, active, cancellationToken);
        var ended = await Outage.WaitForEndAsync(writer, moment, bench.Shape.UnpromotedInterval + NoticeLimit, limit, cancellationToken);
        var unended = ended ? null : writer.Report().LongestGapAfter(moment);
        var restore = fault.Restore;
        if (fault.LastsUntilRestored && restore is not null)
        {
            await restore(bench, active, cancellationToken);
            restore = null;
        }

        if (!ended)
        {
            await Repair.RunAsync(bench, active, cancellationToken);
        }

        await bench.WaitUntilWholeAsync(
            $"recovery from: {fault.Name}",
            WholeLimit,
            cancellationToken,
            new Expectation(Absent: fault.TakesNodeAway ? active.Name : null, NotPromoted: fault.IsPlanned ? active.Name : null)
        );
        var recovery = writer.Elapsed - moment;
        if (restore is not null)
        {
            await restore(bench, active, cancellationToken);
            await bench.WaitUntilWholeAsync($"a whole cluster after: {fault.Name}", WholeLimit, cancellationToken);
        }

        await writer.WaitForWritesAsync(1, WriteLimit, cancellationToken);
        var report = await writer.StopAsync();
        var missing = await MissingRows.FindAsync(bench.Cluster, Table, report, cancellationToken);
        TableRows.DeleteAll(Table, bench.Cluster.VirtualIp);
        return new TrialResult(
            (unended ?? report.LongestGapAfter(moment)!).LengthAfter(moment),
            ended,
            missing.Max(place => place.Count),
            recovery,
            at
        );
    }
}
