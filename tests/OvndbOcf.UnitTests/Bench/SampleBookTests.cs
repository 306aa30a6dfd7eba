using OvndbOcf.Bench.Results;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class SampleBookTests
{
    private static readonly Measure Move = new("failover", "move", "s", new Goal(1));
    private static readonly Measure Crash = new("failover", "crash", "s");

    [Fact]
    public void Samples_of_the_same_measure_and_agent_make_one_series_in_their_order()
    {
        var book = new SampleBook();
        book.Add(Move, Variant.Ours, 2);
        book.Add(Move, Variant.Shell, 9);
        book.Add(new Measure("failover", "move", "s", new Goal(1)), Variant.Ours, [1, 3]);
        Assert.Equal(
            [
                [2, 1, 3],
                [9],
            ],
            book.Series.Select(series => series.Samples)
        );
    }

    [Fact]
    public void A_note_is_kept_once()
    {
        var book = new SampleBook();
        book.Add(Crash, Variant.Shell, 30, "cut off");
        book.Add(Crash, Variant.Shell, 30, "cut off");
        book.Add(Crash, Variant.Shell, 30);
        Assert.Equal("cut off", Assert.Single(book.Series).Note);
    }

    [Fact]
    public void Series_of_both_agents_are_compared()
    {
        var comparisons = Comparison.Of([
            new Series(Move, Variant.Shell, [8]),
            new Series(Crash, Variant.Ours, [0]),
            new Series(Move, Variant.Ours, [2]),
        ]);
        Assert.Equal(["move", "crash"], comparisons.Select(comparison => comparison.Measure.Name));
        Assert.Equal([4.0, null], comparisons.Select(comparison => comparison.Ratio));
        Assert.Equal([false, null], comparisons.Select(comparison => comparison.GoalMet));
    }
}
