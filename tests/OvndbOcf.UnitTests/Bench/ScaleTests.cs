using OvndbOcf.Bench.Output;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class ScaleTests
{
    [Fact]
    public void Values_of_one_size_share_a_linear_axis_from_zero()
    {
        var scale = Scale.For([30, 7]);
        Assert.False(scale.IsLogarithmic);
        Assert.Equal([0, 10, 20, 30, 40], scale.Ticks);
        Assert.Equal(0.75, scale.Place(30));
    }

    [Fact]
    public void Values_of_different_size_share_a_logarithmic_axis_of_whole_tenfolds()
    {
        var scale = Scale.For([0.5, 30]);
        Assert.True(scale.IsLogarithmic);
        Assert.Equal([0.1, 1, 10, 100], scale.Ticks.Select(tick => Math.Round(tick, 9)));
        Assert.Equal(1 / 3.0, scale.Place(1), 9);
        Assert.Equal((0.0, 1.0), (scale.Place(0), scale.Place(100)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(1)]
    public void One_value_has_a_place_on_the_axis(double value) => Assert.InRange(Scale.For([value]).Place(value), 0, 1);
}
