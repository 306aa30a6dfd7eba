using System.Diagnostics;
using OvndbOcf.Bench.Scale;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class CrowdLogTests
{
    private readonly CrowdLog log = new(2);

    public CrowdLogTests()
    {
        log.Came(0, At(1));
        log.Came(1, At(2));
    }

    [Fact]
    public void A_crowd_is_back_when_its_last_client_is()
    {
        log.Left(0);
        log.Left(1);
        log.Came(1, At(12));
        log.Came(0, At(15));
        Assert.Equal(TimeSpan.FromSeconds(5.5), log.BackAfter(At(9.5), 1));
        Assert.Equal(TimeSpan.FromSeconds(2.5), log.BackAfter(At(9.5), 0.5));
    }

    [Fact]
    public void A_client_that_has_noticed_nothing_is_not_back()
    {
        log.Left(0);
        log.Came(0, At(12));
        Assert.True(log.IsCompleteSince(At(0)));
        Assert.False(log.IsCompleteSince(At(9)));
        Assert.Null(log.BackAfter(At(9), 1));
    }

    [Fact]
    public void A_crowd_that_lacks_somebody_is_not_complete()
    {
        log.Left(0);
        Assert.False(log.IsCompleteSince(At(0)));
        Assert.Null(log.BackAfter(At(0), 0.5));
    }

    [Fact]
    public void One_that_came_back_twice_counts_from_the_second_time()
    {
        log.Left(0);
        log.Came(1, At(11));
        log.Came(0, At(12));
        log.Left(0);
        log.Came(0, At(17));
        Assert.Equal(TimeSpan.FromSeconds(7), log.BackAfter(At(10), 1));
    }

    private static long At(double second) => (long)(second * Stopwatch.Frequency);
}
