using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PromotionVerdictTests
{
    /// <summary>Milliseconds without a connection, on both sides of each boundary.</summary>
    private static readonly int[] CutOff = [0, 19_999, 20_000, 59_999, 60_000, 599_999, 600_000, 86_400_000];

    /// <summary>The scores after those, a dash for <c>-INFINITY</c>; then of one that gave way, and of one that is allowed to be promoted.</summary>
    private static readonly Dictionary<CopyState, string> Table = new()
    {
        [CopyState.Unknown] = "-------- - -",
        [CopyState.Empty] = "-------- - 1",
        [CopyState.Unmarked] = "-------- - 1",
        [CopyState.Foreign] = "-------- - 1",
        [CopyState.Outdated] = "-------- - 1",
        [CopyState.SchemaTooOld] = "-------- - 1",
        [CopyState.New] = "11111111 1 =",
        [CopyState.Unverified] = "55443322 1 =",
        [CopyState.Current] = "55443322 1 =",
        [CopyState.Closed] = "77777777 1 =",
        [CopyState.Complete] = "88888888 1 =",
        [CopyState.LastActive] = "99999999 1 =",
    };

    private static readonly Candidacy Plain = new(
        Known.Both(Known.Copy(Known.Marker(7, Known.Seventh))),
        new ClusterKnowledge(true, new PromotionRecord(Known.Marker(7, Known.Seventh)), Known.Other),
        Known.Me
    )
    {
        Source = LatestSource.Absent,
        OverrideCommand = "allow",
    };

    public static TheoryData<CopyState> States => [.. Enum.GetValues<CopyState>()];

    public static MatrixTheoryData<CopyState, LossAcceptance> Acceptances =>
        new(Enum.GetValues<CopyState>(), Enum.GetValues<LossAcceptance>());

    [Theory]
    [MemberData(nameof(States))]
    public void Every_state_has_its_score_at_every_boundary(CopyState state) => Assert.Equal(Table[state][..8], Scores(state, Plain));

    [Theory]
    [MemberData(nameof(States))]
    public void One_that_gave_way_or_whose_node_is_not_able_has_the_least_score_if_it_has_one(CopyState state)
    {
        var least = new string(Table[state][9], 8);
        Assert.Equal(least, Scores(state, Plain with { GaveWay = true }));
        Assert.Equal(least, Scores(state, Plain with { Hindrance = "the disk is full" }));
        Assert.Equal(least, Scores(state, Plain with { GaveWay = true, Hindrance = "the disk is full" }));
    }

    [Theory]
    [MemberData(nameof(Acceptances))]
    public void A_permission_is_for_those_that_may_not_be_promoted_by_themselves(CopyState state, LossAcceptance acceptance)
    {
        var verdict = PromotionVerdict.For(state, Plain with { Acceptance = acceptance });
        var expected =
            state == CopyState.Unknown ? Promotability.Unknown
            : Table[state][0] != '-' ? Promotability.Allowed
            : acceptance == LossAcceptance.None ? Promotability.Forbidden
            : Promotability.Overridden;
        Assert.Equal(expected, verdict.Promotability);
        Assert.Equal(expected is Promotability.Allowed or Promotability.Overridden, verdict.IsPromotable);
        Assert.Equal(state != CopyState.Unknown, verdict.IsKnown);
        if (acceptance != LossAcceptance.None)
        {
            Assert.Equal(
                Table[state][11] == '=' ? Table[state][..8] : new string(Table[state][11], 8),
                Scores(state, Plain with { Acceptance = acceptance })
            );
            Assert.Equal(
                state == CopyState.Unknown ? "--------" : "11111111",
                Scores(state, Plain with { Acceptance = acceptance, GaveWay = true })
            );
        }
    }

    [Theory]
    [MemberData(nameof(Acceptances))]
    public void Where_a_port_is_taken_nothing_is_promoted_whatever_anybody_allows(CopyState state, LossAcceptance acceptance)
    {
        var verdict = PromotionVerdict.For(
            state,
            Plain with
            {
                Acceptance = acceptance,
                PortConflict = "port 6641 is taken",
                Hindrance = "the disk is full",
            }
        );
        Assert.Equal(
            new PromotionVerdict(
                state,
                state == CopyState.Unknown ? Promotability.Unknown : Promotability.Forbidden,
                PromotionScores.Forbidden,
                "port 6641 is taken"
            )
            {
                IsAble = false,
            },
            verdict
        );
    }

    [Theory]
    [MemberData(nameof(States))]
    public void A_node_is_able_where_nothing_hinders_it(CopyState state)
    {
        Assert.True(PromotionVerdict.For(state, Plain).IsAble);
        Assert.False(PromotionVerdict.For(state, Plain with { Hindrance = "the disk is full" }).IsAble);
        Assert.False(PromotionVerdict.For(state, Plain with { PortConflict = "taken" }).IsAble);
    }

    [Theory]
    [MemberData(nameof(States))]
    public void What_hinders_a_node_is_told_of_a_copy_that_could_be_promoted(CopyState state)
    {
        const string Hindrance = "the disk is full";
        var told = PromotionVerdict.For(state, Plain with { Hindrance = Hindrance }).Reason;
        Assert.Equal(Table[state][0] != '-', told.StartsWith(Hindrance, StringComparison.Ordinal));
        var allowed = PromotionVerdict.For(state, Plain with { Hindrance = Hindrance, Acceptance = LossAcceptance.ByOperator }).Reason;
        Assert.Equal(state != CopyState.Unknown, allowed.StartsWith(Hindrance, StringComparison.Ordinal));
    }

    [Fact]
    public void State_score_and_reason_come_of_the_copies_and_what_the_cluster_knows()
    {
        Assert.Equal(new PromotionVerdict(CopyState.Current, Promotability.Allowed, 5, string.Empty), PromotionVerdict.For(Plain));
        Assert.Equal(
            new PromotionVerdict(
                CopyState.Outdated,
                Promotability.Forbidden,
                PromotionScores.Forbidden,
                "data is missing in NB and SB: the copy holds promotion 6, the latest is 7 on other; start other, or accept the loss: allow"
            ),
            PromotionVerdict.For(Plain with { Copies = Known.Both(Known.Copy(Known.Marker(6, Known.Sixth))) })
        );
    }

    private static string Scores(CopyState state, Candidacy candidacy) =>
        string.Concat(
            CutOff
                .Select(cut => PromotionVerdict.For(state, candidacy with { CutOff = TimeSpan.FromMilliseconds(cut) }).Score)
                .Select(score => score == PromotionScores.Forbidden ? "-" : score.ToString("D1", null))
        );
}
