using OvndbOcf.Campaign.Report;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Campaign;

/// <summary>When a client could not write.</summary>
internal static class Outages
{
    /// <summary>Shorter pauses than this are the client's own, and the machine's.</summary>
    private const double Noticeable = 0.2;

    /// <summary>The times without an acknowledged write, counted from the trial's begin.</summary>
    /// <param name="report">What the writer did.</param>
    /// <param name="begin">The trial's begin, by the writer's clock.</param>
    /// <param name="length">The trial's length.</param>
    public static IEnumerable<Period> Of(WriterReport report, TimeSpan begin, double length)
    {
        var last = 0.0;
        foreach (var at in report.Acknowledged.Select(row => (row.At - begin).TotalSeconds).Where(at => at > 0).Append(length))
        {
            if (at - last > Noticeable)
            {
                yield return new Period(last, at);
            }

            last = at;
        }
    }

    /// <summary>The times in which at least one of the databases took no writes.</summary>
    public static IReadOnlyList<Period> Merged(IEnumerable<Period> outages)
    {
        var merged = new List<Period>();
        foreach (var outage in outages.OrderBy(outage => outage.From))
        {
            if (merged is [.., var last] && outage.From <= last.To)
            {
                merged[^1] = last with { To = Math.Max(last.To, outage.To) };
            }
            else
            {
                merged.Add(outage);
            }
        }

        return merged;
    }
}
