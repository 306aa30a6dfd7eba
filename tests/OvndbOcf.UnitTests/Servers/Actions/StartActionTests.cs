using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Actions;
using Xunit;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>The order of the steps of a start, what each interruption leaves behind, and what comes of each failure.</summary>
public sealed class StartActionTests
{
    [Fact(Timeout = 20000)]
    public async Task Beside_an_active_peer_the_score_goes_and_the_peer_is_told_before_the_copy_is_replaced()
    {
        using var stage = Stopped().WithMeta("notify_promoted_uname", "ctl-2");
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Start));
        foreach (var database in (string[])["NB", "SB"])
        {
            stage.Journal.AssertOrder("northd stops", $"{database} starts", "score deleted", $"{database} follows");
            stage.Journal.AssertOrder($"{database} starts", "copy-ovndb says Following", $"{database} follows");
        }
    }

    [Fact(Timeout = 20000)]
    public async Task Alone_it_scores_once_both_run_and_waits_until_the_scheduler_knows()
    {
        using var stage = Stopped();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Start));
        stage.Journal.AssertOrder("NB starts", "SB starts", "score 5", "score is read");
        Assert.Equal(PromotionScores.Backup, stage.Score);
        Assert.All(stage.Databases, database => Assert.Equal(ServerState.Disconnected, database.State));
    }

    [Fact(Timeout = 60000)]
    public async Task Wherever_it_is_killed_no_copy_that_is_being_replaced_has_a_score()
    {
        foreach (var call in await ActionStage.CallsOfAsync(Prepare, Start))
        {
            using var stage = await Prepare();
            await Assert.ThrowsAsync<KilledException>(() => stage.RunAsync(Start, call));
            if (stage.Databases.Any(database => database.State == ServerState.Replicating))
            {
                Assert.True(stage.Score is null, call);
                Assert.StartsWith("Following ", stage.Cluster.Attributes["copy-ovndb"][ActionStage.Me], StringComparison.Ordinal);
            }

            Assert.All(stage.Databases, database => Assert.NotEqual(ServerState.Active, database.State));
            Assert.Equal(ActionResult.Success, await stage.RunAsync(Start));
            Assert.All(stage.Databases, database => Assert.Equal(ServerState.Replicating, database.State));
        }
    }

    [Fact(Timeout = 60000)]
    public async Task Wherever_it_is_killed_rows_of_a_server_that_nobody_promoted_are_saved_or_known_to_be_unsaved()
    {
        foreach (var call in await ActionStage.CallsOfAsync(PrepareActive, Start))
        {
            using var stage = await PrepareActive();
            await Assert.ThrowsAsync<KilledException>(() => stage.RunAsync(Start, call));
            Assert.True(
                stage.Northbound.State == ServerState.Active || stage.UnsavedOf(OvnDatabase.Northbound).Exists || IsSetAside(stage),
                $"{call}: {stage.Northbound.State}"
            );
            Assert.True(stage.Northbound.State != ServerState.Replicating || IsSetAside(stage), call);
            Assert.Equal(ActionResult.Success, await stage.RunAsync(Start));
            Assert.True(IsSetAside(stage), $"{call}, again");
        }
    }

    [Theory(Timeout = 20000)]
    [InlineData("NB starts")]
    [InlineData("SB starts")]
    [InlineData("northd stops")]
    public async Task What_does_not_start_or_goes_on_writing_fails_and_leaves_no_score(string call)
    {
        using var stage = Stopped();
        stage.Cluster.Scores[ActionStage.Me] = PromotionScores.Backup;
        Assert.Equal(ActionResult.Error($"{call}: failed"), await stage.RunAsync(Start, failing: call));
        Assert.Null(stage.Score);
    }

    [Fact(Timeout = 20000)]
    public async Task A_backup_that_cannot_follow_yet_is_no_failure_and_has_no_score()
    {
        using var stage = await Prepare();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Start, failing: "NB follows"));
        Assert.Contains("NB follows: failed", stage.Messages, StringComparison.Ordinal);
        Assert.Null(stage.Score);
    }

    [Fact(Timeout = 20000)]
    public async Task What_cannot_be_measured_must_not_be_promoted()
    {
        using var stage = Stopped();
        Assert.Equal(OcfExitCode.Success, (await stage.RunAsync(Start, failing: "configuration is read")).Code);
        Assert.Equal(PromotionScores.Forbidden, stage.Score);
    }

    [Theory(Timeout = 20000)]
    [InlineData("score 5")]
    [InlineData("copy-ovndb says Current")]
    [InlineData("threshold is read")]
    [InlineData("deployments are read")]
    public async Task A_cluster_that_does_not_answer_does_not_keep_servers_from_starting(string call)
    {
        using var stage = Stopped();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Start, failing: call));
        Assert.All(stage.Databases, database => Assert.Equal(ServerState.Disconnected, database.State));
    }

    private static bool IsSetAside(ActionStage stage) => Directory.EnumerateFiles(stage.Folder.Path, "ovnnb_db.db.aside-*").Any();

    private static ActionStage Stopped()
    {
        var stage = ActionStage.OfBackups();
        foreach (var database in stage.Databases)
        {
            (database.State, database.Source) = (ServerState.NotRunning, null);
        }

        stage.Cluster.Scores.Clear();
        return stage;
    }

    private static Task<ActionStage> Prepare()
    {
        var stage = Stopped().WithMeta("notify_promoted_uname", "ctl-2");
        stage.Cluster.Scores[ActionStage.Me] = PromotionScores.Backup;
        return Task.FromResult(stage);
    }

    private static async Task<ActionStage> PrepareActive()
    {
        var stage = await Prepare();
        stage.Northbound.State = ServerState.Active;
        return stage;
    }

    private static Task<ActionResult> Start(OcfActions actions) => actions.StartAsync();
}
