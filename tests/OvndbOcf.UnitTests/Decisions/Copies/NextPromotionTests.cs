using OvndbOcf.Decisions.Copies;
using Xunit;

namespace OvndbOcf.UnitTests.Decisions.Copies;

public sealed class NextPromotionTests
{
    private static readonly PromotionMarker Sixth = Known.Marker(6, Known.Sixth, Known.Me);
    private static readonly PromotionMarker Seventh = Known.Marker(7, Known.Seventh, Known.Me);
    private static readonly PromotionRecord Record = new(Sixth);

    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(6, 0, 0, 7)]
    [InlineData(6, 6, 6, 7)]
    [InlineData(6, 7, 5, 8)]
    [InlineData(6, 5, 7, 8)]
    [InlineData(6, 5, 5, 7)]
    [InlineData(0, 3, 0, 4)]
    [InlineData(0, 0, 3, 4)]
    [InlineData(0, 0, long.MaxValue, long.MaxValue)]
    [InlineData(long.MaxValue, 0, 3, long.MaxValue)]
    public void The_number_is_greater_than_any_that_is_known(long onRecord, long northbound, long southbound, long number) =>
        Assert.Equal(
            new PromotionMarker(number, Known.Stranger, Known.Me, Known.At(5), Closed: false),
            Next(
                Numbered(northbound),
                Numbered(southbound),
                onRecord == 0 ? null : new PromotionRecord(Known.Marker(onRecord, Known.Sixth)),
                active: false
            )
        );

    [Fact]
    public void An_interrupted_promotion_is_taken_up_again() => Assert.Equal(Seventh, Next(Seventh, Seventh, Record, active: true));

    [Fact]
    public void So_is_the_first_one() => Assert.Equal(Seventh, Next(Seventh, Seventh, null, active: true));

    [Fact]
    public void So_is_the_one_on_record() => Assert.Equal(Sixth, Next(Sixth, Sixth, Record, active: true));

    [Fact]
    public void One_that_was_recorded_with_another_id_is_not() =>
        Assert.Equal(
            (7, Known.Stranger),
            Key(Next(Sixth, Sixth, new PromotionRecord(Known.Marker(6, Known.Seventh, Known.Me)), active: true))
        );

    // What was complete by its closing marker must not pass for complete once more when it is closed again.
    [Fact]
    public void One_that_is_closed_on_record_is_not_opened_again_by_a_restored_backup() =>
        Assert.Equal((7, Known.Stranger), Key(Next(Sixth, Sixth, new PromotionRecord(Closed(Sixth)), active: true)));

    public static TheoryData<PromotionMarker?, PromotionMarker?, bool, long> Others =>
        new()
        {
            { Seventh, Seventh, false, 7 },
            { Seventh, Sixth, true, 7 },
            { Sixth, Seventh, true, 7 },
            { Seventh, null, true, 7 },
            { null, Seventh, true, 7 },
            { Seventh, Closed(Seventh), true, 8 },
            { Closed(Seventh), Closed(Seventh), true, 8 },
            { Seventh with { Node = Known.Other }, Seventh with { Node = Known.Other }, true, 8 },
            { Seventh with { Number = 5 }, Seventh with { Number = 5 }, true, 7 },
            { null, null, true, 7 },
        };

    [Theory]
    [MemberData(nameof(Others))]
    public void Nothing_else_is_taken_up_again(PromotionMarker? northbound, PromotionMarker? southbound, bool active, long number) =>
        Assert.Equal((number, Known.Stranger), Key(Next(northbound, southbound, Record, active)));

    [Fact]
    public void However_often_a_node_is_interrupted_its_copies_do_not_outlive_the_next_promotion_of_another()
    {
        var first = Next(Sixth, Sixth, Record, active: false);
        var second = Next(first, first, Record, active: false) with { Id = Known.Seventh };
        var others = NextPromotion.For(
            Known.Both(Known.Copy(Sixth)),
            Record,
            Known.Other,
            Known.At(9),
            Guid.Parse("aaaaaaaa-0000-4000-8000-00000000000a"),
            isActive: false,
            recorded: 0
        );
        Assert.Equal(
            CopyState.Foreign,
            CopyEvaluator.Evaluate(
                Known.Both(Known.Copy(second)),
                new ClusterKnowledge(true, new PromotionRecord(others), Known.Other),
                Known.Me
            )
        );
    }

    [Fact]
    public void An_interrupted_attempt_under_a_former_name_is_this_nodes_own()
    {
        var attempt = Known.Copy(Known.Marker(8, Known.Seventh, "former"));
        Assert.Equal(8, Number(attempt with { Holder = "former" }));
        Assert.Equal(9, Number(attempt));

        static long Number(DatabaseCopy copy) =>
            NextPromotion
                .For(
                    Known.Both(copy),
                    new PromotionRecord(Known.Marker(7, Known.Sixth)),
                    Known.Me,
                    Known.At(9),
                    Known.Stranger,
                    isActive: false,
                    recorded: 7
                )
                .Number;
    }

    /// <summary>Without the record, one that was cut short and one that was on record look the same: the node remembers which it was.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 4)]
    public void A_promotion_that_was_on_record_is_not_repeated_when_the_record_is_lost(long recorded, long number)
    {
        var first = Known.Marker(1, Known.Sixth, Known.Me);
        Assert.Equal((number, Known.Stranger), Key(Next(first, first, null, active: false, recorded)));
    }

    [Fact]
    public void One_that_was_cut_short_after_it_is()
    {
        var second = Known.Marker(2, Known.Sixth, Known.Me);
        Assert.Equal((2, Known.Stranger), Key(Next(second, second, null, active: false, recorded: 1)));
    }

    [Fact]
    public void Nor_when_an_earlier_record_came_back() =>
        Assert.Equal((8, Known.Stranger), Key(Next(Seventh, Seventh, Record, active: false, recorded: 7)));

    private static readonly Guid Boot = Guid.Parse("bbbbbbbb-0000-4000-8000-00000000000b");
    private static readonly Guid OtherBoot = Guid.Parse("cccccccc-0000-4000-8000-00000000000c");

    /// <summary>The markers of both copies, the latest promotion, the boot now, and whether the copies hold everything of it.</summary>
    public static TheoryData<PromotionMarker?, PromotionMarker?, PromotionRecord?, Guid?, bool> Completeness
    {
        get
        {
            var mine = Record with { Boot = Boot };
            var others = new PromotionRecord(Sixth with { Node = Known.Other }) { Boot = Boot };
            return new()
            {
                { Closed(Sixth), Closed(Sixth), Closed(mine), Boot, true },
                { Closed(Sixth), Closed(Sixth), Closed(mine), OtherBoot, true },
                { Closed(Sixth), Closed(Sixth), Closed(Record), null, true },
                { Closed(others.Marker), Closed(others.Marker), Closed(others), OtherBoot, true },
                { Closed(Seventh), Closed(Seventh), Closed(mine), OtherBoot, false },
                { Closed(Sixth), Sixth, Closed(mine), OtherBoot, false },
                { Sixth, Closed(Sixth), Closed(mine), OtherBoot, false },
                // A closing marker is no proof if it is that of an earlier attempt, or while the record is open.
                { Closed(Sixth) with { Time = Known.At(-1) }, Closed(Sixth), Closed(mine), OtherBoot, false },
                { Closed(Sixth), Closed(Sixth) with { Time = Known.At(-1) }, Closed(mine), OtherBoot, false },
                { Closed(Sixth), Closed(Sixth), mine, OtherBoot, false },
                { Closed(Sixth), Closed(Sixth), Record, null, false },
                { Closed(others.Marker), Closed(others.Marker), others, OtherBoot, false },
                { Closed(Sixth), Closed(Sixth), mine, Boot, true },
                { Sixth, Sixth, mine, Boot, true },
                { Sixth, Closed(Sixth), mine, Boot, true },
                { Sixth, Sixth, mine, OtherBoot, false },
                { Sixth, Sixth, mine, null, false },
                { Sixth, Sixth, Record, Boot, false },
                { Sixth, Sixth, Record, null, false },
                { Sixth, Sixth, others, Boot, false },
                { Sixth, null, mine, Boot, false },
                { null, Sixth, mine, Boot, false },
                { null, null, mine, Boot, false },
                { Sixth, Seventh, mine, Boot, false },
                { Seventh, Sixth, mine, Boot, false },
                { Sixth, Sixth, null, Boot, false },
                { Closed(Sixth), Closed(Sixth), null, Boot, false },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Completeness))]
    public void A_copy_is_complete_by_its_closing_marker_or_as_the_active_servers_own_until_a_restart(
        PromotionMarker? northbound,
        PromotionMarker? southbound,
        PromotionRecord? latest,
        Guid? boot,
        bool isComplete
    ) =>
        Assert.Equal(
            isComplete,
            NextPromotion.IsComplete(new CopyPair(Known.Copy(northbound), Known.Copy(southbound)), latest, Known.Me, boot)
        );

    private static PromotionMarker Next(
        PromotionMarker? northbound,
        PromotionMarker? southbound,
        PromotionRecord? latest,
        bool active,
        long recorded = 0
    ) =>
        NextPromotion.For(
            new CopyPair(Known.Copy(northbound), Known.Copy(southbound)),
            latest,
            Known.Me,
            Known.At(5),
            Known.Stranger,
            active,
            recorded
        );

    private static PromotionRecord Closed(PromotionRecord record) => record with { Marker = Closed(record.Marker) };

    private static PromotionMarker Closed(PromotionMarker marker) => marker with { Closed = true };

    private static (long Number, Guid Id) Key(PromotionMarker marker) => (marker.Number, marker.Id);

    private static PromotionMarker? Numbered(long number) => number == 0 ? null : Known.Marker(number, Known.Seventh);
}
