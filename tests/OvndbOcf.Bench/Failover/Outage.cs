using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Failover;

/// <summary>Waits for the end of an outage by nothing but the writes: asking the cluster would take CPU time from it.</summary>
internal static class Outage
{
    private const int WritesAfter = 40;
    private static readonly TimeSpan Noticeable = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when writes stopped and go on again, or when they did not stop at all; false if they do not go on.</summary>
    /// <param name="writer">Writes through the virtual address.</param>
    /// <param name="fault">When the fault came, by the writer's clock.</param>
    /// <param name="quiet">If there is no outage in this time, none is waited for any more.</param>
    /// <param name="limit">How long the outage may last.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<bool> WaitForEndAsync(
        AcknowledgedWriter writer,
        TimeSpan fault,
        TimeSpan quiet,
        TimeSpan limit,
        CancellationToken cancellationToken
    )
    {
        while (writer.Elapsed < fault + limit)
        {
            var report = writer.Report();
            var interrupted = report.LongestGapAfter(fault) is { } gap && gap.Length > Noticeable;
            var goesOn =
                report.Acknowledged.Count > WritesAfter
                && report.Elapsed - report.Acknowledged[^1].At < Noticeable
                && report.LongestGapAfter(report.Acknowledged[^WritesAfter].At)!.Length < Noticeable;
            if (goesOn && (interrupted || report.Elapsed > fault + quiet))
            {
                return true;
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return false;
    }
}
