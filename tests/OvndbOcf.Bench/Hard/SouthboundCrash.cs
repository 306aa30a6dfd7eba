using OvndbOcf.Bench.Clusters;
using OvndbOcf.Bench.Failover;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Hard;

/// <summary>What a crash of the active Southbound server with a long file cost.</summary>
/// <param name="Northbound">The longest time without an acknowledged write to the Northbound database since the crash.</param>
/// <param name="Southbound">The same for the Southbound database.</param>
/// <param name="Reading">How long a server takes on that node to read the file, measured beforehand.</param>
/// <param name="Ended">Whether the outage ended by itself within the limit.</param>
/// <param name="Lost">Acknowledged rows of both databases that are missing, through the address or in the copy that misses most.</param>
internal sealed record SouthboundCrashResult(TimeSpan Northbound, TimeSpan Southbound, TimeSpan Reading, bool Ended, int Lost)
{
    /// <summary>By how much the Southbound database was away for longer than reading the file takes.</summary>
    public TimeSpan Beyond => Southbound > Reading ? Southbound - Reading : TimeSpan.Zero;
}

/// <summary>
/// SIGSEGV of the active Southbound server with a long file, under writes to both databases. ovsdb's monitor process restarts it; it takes connections once it has read its file.
/// </summary>
internal static class SouthboundCrash
{
    private const int WritesBefore = 60;
    private static readonly TimeSpan WriterPause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WriteLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WholeLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan NoticeLimit = TimeSpan.FromSeconds(5);

    /// <summary>Makes the crash, measures the outage and waits until nothing is left of it.</summary>
    /// <param name="bench">The cluster.</param>
    /// <param name="bytes">How long the file shall be at least.</param>
    /// <param name="phase">How long to wait before the crash, as a part of the interval of the promoted instance's monitor, 0 to 1.</param>
    /// <param name="limit">How long the outage may last before a person steps in.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">The cluster did not become whole again.</exception>
    public static async Task<SouthboundCrashResult> RunAsync(
        BenchCluster bench,
        long bytes,
        double phase,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        var active = await bench.WaitUntilWholeAsync("a whole cluster before a long file", WholeLimit, cancellationToken);
        await LongHistory.WriteAsync(bench, active, bytes, cancellationToken);
        active = await bench.WaitUntilWholeAsync("all follow with a long file", WholeLimit, cancellationToken);
        var reading = await LongHistory.ReadAsync(active, cancellationToken);

        await using var northbound = Start(bench, FaultTrial.Table);
        await using var southbound = Start(bench, OvnDatabase.Southbound);
        await northbound.WaitForWritesAsync(WritesBefore, WriteLimit, cancellationToken);
        await southbound.WaitForWritesAsync(WritesBefore, WriteLimit, cancellationToken);
        await Task.Delay(bench.Shape.PromotedInterval * phase, cancellationToken);

        var server = await active.ReadPidAsync(OvnDatabase.Southbound.PidFile, cancellationToken);
        var (north, south) = (northbound.Elapsed, southbound.Elapsed);
        await active.SignalAsync(server, "SEGV", cancellationToken);
        var ended = await Outage.WaitForEndAsync(southbound, south, bench.Shape.UnpromotedInterval + NoticeLimit, limit, cancellationToken);
        var unended = ended ? null : southbound.Report().LongestGapAfter(south);
        if (!ended)
        {
            await Repair.RunAsync(bench, active, cancellationToken);
        }

        // What the agent makes of the crash shows at its next monitor, when the server may be back already.
        await Task.Delay(bench.Shape.PromotedInterval, cancellationToken);
        await bench.WaitUntilWholeAsync("recovery from SIGSEGV of the SB server", WholeLimit, cancellationToken);
        await northbound.WaitForWritesAsync(1, WriteLimit, cancellationToken);
        var reports = (North: await northbound.StopAsync(), South: await southbound.StopAsync());
        var lost =
            await LostAsync(bench, FaultTrial.Table, reports.North, cancellationToken)
            + await LostAsync(bench, OvnDatabase.Southbound, reports.South, cancellationToken);
        return new SouthboundCrashResult(
            reports.North.LongestGapAfter(north)!.LengthAfter(north),
            (unended ?? reports.South.LongestGapAfter(south)!).LengthAfter(south),
            reading,
            ended,
            lost
        );
    }

    private static AcknowledgedWriter Start(BenchCluster bench, OvnDatabase database) =>
        AcknowledgedWriter.Start(
            new WriterOptions
            {
                Address = bench.Cluster.VirtualIp,
                Database = database,
                Pause = WriterPause,
                CallTimeout = AnswerLimit,
            }
        );

    private static async Task<int> LostAsync(
        BenchCluster bench,
        OvnDatabase database,
        WriterReport report,
        CancellationToken cancellationToken
    )
    {
        var missing = await MissingRows.FindAsync(bench.Cluster, database, report, cancellationToken);
        TableRows.DeleteAll(database, bench.Cluster.VirtualIp);
        return missing.Max(place => place.Count);
    }
}
