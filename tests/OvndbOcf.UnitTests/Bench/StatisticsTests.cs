using OvndbOcf.Bench.Results;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class StatisticsTests
{
    [Theory]
    [InlineData(new[] { 7.0 }, 7, 7, 7)]
    [InlineData(new[] { 3.0, 1, 2 }, 2, 1, 3)]
    [InlineData(new[] { 4.0, 1, 2, 3 }, 2.5, 1, 4)]
    public void Few_samples_have_a_median_and_spread_from_the_smallest_to_the_largest(
        double[] samples,
        double median,
        double low,
        double high
    ) => Assert.Equal(new Statistics(median, low, high, high), Statistics.Of(samples));

    [Fact]
    public void Many_samples_spread_from_the_tenth_to_the_ninetieth_percentile() =>
        Assert.Equal(new Statistics(10, 2, 18, 20), Statistics.Of([.. Enumerable.Range(0, 21).Select(number => (double)(20 - number))]));

    [Fact]
    public void A_percentile_between_two_samples_is_interpolated() => Assert.Equal(12.5, Statistics.Percentile([10, 20], 25));

    [Fact]
    public void Nothing_has_no_statistics() => Assert.Throws<ArgumentException>(() => Statistics.Of([]));
}
