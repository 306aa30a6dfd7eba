using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Actions;
using Xunit;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>The order of a promotion's steps, what each interruption leaves behind, and what comes of each failure.</summary>
public sealed class PromoteActionTests
{
    private static readonly CopyPair OfOthers = new(Holding(ActionStage.Seven.Marker), Holding(ActionStage.Seven.Marker));

    [Fact(Timeout = 20000)]
    public async Task The_data_tells_of_a_promotion_before_the_record_does_and_the_score_comes_last()
    {
        using var stage = ActionStage.OfBackups();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Promote));
        foreach (var database in (string[])["NB", "SB"])
        {
            stage.Journal.AssertOrder(
                "configuration is read",
                $"{database} becomes active",
                $"{database} takes marker 8 open",
                $"{database} takes its rows",
                "record 8 open",
                "score 10",
                "northd starts"
            );
        }

        Assert.True(stage.IsNorthdRunning);
        Assert.All(stage.Databases, database => Assert.Equal(stage.Cluster.Record!.Marker, database.Marker));
        Assert.Equal((8, ActionStage.Me, ActionStage.Seven.Marker.Id), Essence(stage.Cluster.Record!));
    }

    [Fact(Timeout = 20000)]
    public async Task Backups_get_in_once_the_data_has_marker_and_rows()
    {
        Assert.SkipWhen(ActionStage.Own is null, "this machine has no address but that of loopback");
        using var stage = ActionStage.OfBackups();
        await stage.RunAsync(Promote);
        stage.Journal.AssertOrder("NB takes marker 8 open", "NB takes its rows", $"NB listens on ptcp:16641:{ActionStage.Own}");
        stage.Journal.AssertOrder("SB takes marker 8 open", "SB takes its rows", $"SB listens on ptcp:16642:{ActionStage.Own}");
    }

    [Fact(Timeout = 20000)]
    public async Task A_promotion_that_is_asked_for_again_is_the_same_one()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        var record = stage.Cluster.Record;
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Promote));
        Assert.Equal(record!.ToString(), stage.Cluster.Record!.ToString());
    }

    [Fact(Timeout = 60000)]
    public async Task Wherever_it_is_killed_no_data_is_taken_for_what_it_is_not()
    {
        var calls = await ActionStage.CallsOfAsync(Prepare, Promote);
        Assert.Contains("record 8 open", calls);
        foreach (var call in calls)
        {
            using var stage = ActionStage.OfBackups();
            await Assert.ThrowsAsync<KilledException>(() => stage.RunAsync(Promote, call));
            AssertSafe(stage, call);
        }
    }

    [Fact(Timeout = 60000)]
    public async Task Wherever_it_is_killed_the_next_promote_goes_on_with_that_promotion()
    {
        foreach (var call in await ActionStage.CallsOfAsync(Prepare, Promote))
        {
            using var stage = ActionStage.OfBackups();
            await Assert.ThrowsAsync<KilledException>(() => stage.RunAsync(Promote, call));
            var (marked, isMarked) = (stage.Northbound.Marker!, stage.Databases.All(IsMarked));
            Assert.Equal(ActionResult.Success, await stage.RunAsync(Promote));
            var record = stage.Cluster.Record!;
            Assert.True(record.Marker.Number == 8, $"killed before {call}: {record}");
            Assert.All(stage.Databases, database => Assert.Equal((ServerState.Active, record.Marker), (database.State, database.Marker)));
            Assert.Equal(PromotionScores.Active, stage.Score);
            if (isMarked)
            {
                Assert.Equal(marked, record.Marker);
            }
        }
    }

    [Fact(Timeout = 60000)]
    public async Task Wherever_it_is_killed_the_monitor_of_active_servers_mends_the_record()
    {
        foreach (var call in await ActionStage.CallsOfAsync(Prepare, Promote))
        {
            using var stage = ActionStage.OfBackups();
            await Assert.ThrowsAsync<KilledException>(() => stage.RunAsync(Promote, call));
            if (!stage.Databases.All(database => database.State == ServerState.Active && IsMarked(database)))
            {
                continue;
            }

            var upkeep = PromotionUpkeep.Decide(
                new UpkeepView(stage.Copies, stage.Knowledge, null, ActionStage.Me, OtherIsPromoted: false, TimeSpan.Zero)
            );
            Assert.Equal(stage.Cluster.Record!.Marker.Number == 8 ? UpkeepStep.Nothing : UpkeepStep.WriteRecord, upkeep.Step);
        }
    }

    [Theory(Timeout = 20000)]
    [InlineData("NB becomes active")]
    [InlineData("SB becomes active")]
    [InlineData("NB takes marker 8 open")]
    [InlineData("SB takes marker 8 open")]
    [InlineData("NB takes its rows")]
    [InlineData("SB takes its rows")]
    public async Task A_server_that_fails_ends_the_promotion_before_the_cluster_hears_of_it(string call)
    {
        using var stage = ActionStage.OfBackups();
        var result = await stage.RunAsync(Promote, failing: call);
        Assert.Equal(ActionResult.Error($"promotion failed: {call}: failed"), result);
        Assert.Null(stage.Score);
        Assert.Equal(ActionStage.Seven.ToString(), stage.Cluster.Record!.ToString());
        Assert.DoesNotContain("northd starts", stage.Journal.Calls);
        AssertSafe(stage, call);
    }

    [Fact(Timeout = 20000)]
    public async Task A_record_that_the_cluster_does_not_take_fails_the_promotion_and_gives_another_node_its_turn()
    {
        using var stage = ActionStage.OfBackups();
        var result = await stage.RunAsync(Promote, failing: "record 8 open");
        Assert.Equal(OcfExitCode.GenericError, result.Code);
        Assert.StartsWith(
            "promotion failed: the cluster did not store the record of promotion 8 (",
            result.Reason,
            StringComparison.Ordinal
        );
        Assert.Null(stage.Score);
        AssertSafe(stage, "record 8 open");
    }

    [Theory(Timeout = 20000)]
    [InlineData("northd starts", "promoted without ovn-northd: northd starts: failed")]
    [InlineData("score 10", "the promotion score could not be written")]
    [InlineData("await-address is left behind", "cannot wait for the virtual address: no more processes")]
    public async Task What_the_next_monitor_can_do_as_well_does_not_fail_a_promotion(string call, string warning)
    {
        using var stage = ActionStage.OfBackups();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Promote, failing: call));
        Assert.Contains(warning, stage.Messages, StringComparison.Ordinal);
        Assert.Equal(8, stage.Cluster.Record!.Marker.Number);
    }

    [Theory(Timeout = 20000)]
    [InlineData("configuration is read")]
    [InlineData("claim-ovndb is read")]
    [InlineData("NB is read")]
    public async Task What_is_unknown_is_asked_for_again_and_then_nobody_is_promoted_and_no_score_changes(string call)
    {
        using var stage = ActionStage.OfBackups();
        var result = await stage.RunAsync(Promote, failing: call);
        Assert.Equal(OcfExitCode.GenericError, result.Code);
        Assert.StartsWith("not promoted: ", result.Reason, StringComparison.Ordinal);
        Assert.Equal(PromotionScores.Backup, stage.Score);
        Assert.InRange(stage.Clock.Waited, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(12));
        Assert.DoesNotContain(stage.Journal.Calls, made => made.EndsWith("becomes active", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task A_better_copy_elsewhere_has_its_turn_once_and_the_next_time_this_one_is_promoted()
    {
        using var stage = ActionStage.OfBackups();
        stage.Cluster.Attributes["claim-ovndb"] = new()
        {
            ["ctl-3"] = new NodeClaim("ctl-3", ActionStage.Seven.Marker.Id, CopyState.Complete, true, 7, null).ToString(),
        };
        var result = await stage.RunAsync(Promote);
        Assert.StartsWith("not promoted: ctl-3 has a better copy (Complete; Current here); ", result.Reason, StringComparison.Ordinal);
        Assert.Equal(PromotionScores.Least, stage.Score);
        Assert.DoesNotContain("NB becomes active", stage.Journal.Calls);
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Promote));
    }

    [Fact(Timeout = 20000)]
    public async Task After_a_planned_retirement_the_closing_marker_is_waited_for_a_moment()
    {
        using var stage = ActionStage.OfBackups();
        stage.Cluster.Record = ActionStage.Seven with { Marker = ActionStage.Seven.Marker with { Closed = true } };
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Promote));
        Assert.InRange(stage.Clock.Waited, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(4));
        Assert.False(stage.Cluster.Record!.Complete);
    }

    [Theory(Timeout = 20000)]
    [InlineData(ServerState.NotRunning, OcfExitCode.NotRunning, PromotionScores.Backup)]
    [InlineData(ServerState.Hung, OcfExitCode.GenericError, null)]
    public async Task Servers_that_cannot_be_promoted_are_left_alone(ServerState state, OcfExitCode code, int? score)
    {
        using var stage = ActionStage.OfBackups();
        (stage.Northbound.State, stage.Southbound.State) = (state, state);
        Assert.Equal(code, (await stage.RunAsync(Promote)).Code);
        Assert.Equal(score, stage.Score);
        Assert.DoesNotContain("configuration is read", stage.Journal.Calls);
    }

    private static void AssertSafe(ActionStage stage, string call)
    {
        var record = stage.Cluster.Record!;
        Assert.True(IsPromotable(stage.Copies, record, ActionStage.Me), $"{call}: this node may still be promoted");
        if (record.Marker.Number == 8)
        {
            Assert.All(stage.Databases, database => Assert.Equal(record.Marker, database.Marker));
            Assert.False(IsPromotable(OfOthers, record, "ctl-3"), $"{call}: who lacks what was written since may not be promoted");
            return;
        }

        Assert.True(IsPromotable(OfOthers, record, "ctl-3"), $"{call}: nothing was acknowledged that another copy lacks");
        var next = new PromotionRecord(
            NextPromotion.For(OfOthers, record, "ctl-3", DateTimeOffset.UnixEpoch, Guid.NewGuid(), isActive: false, recorded: 7)
        )
        {
            Previous = record.Marker.Id,
            Complete = true,
        };
        Assert.False(IsPromotable(stage.Copies, next, ActionStage.Me), $"{call}: this copy is behind once another one was promoted");
        foreach (var (kind, database) in new[] { (OvnDatabase.Northbound, stage.Northbound), (OvnDatabase.Southbound, stage.Southbound) })
        {
            // Even if a later action finds a backup, and knows nothing of its having been active.
            var step = ResyncSafety.Decide(
                stage.Copies.Of(kind),
                kind,
                next,
                ActionStage.Me,
                wasWritable: false,
                stage.NoteOf(kind).Read()
            );
            Assert.True(
                !database.WasActive || step == ResyncStep.SetAside,
                $"{call}: what {kind} took is saved before it follows ({step})"
            );
        }
    }

    private static bool IsPromotable(CopyPair copies, PromotionRecord record, string node) =>
        PromotionVerdict.For(new Candidacy(copies, new ClusterKnowledge(true, record, record.Marker.Node), node)).IsPromotable;

    private static bool IsMarked(DatabaseHere database) => database.Marker?.Number == 8;

    private static (long, string, Guid?) Essence(PromotionRecord record) => (record.Marker.Number, record.Marker.Node, record.Previous);

    private static DatabaseCopy Holding(PromotionMarker marker) => new(true, marker, HasContent: true, null, null);

    private static Task<ActionStage> Prepare() => Task.FromResult(ActionStage.OfBackups());

    private static Task<ActionResult> Promote(OcfActions actions) => actions.PromoteAsync();
}
