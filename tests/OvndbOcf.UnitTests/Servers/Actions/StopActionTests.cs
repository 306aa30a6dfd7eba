using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Servers.Actions;
using Xunit;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>The order of the steps of a stop, what each interruption leaves behind, and what comes of each failure.</summary>
public sealed class StopActionTests
{
    [Fact(Timeout = 20000)]
    public async Task Nobody_counts_on_the_copies_any_more_before_the_servers_go()
    {
        using var stage = await PrepareAsync();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Stop));
        stage.Journal.AssertOrder("score deleted", "copy-ovndb is deleted", "northd stops", "NB stops", "SB stops");
        AssertStopped(stage);
    }

    [Fact(Timeout = 60000)]
    public async Task Wherever_it_is_killed_data_and_record_stay_and_the_next_stop_ends_it()
    {
        foreach (var call in await ActionStage.CallsOfAsync(PrepareAsync, Stop))
        {
            using var stage = await PrepareAsync();
            var (record, copies) = (stage.Cluster.Record!.ToString(), stage.Copies);
            await Assert.ThrowsAsync<KilledException>(() => stage.RunAsync(Stop, call));
            Assert.Equal((record, copies), (stage.Cluster.Record!.ToString(), stage.Copies));
            Assert.Equal(ActionResult.Success, await stage.RunAsync(Stop));
            AssertStopped(stage);
        }
    }

    [Theory(Timeout = 20000)]
    [InlineData("NB stops")]
    [InlineData("SB stops")]
    [InlineData("northd stops")]
    public async Task What_does_not_end_fails_the_stop_after_everything_else_has_ended(string call)
    {
        using var stage = await PrepareAsync();
        Assert.Equal(ActionResult.Error($"{call}: failed"), await stage.RunAsync(Stop, failing: call));
        Assert.Null(stage.Score);
        Assert.Equal(call == "NB stops", stage.Northbound.State != ServerState.NotRunning);
        Assert.Equal(call == "SB stops", stage.Southbound.State != ServerState.NotRunning);
        Assert.Equal(call == "northd stops", stage.IsNorthdRunning);
    }

    [Theory(Timeout = 20000)]
    [InlineData("score deleted")]
    [InlineData("copy-ovndb is deleted")]
    public async Task A_cluster_that_does_not_answer_does_not_keep_servers_from_ending(string call)
    {
        using var stage = await PrepareAsync();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Stop, failing: call));
        Assert.All(stage.Databases, database => Assert.Equal(ServerState.NotRunning, database.State));
    }

    [Fact(Timeout = 20000)]
    public async Task A_backup_whose_source_lives_on_is_outdated_from_then_on_until_it_has_caught_up()
    {
        using var stage = Following();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Stop));
        stage.Journal.AssertOrder("192.0.2.2:16641 is tried", "NB tells its marker", "NB stops");
        stage.Journal.AssertOrder("192.0.2.2:16642 is tried", "SB tells its marker", "SB stops");
        Assert.Equal(CopyState.Outdated, CopyEvaluator.Evaluate(stage.Copies, stage.Knowledge, ActionStage.Me));

        // Alone again, with what the configuration was then.
        Assert.Equal(ActionResult.Success, await stage.RunAsync(actions => actions.StartAsync()));
        Assert.Equal(PromotionScores.Forbidden, stage.Score);
        Assert.StartsWith("not promoted: data is missing", (await stage.RunAsync(Promote)).Reason, StringComparison.Ordinal);

        foreach (var database in stage.Databases)
        {
            (database.State, database.Source) = (ServerState.Replicating, "tcp:192.0.2.2:16641");
        }

        Assert.Equal(ActionResult.Success, await stage.RunAsync(actions => actions.StartAsync()));
        Assert.Equal(CopyState.Current, CopyEvaluator.Evaluate(stage.Copies, stage.Knowledge, ActionStage.Me));
        Assert.Equal(PromotionScores.Backup, stage.Score);
    }

    [Fact(Timeout = 20000)]
    public async Task A_backup_whose_source_is_gone_may_be_the_best_there_is()
    {
        using var stage = Following();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Stop, failing: ["192.0.2.2:16641 is tried", "192.0.2.2:16642 is tried"]));
        Assert.Equal(CopyState.Current, CopyEvaluator.Evaluate(stage.Copies, stage.Knowledge, ActionStage.Me));
    }

    [Fact(Timeout = 20000)]
    public async Task A_backup_that_has_the_end_of_the_promotion_is_complete()
    {
        using var stage = Following();
        var closed = ActionStage.Seven with { Marker = ActionStage.Seven.Marker with { Closed = true } };
        stage.Cluster.Record = closed;
        foreach (var database in stage.Databases)
        {
            database.Marker = closed.Marker;
        }

        Assert.Equal(ActionResult.Success, await stage.RunAsync(Stop));
        Assert.Equal(CopyState.Complete, CopyEvaluator.Evaluate(stage.Copies, stage.Knowledge, ActionStage.Me));
    }

    [Fact(Timeout = 20000)]
    public async Task A_note_that_cannot_be_written_is_told_and_keeps_no_server_from_ending()
    {
        using var stage = Following();
        foreach (var database in (OvnDatabase[])[OvnDatabase.Northbound, OvnDatabase.Southbound])
        {
            Directory.CreateDirectory(stage.FileOf(database) + ".promotion");
        }

        Assert.Equal(ActionResult.Success, await stage.RunAsync(Stop));
        Assert.All(stage.Databases, database => Assert.Equal(ServerState.NotRunning, database.State));
        Assert.Contains("NB: ", stage.Messages, StringComparison.Ordinal);
        Assert.Contains(" cannot be written, so that only the cluster's record tells", stage.Messages, StringComparison.Ordinal);
    }

    private static ActionStage Following()
    {
        var stage = ActionStage.OfBackups();
        stage.Northbound.SourceEnd = new IPEndPoint(IPAddress.Parse("192.0.2.2"), 16641);
        stage.Southbound.SourceEnd = new IPEndPoint(IPAddress.Parse("192.0.2.2"), 16642);
        return stage;
    }

    private static Task<ActionResult> Promote(OcfActions actions) => actions.PromoteAsync();

    private static void AssertStopped(ActionStage stage)
    {
        Assert.All(stage.Databases, database => Assert.Equal(ServerState.NotRunning, database.State));
        Assert.False(stage.IsNorthdRunning);
        Assert.Null(stage.Score);
        Assert.Empty(stage.Cluster.Attributes["copy-ovndb"]);
    }

    // It has published what it is, as a monitor does.
    private static async Task<ActionStage> PrepareAsync()
    {
        var stage = await ActionStage.OfPromotedAsync();
        stage.WithMeta("notify_type", "post").WithMeta("notify_operation", "start").WithMeta("notify_promoted_uname", ActionStage.Me);
        Assert.Equal(ActionResult.Success, await stage.RunAsync(actions => actions.NotifyAsync()));
        Assert.StartsWith(PublishedCopy.Promoted, stage.Cluster.Attributes["copy-ovndb"][ActionStage.Me], StringComparison.Ordinal);
        return stage;
    }

    private static Task<ActionResult> Stop(OcfActions actions) => actions.StopAsync();
}
