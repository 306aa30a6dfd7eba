using CsCheck;
using Xunit;

namespace OvndbOcf.UnitTests.Freshness.Model;

public sealed class HistoryTests
{
    private const int Histories = 400_000;

    [Fact]
    public void No_history_of_a_cluster_loses_what_the_decisions_promise_to_keep()
    {
        var tally = new Tally();
        History.Any.Sample(history => Play(history, tally), iter: Histories, threads: 2);

        // The model has to lead everywhere, or it proves nothing.
        Assert.True(tally.Promotions > Histories, $"{tally.Promotions} promotions");
        Assert.True(tally.Handovers > Histories / 50, $"{tally.Handovers} handovers");
        Assert.True(tally.GaveWay > Histories / 200, $"{tally.GaveWay} gave way");
        Assert.True(tally.Refused > Histories / 5000, $"{tally.Refused} refusals");
        Assert.True(tally.Interrupted > Histories / 10, $"{tally.Interrupted} interrupted promotions");
        Assert.True(tally.SetAside > Histories / 10, $"{tally.SetAside} files set aside");
        Assert.True(tally.Marked > Histories / 20, $"{tally.Marked} marks");
        Assert.True(tally.Windows > Histories / 1000, $"{tally.Windows} windows");
        Assert.True(tally.Repaired > Histories / 20, $"{tally.Repaired} repairs");
        Assert.True(tally.Unproven > Histories / 1000, $"{tally.Unproven} closing markers without a closed record");
        Assert.True(tally.Hindered > Histories / 1000, $"{tally.Hindered} promotions without room");
        Assert.True(tally.Replaced > Histories / 1000, $"{tally.Replaced} promotions in place of a node without room");
        Assert.True(tally.Renamed > Histories / 20, $"{tally.Renamed} new names");
        Assert.True(tally.Rescued > Histories / 20, $"{tally.Rescued} rescues");
    }

    private static void Play(History history, Tally tally)
    {
        var cluster = new Cluster(history, tally);
        if (history.BeginsActive)
        {
            cluster.Do(new Step(Kind.Promote, 0, 7));
        }

        foreach (var step in history.Steps)
        {
            cluster.Do(step);
        }

        cluster.ExpectPromotionIfPossible();
    }
}
