using OvndbOcf.Campaign.Report;
using OvndbOcf.Campaign.Report.Drawing;
using Xunit;

namespace OvndbOcf.UnitTests.Report;

public sealed class TimelineGeometryTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(5, 150)]
    [InlineData(10, 200)]
    [InlineData(-3, 100)]
    [InlineData(99, 200)]
    [InlineData(double.NaN, 100)]
    public void Times_lie_between_the_edges(double seconds, double x) => Assert.Equal(x, new TimeScale(10, 100, 200).X(seconds));

    [Theory]
    [InlineData(10, new double[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })]
    [InlineData(42, new double[] { 0, 5, 10, 15, 20, 25, 30, 35, 40 })]
    [InlineData(101, new double[] { 0, 20, 40, 60, 80, 100 })]
    [InlineData(600, new double[] { 0, 100, 200, 300, 400, 500, 600 })]
    public void Ticks_are_round_and_few(double length, double[] ticks) => Assert.Equal(ticks, new TimeScale(length, 0, 1).Ticks);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_length_that_cannot_be_is_drawn_as_a_second(double length) => Assert.Equal(1, new TimeScale(length, 0, 1).Ticks[^1], 6);

    [Fact]
    public void Labels_of_moments_close_together_are_stacked_and_those_far_apart_share_a_row()
    {
        var labels = Place(new(1, "first"), new(1.1, "second"), new(1.2, "third"), new(8, "fourth"));
        Assert.Equal([0, 1, 2, 0], labels.Select(label => label.Row));
    }

    [Fact]
    public void No_label_lies_on_another_or_beyond_the_edges()
    {
        var labels = Place([
            .. Enumerable.Range(0, 40).Select(number => new Moment(number * number % 41 / 4.1, new string('w', number % 9) + number)),
        ]);
        Assert.Equal(40, labels.Count);
        Assert.All(labels, label => Assert.InRange(label.Left, 0, 1000 - label.Width));
        Assert.All(
            labels.GroupBy(label => label.Row),
            row => Assert.All(row.Zip(row.Skip(1)), pair => Assert.True(pair.First.Left + pair.First.Width < pair.Second.Left))
        );
    }

    [Fact]
    public void What_is_tried_again_and_again_has_one_label_and_a_line_for_each_time()
    {
        var label = Assert.Single(Place(new(1, "again"), new(2, "again"), new(3, "again")));
        Assert.Equal("again (3 times)", label.Full);
        Assert.Equal([100, 200, 300], label.Lines);
    }

    [Fact]
    public void A_long_label_is_cut_and_keeps_its_full_text()
    {
        var label = Assert.Single(Place(new Moment(9.9, new string('x', 300))));
        Assert.EndsWith("…", label.Text, StringComparison.Ordinal);
        Assert.Equal(300, label.Full.Length);
        Assert.InRange(label.Left + label.Width, 0, 1000);
    }

    [Theory]
    [InlineData("short", 100, "short")]
    [InlineData("a somewhat longer text", 100, "a som…")]
    [InlineData("anything", 1, "…")]
    [InlineData("😀😀😀", 80, "😀…")]
    public void Text_is_cut_where_it_would_be_too_wide(string text, double width, string cut) =>
        Assert.Equal(cut, TextWidth.Fit(text, 20, width));

    [Fact]
    public void Lanes_follow_the_labels_and_the_client_and_the_axis_follow_the_lanes()
    {
        var lane = new Lane("node1", [], []);
        var layout = new TimelineLayout(new Timeline(10, [lane, lane], [new(1, "first"), new(1, "second")], []));
        Assert.True(TimelineLayout.LabelTop(2) <= layout.LaneTop(0));
        Assert.Equal(layout.LaneTop(2), layout.Client);
        Assert.True(layout.LaneTop(1) + TimelineLayout.RoleHeight + TimelineLayout.AddressHeight < layout.Client);
        Assert.True(layout.Client + TimelineLayout.RoleHeight < layout.Axis);
        Assert.True(layout.Axis < layout.Height);
    }

    private static IReadOnlyList<MomentLabel> Place(params Moment[] moments) =>
        MomentLabels.Place(moments, new TimeScale(10, 0, 1000), 0, 1000, 20);
}
