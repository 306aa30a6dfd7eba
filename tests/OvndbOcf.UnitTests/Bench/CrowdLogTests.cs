using System.Diagnostics;
using OvndbOcf.Bench.Scale;
using Xunit;

namespace OvndbOcf.UnitTests.Bench;

public sealed class CrowdLogTests
{
    [Fact]
    public void A_crowd_is_back_when_its_last_client_is()
    {
        var log = Log((+1, 1), (+1, 2), (-1, 10), (-1, 11), (+1, 12), (+1, 15));
        Assert.Equal(TimeSpan.FromSeconds(5.5), log.CompleteAgainAfter(At(9.5)));
    }

    [Fact]
    public void A_crowd_that_nobody_left_needs_no_time() => Assert.Equal(TimeSpan.Zero, Log((+1, 1), (+1, 2)).CompleteAgainAfter(At(9)));

    [Fact]
    public void A_crowd_that_lacks_somebody_is_not_back()
    {
        var log = Log((+1, 1), (+1, 2), (-1, 10));
        Assert.False(log.IsComplete);
        Assert.Null(log.CompleteAgainAfter(At(9)));
    }

    private static CrowdLog Log(params (int Difference, double Second)[] changes)
    {
        var log = new CrowdLog(2);
        foreach (var (difference, second) in changes)
        {
            log.Change(difference, At(second));
        }

        return log;
    }

    private static long At(double second) => (long)(second * Stopwatch.Frequency);
}
