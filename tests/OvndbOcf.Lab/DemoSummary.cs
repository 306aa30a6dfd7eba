using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Lab;

/// <summary>What the demo found.</summary>
/// <param name="Release">The nodes' Debian release.</param>
/// <param name="ActiveBefore">The active node before the crash.</param>
/// <param name="ActiveAfter">The active node after it.</param>
/// <param name="FailuresAtCreation">Failed actions when the resources had just been created; there should be none.</param>
/// <param name="Report">What the writer did.</param>
/// <param name="Outage">The longest time without acknowledged writes since the crash.</param>
/// <param name="Missing">Acknowledged rows that are missing, by place.</param>
/// <param name="Traffic">What the VMs noticed; null where there were no hypervisors.</param>
internal sealed record DemoSummary(
    DebianRelease Release,
    string ActiveBefore,
    string ActiveAfter,
    int FailuresAtCreation,
    WriterReport Report,
    TimeSpan Outage,
    IReadOnlyList<MissingRows> Missing,
    DemoTraffic? Traffic
)
{
    /// <summary>Whether every check held.</summary>
    public bool Good => FailuresAtCreation == 0 && Missing.All(place => place.Count == 0) && (Traffic is null || Traffic.Lost == 0);

    /// <summary>Prints a table.</summary>
    public void Print()
    {
        Console.WriteLine();
        Row("Debian release", Release.Suite());
        Row("failed actions when created", FailuresAtCreation);
        Row("active before the crash", ActiveBefore);
        Row("active after the crash", ActiveAfter);
        Row("outage (longest time without an acknowledged write)", $"{Outage.TotalSeconds:0.00} s");
        Row("writes acknowledged", Report.Acknowledged.Count);
        Row("writes without an answer (may be there or not)", Report.Unanswered.Count);
        foreach (var (place, count) in Missing)
        {
            Row($"acknowledged rows missing: {place}", count);
        }

        if (Traffic is null)
        {
            Row("pings between VMs", "none: this machine cannot have hypervisors, see above");
        }
        else
        {
            Row("pings between the VMs", Traffic.Sent);
            Row("pings lost", Traffic.Lost);
            Row("port added after the failover up in", $"{Traffic.PortUp.TotalMilliseconds:0} ms");
        }

        Console.WriteLine(Good ? "All checks held." : "NOT all checks held.");
    }

    private static void Row(string label, object value) => Console.WriteLine($"  {label, -55} {value}");
}
