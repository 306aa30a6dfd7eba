using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class CopyEvaluatorTests
{
    private static readonly ClusterKnowledge Cluster = new(
        true,
        new PromotionRecord(Known.Marker(7, Known.Seventh, closed: true)),
        Known.Other
    );

    [Fact]
    public void Every_case_is_what_the_table_says() =>
        Assert.Equal(
            [],
            CopyCase.All.Where(seen => CopyEvaluator.Evaluate(seen.Copy, OvnDatabase.Northbound, seen.Cluster, Known.Me) != seen.Expected)
        );

    [Fact]
    public void The_other_database_is_measured_in_the_same_way() =>
        Assert.Equal(
            [],
            CopyCase.All.Where(seen => CopyEvaluator.Evaluate(seen.Copy, OvnDatabase.Southbound, seen.Cluster, Known.Me) != seen.Expected)
        );

    [Fact]
    public void A_copy_that_was_left_behind_is_as_one_that_is_listed() =>
        Assert.Equal(
            [],
            CopyCase.All.Where(seen =>
                CopyEvaluator.Evaluate(seen.Copy with { LeftBehind = seen.Copy.Marker?.Id }, OvnDatabase.Northbound, seen.Cluster, Known.Me)
                != (
                    seen is { Expected: CopyState.Current, Copy.Marker.Closed: false } ? CopyState.Outdated
                    : seen.Marker == 's' ? (seen with { Listed = true }).Expected
                    : seen.Expected
                )
            )
        );

    [Fact]
    public void A_copy_that_was_left_behind_by_another_promotion_is_as_any() =>
        Assert.Equal(
            [],
            CopyCase.All.Where(seen =>
                CopyEvaluator.Evaluate(seen.Copy with { LeftBehind = Guid.Empty }, OvnDatabase.Northbound, seen.Cluster, Known.Me)
                != seen.Expected
            )
        );

    [Fact]
    public void The_table_has_all_cases_and_states()
    {
        Assert.Equal(11 * 3 * 2 * 4 * 2 * 5 * 2, CopyCase.All.Count());
        Assert.Equal(
            Enum.GetValues<CopyState>().Except([CopyState.Unknown]),
            CopyCase.All.Select(seen => seen.Expected).Distinct().Order()
        );
    }

    [Fact]
    public void The_better_state_is_the_later_in_the_list() =>
        Assert.Equal(
            "Unknown Empty Unmarked Foreign Outdated SchemaTooOld New Unverified Current Closed Complete LastActive",
            string.Join(' ', Enum.GetValues<CopyState>())
        );

    [Fact]
    public void What_is_on_record_of_the_name_by_which_a_copy_was_held_last_holds_of_it_but_makes_it_the_last_active_one_no_more() =>
        Assert.Equal(
            [],
            CopyCase.All.Where(seen =>
                CopyEvaluator.Evaluate(seen.Copy with { Holder = Known.Me }, OvnDatabase.Northbound, seen.Cluster, "renamed")
                != (seen.Expected == CopyState.LastActive ? AsAnothers(seen) : seen.Expected)
            )
        );

    [Fact]
    public void A_name_that_was_given_anew_makes_no_copy_the_last_active_one() =>
        Assert.DoesNotContain(
            CopyState.LastActive,
            CopyCase.All.Select(seen =>
                CopyEvaluator.Evaluate(seen.Copy with { Holder = "former" }, OvnDatabase.Northbound, seen.Cluster, Known.Me)
            )
        );

    private static CopyState AsAnothers(CopyCase seen) =>
        seen.Cluster.Record is null ? CopyState.Unverified
        : seen is { Marker: 'c', Ended: true } ? CopyState.Complete
        : seen.Marker == 'G' ? CopyState.Current
        : seen.Listed ? CopyState.Outdated
        : seen.Schema == '<' ? CopyState.SchemaTooOld
        : CopyState.Current;

    [Fact]
    public void A_copy_is_outdated_by_either_name()
    {
        var cluster = Cluster with { Latest = new PromotionRecord(Known.Marker(7, Known.Seventh)) { Outdated = ["renamed"] } };
        var copy = Known.Copy(Known.Marker(7, Known.Seventh)) with { Holder = Known.Me };
        Assert.Equal(CopyState.Outdated, CopyEvaluator.Evaluate(copy, OvnDatabase.Northbound, cluster, "renamed"));
        Assert.Equal(CopyState.Current, CopyEvaluator.Evaluate(copy, OvnDatabase.Northbound, cluster, "other name"));
    }

    [Fact]
    public void By_a_record_of_a_form_that_is_not_known_no_copy_is_measured() =>
        Assert.Equal(
            [CopyState.Unknown],
            CopyCase
                .All.Select(seen =>
                    CopyEvaluator.Evaluate(seen.Copy, OvnDatabase.Northbound, seen.Cluster with { IsRecordUnknown = true }, Known.Me)
                )
                .Distinct()
        );

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void What_cannot_be_read_is_unknown(bool copy, bool cluster) =>
        Assert.Equal(
            [CopyState.Unknown],
            CopyCase
                .All.Select(seen =>
                    CopyEvaluator.Evaluate(
                        seen.Copy with
                        {
                            IsReadable = copy,
                        },
                        OvnDatabase.Northbound,
                        seen.Cluster with
                        {
                            IsReadable = cluster,
                        },
                        Known.Me
                    )
                )
                .Distinct()
        );

    [Theory]
    [InlineData(Known.Me, CopyState.LastActive)]
    [InlineData(Known.Other, CopyState.Unverified)]
    public void A_marker_does_not_help_once_the_shell_agent_promoted_somebody(string lastActive, CopyState state)
    {
        var cluster = Cluster with { Latest = new PromotionRecord(Known.Marker(7, Known.Seventh, "third")), LastActive = lastActive };
        Assert.Equal(
            state,
            CopyEvaluator.Evaluate(Known.Copy(Known.Marker(7, Known.Seventh, "third")), OvnDatabase.Northbound, cluster, Known.Me)
        );
    }

    public static TheoryData<char, char, CopyState> Pairs =>
        new()
        {
            { '?', 'c', CopyState.Unknown },
            { '-', 'c', CopyState.Unmarked },
            { 'o', 's', CopyState.Outdated },
            { 's', 'c', CopyState.Current },
            { 'c', 'c', CopyState.Complete },
            { 'f', 'o', CopyState.Foreign },
            { 'G', 's', CopyState.Current },
            { 'G', 'G', CopyState.LastActive },
            { '-', 'f', CopyState.Unmarked },
        };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_pair_is_as_good_as_the_worse_of_both(char one, char two, CopyState state)
    {
        Assert.Equal(state, CopyEvaluator.Evaluate(new CopyPair(Copy(one), Copy(two)), Cluster, Known.Me));
        Assert.Equal(state, CopyEvaluator.Evaluate(new CopyPair(Copy(two), Copy(one)), Cluster, Known.Me));

        static DatabaseCopy Copy(char letter) =>
            letter == '?' ? DatabaseCopy.Unreadable : new CopyCase(letter, 'o', Ended: true, '-', Listed: false, '=', Content: true).Copy;
    }

    [Fact]
    public void Each_copy_of_a_pair_is_measured_by_its_own_schema()
    {
        var cluster = Cluster with { Latest = Cluster.Latest! with { Northbound = new(1, 0), Southbound = new(2, 0) } };
        var old = Known.Copy(Known.Marker(7, Known.Seventh), schema: new(1, 0));
        var young = Known.Copy(Known.Marker(7, Known.Seventh), schema: new(2, 0));
        Assert.Equal(CopyState.Current, CopyEvaluator.Evaluate(new CopyPair(old, young), cluster, Known.Me));
        Assert.Equal(CopyState.SchemaTooOld, CopyEvaluator.Evaluate(new CopyPair(old, old), cluster, Known.Me));
        Assert.Equal(CopyState.SchemaTooOld, CopyEvaluator.Evaluate(new CopyPair(young, old), cluster, Known.Me));
    }

    [Theory]
    [InlineData("1.0", "1.1", true)]
    [InlineData("1.9", "1.10", true)]
    [InlineData("1.1", "1.1", false)]
    [InlineData("1.2", "1.1", false)]
    [InlineData(null, "1.1", false)]
    [InlineData("1.1", null, false)]
    [InlineData(null, null, false)]
    public void A_schema_is_too_old_only_if_both_are_known(string? mine, string? actives, bool tooOld)
    {
        var record = Cluster.Latest! with { Southbound = actives is null ? null : Version.Parse(actives) };
        Assert.Equal(
            tooOld,
            CopyEvaluator.IsSchemaTooOld(
                Known.Copy(null, schema: mine is null ? null : Version.Parse(mine)),
                OvnDatabase.Southbound,
                record
            )
        );
    }
}
