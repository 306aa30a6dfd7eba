using OvndbOcf.Decisions.Northd;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Northd;

public sealed class RestartHistoryTests
{
    [Theory]
    [InlineData("940001 970000 1000000", 1_000_000, 3)]
    [InlineData("940000 970000 1000000", 1_000_000, 2)]
    [InlineData("970000 1000000", 5_000_000, 0)]
    public void A_restart_counts_for_a_minute(string text, long now, int recent) =>
        Assert.Equal(recent, RestartHistory.Recent(text, now).Count);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense -5 +5 1e3")]
    [InlineData("99999999999999999999 5001")]
    public void What_cannot_be_or_is_still_to_come_is_nothing(string? text) => Assert.Empty(RestartHistory.Recent(text, 5000));

    [Theory]
    [InlineData(null, false, "1000000")]
    [InlineData("970000", false, "970000 1000000")]
    [InlineData("940000 950000 960000", false, "950000 960000 1000000")]
    [InlineData("950000 960000 970000", true, "960000 970000 1000000")]
    public void Three_within_a_minute_are_many_and_no_more_are_noted(string? text, bool areMany, string afterwards) =>
        Assert.Equal((areMany, afterwards), (RestartHistory.AreMany(text, 1_000_000), RestartHistory.Add(text, 1_000_000)));
}
