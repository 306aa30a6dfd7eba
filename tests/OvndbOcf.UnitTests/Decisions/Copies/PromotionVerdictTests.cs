using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PromotionVerdictTests
{
    /// <summary>Milliseconds without a connection, on both sides of each boundary.</summary>
    private static readonly int[] CutOff = [0, 19_999, 20_000, 59_999, 60_000, 599_999, 600_000, 86_400_000];

    /// <summary>The scores after those, a dash for none; then of one that gave way, and of one that is allowed to be promoted.</summary>
    private static readonly Dictionary<CopyState, string> Table = new()
    {
        [CopyState.Unknown] = "-------- - -",
        [CopyState.Empty] = "-------- - 1",
        [CopyState.Unmarked] = "-------- - 1",
        [CopyState.Foreign] = "-------- - 1",
        [CopyState.Outdated] = "-------- - 1",
        [CopyState.SchemaTooOld] = "-------- - 1",
        [CopyState.New] = "11111111 1 1",
        [CopyState.Unverified] = "55443322 1 =",
        [CopyState.Current] = "55443322 1 =",
        [CopyState.Closed] = "77777777 1 =",
        [CopyState.Complete] = "88888888 1 =",
        [CopyState.LastActive] = "99999999 1 =",
    };

    public static TheoryData<CopyState> States => [.. Enum.GetValues<CopyState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void Every_state_has_its_score_at_every_boundary(CopyState state) =>
        Assert.Equal(Table[state][..8], Scores(state, gaveWay: false, allowed: false));

    [Theory]
    [MemberData(nameof(States))]
    public void One_that_gave_way_has_the_least_score_if_it_has_one(CopyState state) =>
        Assert.Equal(new string(Table[state][9], 8), Scores(state, gaveWay: true, allowed: false));

    [Theory]
    [MemberData(nameof(States))]
    public void One_that_is_allowed_has_at_least_the_least_score(CopyState state) =>
        Assert.Equal(
            Table[state][11] == '=' ? Table[state][..8] : new string(Table[state][11], 8),
            Scores(state, gaveWay: false, allowed: true)
        );

    [Theory]
    [MemberData(nameof(States))]
    public void One_that_gave_way_and_is_allowed_has_the_least_score(CopyState state) =>
        Assert.Equal(state == CopyState.Unknown ? "--------" : "11111111", Scores(state, gaveWay: true, allowed: true));

    [Theory]
    [MemberData(nameof(States))]
    public void One_whose_node_is_not_able_has_the_least_score_if_it_has_one(CopyState state)
    {
        Assert.Equal(new string(Table[state][9], 8), Scores(state, gaveWay: false, allowed: false, isAble: false));
        Assert.Equal(new string(Table[state][9], 8), Scores(state, gaveWay: true, allowed: false, isAble: false));
        Assert.Equal(state == CopyState.Unknown ? "--------" : "11111111", Scores(state, gaveWay: false, allowed: true, isAble: false));
        Assert.False(PromotionVerdict.For(new Candidacy(state, TimeSpan.Zero, GaveWay: false, IsAllowed: false, IsAble: false)).IsAble);
    }

    [Theory]
    [InlineData(CopyState.Outdated, false, false)]
    [InlineData(CopyState.Outdated, true, true)]
    [InlineData(CopyState.Unknown, true, false)]
    [InlineData(CopyState.Current, false, true)]
    public void It_may_be_promoted_if_it_has_a_score(CopyState state, bool allowed, bool promotable)
    {
        var verdict = PromotionVerdict.For(new Candidacy(state, TimeSpan.Zero, GaveWay: false, allowed, IsAble: true));
        Assert.Equal((state, promotable), (verdict.Copy, verdict.IsPromotable));
    }

    [Fact]
    public void The_scores_are_in_the_order_of_what_they_are_worth() =>
        Assert.Equal(
            (10, 9, 8, 7, 5, 1),
            (
                PromotionScores.Active,
                PromotionScores.LastActive,
                PromotionScores.Complete,
                PromotionScores.Closed,
                PromotionScores.Backup,
                PromotionScores.Least
            )
        );

    private static string Scores(CopyState state, bool gaveWay, bool allowed, bool isAble = true) =>
        string.Concat(
            CutOff.Select(cut =>
                PromotionVerdict
                    .For(new Candidacy(state, TimeSpan.FromMilliseconds(cut), gaveWay, allowed, isAble))
                    .Score?.ToString("D1", null)
                ?? "-"
            )
        );
}
