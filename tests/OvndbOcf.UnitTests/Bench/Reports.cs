using OvndbOcf.Bench.Results;

namespace OvndbOcf.UnitTests.Bench;

internal static class Reports
{
    public static readonly Measure Wall = new("monitor", "promoted", "ms", new Goal(6, TimesBetter: 25));

    public static BenchReport Some { get; } =
        new(
            new MachineDescription("A < B & C", 2, 4096, "6.1", "bookworm", new Dictionary<string, string> { ["pacemaker"] = "2.1.5" }),
            new DateTimeOffset(2025, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Quick: true,
            [
                new Series(Wall, Variant.Ours, [3, 5, 4]),
                new Series(Wall, Variant.Shell, [150, 160], "was slow"),
                new Series(new Measure("failover", "rows lost", "", new Goal(0, OfWorst: true)), Variant.Ours, [0, 1]),
            ],
            ["soak: no time"]
        );
}
