using System.Text.Json.Nodes;
using OvndbOcf.Bench.Output;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class JsonReportTests
{
    private static readonly JsonNode Document = JsonNode.Parse(JsonReport.Write(Reports.Some))!;

    [Fact]
    public void The_machine_is_described()
    {
        Assert.Equal("A < B & C", (string?)Document["machine"]!["cpu"]);
        Assert.Equal("2.1.5", (string?)Document["machine"]!["versions"]!["pacemaker"]);
        Assert.Equal("soak: no time", (string?)Document["failures"]![0]);
    }

    [Fact]
    public void Every_sample_is_there_with_median_and_spread()
    {
        var measure = Document["measures"]![0]!;
        Assert.Equal([3.0, 5, 4], measure["ours"]!["samples"]!.AsArray().Select(sample => (double)sample!));
        Assert.Equal(
            (4.0, 3.0, 5.0, "min..max"),
            (
                (double)measure["ours"]!["median"]!,
                (double)measure["ours"]!["low"]!,
                (double)measure["ours"]!["high"]!,
                (string)measure["ours"]!["spread"]!
            )
        );
        Assert.Equal("was slow", (string?)measure["shell"]!["note"]);
        Assert.True((bool)measure["goal_met"]!);
    }

    [Fact]
    public void What_was_not_measured_is_null()
    {
        Assert.Null(Document["measures"]![1]!["shell"]);
        Assert.Null(Document["measures"]![1]!["ratio"]);
        Assert.False((bool)Document["measures"]![1]!["goal_met"]!);
    }
}
