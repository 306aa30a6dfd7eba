using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class PromotionGuardTests
{
    private static readonly NodeClaim Mine = new(Known.Me, Known.Seventh, CopyState.Current, true, 7, Known.At(0));
    private static readonly NodeClaim Better = Mine with { Node = Known.Other, Copy = CopyState.Complete };

    /// <summary>Claims that differ in everything that counts, among them times within, at and beyond the tolerance.</summary>
    private static readonly NodeClaim[] Claims =
    [
        .. from able in (bool[])[true, false]
        from state in (CopyState[])[CopyState.Outdated, CopyState.Current, CopyState.LastActive]
        from number in (long[])[0, 6, 7]
        from changed in (double?[])[null, 0, 1, 2, 2.001, 3, 4, 4.5]
        select Mine with
        {
            Copy = state,
            Number = number,
            LastChange = changed is { } seconds ? Known.At(seconds) : null,
            IsAble = able,
        },
    ];

    [Fact]
    public void Two_seconds_mean_nothing() => Assert.Equal(TimeSpan.FromSeconds(2), PromotionGuard.Tolerance);

    [Theory]
    [InlineData(CopyState.Outdated, 8, -60.0, true)] // The number decides, whatever the rest says.
    [InlineData(CopyState.Complete, 6, 60.0, false)]
    [InlineData(CopyState.Closed, 7, -60.0, true)] // Then the state.
    [InlineData(CopyState.Unverified, 7, 60.0, false)]
    [InlineData(CopyState.Current, 7, 2.001, true)] // Then the time, beyond the tolerance.
    [InlineData(CopyState.Current, 7, 2.0, false)]
    [InlineData(CopyState.Current, 7, 0.0, false)]
    [InlineData(CopyState.Current, 7, -60.0, false)]
    [InlineData(CopyState.Current, 7, null, false)]
    [InlineData(CopyState.Complete, 7, null, true)]
    [InlineData(CopyState.Current, 8, null, true)]
    public void A_claim_is_better_by_number_then_state_then_time(CopyState state, long number, double? changed, bool better) =>
        Assert.Equal(
            better,
            PromotionGuard.IsBetter(
                Mine with
                {
                    Node = Known.Other,
                    Copy = state,
                    Number = number,
                    LastChange = changed is { } at ? Known.At(at) : null,
                },
                Mine
            )
        );

    [Theory]
    [InlineData(CopyState.LastActive, 7, CopyState.Current, 7, true)] // What the unable one has, nobody can use.
    [InlineData(CopyState.LastActive, 7, CopyState.Unverified, 7, true)]
    [InlineData(CopyState.Current, 7, CopyState.Current, 8, true)]
    [InlineData(CopyState.LastActive, 7, CopyState.Current, 6, false)] // It is behind.
    [InlineData(CopyState.LastActive, 7, CopyState.Outdated, 7, false)] // It may be promoted, as that is allowed, and lacks data.
    [InlineData(CopyState.LastActive, 7, CopyState.SchemaTooOld, 7, false)]
    [InlineData(CopyState.Outdated, 7, CopyState.Outdated, 7, null)]
    public void A_copy_that_is_not_behind_is_better_than_one_whose_node_is_not_able(
        CopyState unable,
        long itsNumber,
        CopyState able,
        long number,
        bool? better
    )
    {
        var full = Mine with { Node = Known.Other, Copy = unable, Number = itsNumber, IsAble = false };
        var other = Mine with { Copy = able, Number = number };
        Assert.Equal((better == true, better == false), (PromotionGuard.IsBetter(other, full), PromotionGuard.IsBetter(full, other)));
    }

    public static TheoryData<NodeClaim, bool> Unable =>
        new()
        {
            { Better with { IsAble = false, Copy = CopyState.LastActive }, true },
            { Better with { IsAble = false }, true },
            { Better with { IsAble = false, Copy = CopyState.Current }, false },
            { Better with { IsAble = false, IsPromotable = false }, false },
            { Better with { IsAble = false, Record = Known.Sixth }, false },
            { Better, false },
        };

    [Theory]
    [MemberData(nameof(Unable))]
    public void Whom_it_is_promoted_in_place_of_is_known(NodeClaim claim, bool expected)
    {
        Assert.Equal(expected ? Known.Other : null, PromotionGuard.InPlaceOf(Mine, [Mine, claim])?.Node);
        Assert.Equal(claim.IsAble ? claim : null, PromotionGuard.BetterThan(Mine, [Mine, claim]));
    }

    [Fact]
    public void Where_no_node_is_able_they_are_compared_as_ever() =>
        Assert.NotNull(PromotionGuard.BetterThan(Mine with { IsAble = false }, [Better with { IsAble = false }]));

    [Fact]
    public void A_time_is_not_better_than_an_unknown_one() => Assert.False(PromotionGuard.IsBetter(Mine, Mine with { LastChange = null }));

    [Fact]
    public void No_two_claims_are_better_than_each_other() =>
        Assert.Equal(
            [],
            from one in Claims
            from two in Claims
            where PromotionGuard.IsBetter(one, two) && PromotionGuard.IsBetter(two, one)
            select (one, two)
        );

    [Fact]
    public void There_is_no_cycle()
    {
        // Whoever repeatedly removes what nothing is better than ends with nothing only if there is none.
        List<NodeClaim> left = [.. Claims];
        while (left.RemoveAll(claim => !left.Any(other => PromotionGuard.IsBetter(other, claim))) > 0) { }

        Assert.Empty(left);
        Assert.Contains(Claims, claim => Claims.Any(other => PromotionGuard.IsBetter(other, claim)));
    }

    [Fact]
    public void Without_claims_nobody_is_better() => Assert.Null(PromotionGuard.BetterThan(Mine, []));

    [Fact]
    public void A_better_claim_is_found() => Assert.Same(Better, PromotionGuard.BetterThan(Mine, [Mine, Better]));

    public static TheoryData<NodeClaim> Void =>
        [
            Better with
            {
                Node = Known.Me,
            },
            Better with
            {
                IsPromotable = false,
            },
            Better with
            {
                Record = Known.Sixth,
            },
            Better with
            {
                Record = null,
            },
            Better with
            {
                Copy = CopyState.Current,
            },
            Better with
            {
                Number = 6,
            },
        ];

    [Theory]
    [MemberData(nameof(Void))]
    public void A_claim_does_not_count(NodeClaim claim) => Assert.Null(PromotionGuard.BetterThan(Mine, [claim]));

    [Fact]
    public void Claims_count_where_no_promotion_is_on_record()
    {
        var mine = Mine with { Record = null };
        Assert.NotNull(PromotionGuard.BetterThan(mine, [Better with { Record = null }]));
        Assert.Null(PromotionGuard.BetterThan(mine, [Better]));
    }

    [Fact]
    public void The_best_of_several_is_found_in_any_order()
    {
        var best = Better with { Node = "third", Number = Better.Number + 1 };
        Assert.Same(best, PromotionGuard.BetterThan(Mine, [Better, best]));
        Assert.Same(best, PromotionGuard.BetterThan(Mine, [best, Better]));
    }

    [Fact]
    public void One_that_may_not_be_promoted_itself_can_still_name_a_better_one() =>
        Assert.Same(Better, PromotionGuard.BetterThan(Mine with { IsPromotable = false, Copy = CopyState.Outdated }, [Better]));

    public static TheoryData<NodeClaim, bool, PromotionChoice> Choices =>
        new()
        {
            { Mine, false, PromotionChoice.Promote },
            { Mine, true, PromotionChoice.Promote },
            { Better, false, PromotionChoice.GiveWay },
            { Better, true, PromotionChoice.ChosenAgain },
            { Better with { IsAble = false }, false, PromotionChoice.InPlaceOf },
            { Better with { IsAble = false }, true, PromotionChoice.InPlaceOf },
            { Better with { IsPromotable = false }, false, PromotionChoice.Promote },
        };

    [Theory]
    [MemberData(nameof(Choices))]
    public void A_better_copy_has_the_way_once(NodeClaim other, bool gaveWay, PromotionChoice choice) =>
        Assert.Equal(
            (choice, choice == PromotionChoice.Promote ? null : Known.Other),
            PromotionGuard.Choose(Mine, [Mine, other], gaveWay) is var (chosen, about) ? (chosen, about?.Node) : default
        );
}
