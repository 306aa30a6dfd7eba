using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Actions;
using Xunit;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>The order of a planned retirement's steps, what each interruption leaves behind, and what comes of each failure.</summary>
public sealed class DemoteActionTests
{
    [Fact(Timeout = 20000)]
    public async Task Who_writes_is_gone_before_the_closing_marker_and_the_record_is_closed_last()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Demote));
        foreach (var database in (string[])["NB", "SB"])
        {
            stage.Journal.AssertOrder("northd stops", $"{database} takes marker 8 closed", $"{database} follows nobody", "record 8 closed");
        }

        Assert.All(stage.Databases, database => Assert.Equal(stage.Cluster.Record!.Marker, database.Marker));
        Assert.Equal(PromotionScores.Active, stage.Score);
    }

    [Fact(Timeout = 20000)]
    public async Task Clients_go_before_the_closing_marker_and_backups_stay_until_the_server_is_one_itself()
    {
        Assert.SkipWhen(ActionStage.Own is null, "this machine has no address but that of loopback");
        using var stage = await ActionStage.OfPromotedAsync();
        await stage.RunAsync(Demote);
        stage.Journal.AssertOrder(
            "NB leaves ptcp:16641:10.0.0.9",
            "NB takes marker 8 closed",
            "NB follows nobody",
            $"NB leaves ptcp:16641:{ActionStage.Own}"
        );
        stage.Journal.AssertOrder(
            "SB leaves ptcp:16642:10.0.0.9",
            "SB takes marker 8 closed",
            "SB follows nobody",
            $"SB leaves ptcp:16642:{ActionStage.Own}"
        );
    }

    [Fact(Timeout = 60000)]
    public async Task Wherever_it_is_killed_the_record_is_closed_only_over_data_that_nothing_was_added_to()
    {
        var calls = await ActionStage.CallsOfAsync(ActionStage.OfPromotedAsync, Demote);
        Assert.Contains("record 8 closed", calls);
        foreach (var call in calls)
        {
            using var stage = await ActionStage.OfPromotedAsync();
            await Assert.ThrowsAsync<KilledException>(() => stage.RunAsync(Demote, call));
            AssertSafe(stage, call);
            AssertThatTheMonitorKnows(stage, call);
            var (received, mayWrite) = (stage.Copies, stage.Databases.Any(database => database.State == ServerState.Active));
            Assert.Equal(ActionResult.Success, await stage.RunAsync(Demote));

            // A backup that was cut off when the action was killed lacks what clients may have written until the next one.
            Assert.False(mayWrite && NextPromotion.IsComplete(received, stage.Cluster.Record, "ctl-2", null), call);
            AssertSafe(stage, $"{call}, again");
            Assert.All(stage.Databases, database => Assert.Equal(ServerState.Disconnected, database.State));
        }
    }

    [Fact(Timeout = 60000)]
    public async Task Wherever_it_is_killed_a_promotion_here_loses_nothing_and_no_other_copy_passes_for_whole_after_it()
    {
        foreach (var call in await ActionStage.CallsOfAsync(ActionStage.OfPromotedAsync, Demote))
        {
            using var stage = await ActionStage.OfPromotedAsync();
            await Assert.ThrowsAsync<KilledException>(() => stage.RunAsync(Demote, call));
            var received = stage.Copies;
            Assert.Equal(ActionResult.Success, await stage.RunAsync(actions => actions.PromoteAsync()));
            var record = stage.Cluster.Record!;
            Assert.Equal(ActionStage.Me, record.Marker.Node);
            Assert.False(record.Marker.Closed, call);
            Assert.All(stage.Databases, database => Assert.Equal(record.Marker, database.Marker));

            // What was cut off from it in the meantime has a closing marker perhaps, but no record that says the same.
            Assert.False(NextPromotion.IsComplete(received, record, "ctl-2", null), call);
        }
    }

    [Fact(Timeout = 20000)]
    public async Task A_row_behind_the_closing_marker_leaves_the_record_open_and_the_others_are_told()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        stage.Northbound.HasLateWrite = true;
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Demote));
        Assert.False(stage.Cluster.Record!.Marker.Closed);
        Assert.Contains("NB: rows were written after the closing marker", stage.Messages, StringComparison.Ordinal);
        stage.Journal.AssertOrder("NB follows nobody", "copy-ovndb says LastActive");
        AssertSafe(stage, "late write");
    }

    [Theory(Timeout = 20000)]
    [InlineData("NB takes marker 8 closed")]
    [InlineData("SB takes marker 8 closed")]
    [InlineData("record 8 closed")]
    public async Task What_cannot_be_closed_is_given_up_all_the_same_and_stays_open_on_record(string call)
    {
        using var stage = await ActionStage.OfPromotedAsync();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Demote, failing: call));
        Assert.False(stage.Cluster.Record!.Marker.Closed);
        Assert.All(stage.Databases, database => Assert.Equal(ServerState.Disconnected, database.State));
        AssertSafe(stage, call);
    }

    [Theory(Timeout = 20000)]
    [InlineData("NB follows nobody")]
    [InlineData("SB follows nobody")]
    [InlineData("northd stops")]
    public async Task What_stays_active_or_goes_on_writing_fails_the_demotion_and_takes_the_score(string call)
    {
        using var stage = await ActionStage.OfPromotedAsync();
        Assert.Equal(ActionResult.Error($"demotion failed: {call}: failed"), await stage.RunAsync(Demote, failing: call));
        Assert.Null(stage.Score);
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_that_stays_active_keeps_the_record_open()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        await stage.RunAsync(Demote, failing: "NB follows nobody");
        Assert.Equal(ServerState.Active, stage.Northbound.State);
        Assert.False(stage.Cluster.Record!.Marker.Closed);
    }

    [Fact(Timeout = 20000)]
    public async Task A_record_that_cannot_be_read_is_not_closed()
    {
        using var stage = await ActionStage.OfPromotedAsync();
        Assert.Equal(OcfExitCode.Success, (await stage.RunAsync(Demote, failing: "configuration is read")).Code);
        Assert.DoesNotContain(stage.Journal.Calls, call => call.EndsWith("closed", StringComparison.Ordinal));
        Assert.All(stage.Databases, database => Assert.Equal(ServerState.Disconnected, database.State));
    }

    [Theory(Timeout = 20000)]
    [InlineData("ctl-1", "NB stops")]
    [InlineData("ctl-2", "NB starts")]
    public async Task A_server_that_died_is_replaced_by_a_backup_unless_a_stop_follows(string stopping, string expected)
    {
        using var stage = (await ActionStage.OfPromotedAsync()).WithMeta("notify_stop_uname", stopping);
        stage.Northbound.State = ServerState.NotRunning;
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Demote));
        Assert.Contains(expected, stage.Journal.Calls);
        Assert.Equal(ServerState.Disconnected, stage.Southbound.State);
        Assert.False(stage.Cluster.Record!.Marker.Closed);
    }

    private static void AssertSafe(ActionStage stage, string call)
    {
        var record = stage.Cluster.Record!;
        if (record.Marker.Closed)
        {
            Assert.True(stage.Copies.AreClosedBy(record.Marker), $"{call}: the data says the same as the record");
            Assert.All(stage.Databases, database => Assert.NotEqual(ServerState.Active, database.State));
        }

        // A backup that has received all of this.
        Assert.True(
            NextPromotion.IsComplete(stage.Copies, record, "ctl-2", null) == record.Marker.Closed,
            $"{call}: a closing marker counts if the record has it, too"
        );
        var verdict = PromotionVerdict.For(new Candidacy(stage.Copies, stage.Knowledge, ActionStage.Me));
        Assert.True(verdict is { IsPromotable: true, Copy: CopyState.LastActive }, $"{call}: this node has everything ({verdict})");
    }

    // Where it stays promoted because the action was killed.
    private static void AssertThatTheMonitorKnows(ActionStage stage, string call)
    {
        if (stage.Databases.All(database => database.State == ServerState.Active))
        {
            var upkeep = PromotionUpkeep.Decide(
                new UpkeepView(stage.Copies, stage.Knowledge, null, ActionStage.Me, OtherIsPromoted: false, TimeSpan.Zero)
            );
            Assert.True(
                upkeep.Step == (stage.Databases.Any(database => database.Marker!.Closed) ? UpkeepStep.PromoteAgain : UpkeepStep.Nothing),
                $"{call}: what was closed is not opened again ({upkeep})"
            );
        }
    }

    private static Task<ActionResult> Demote(OcfActions actions) => actions.DemoteAsync();
}
