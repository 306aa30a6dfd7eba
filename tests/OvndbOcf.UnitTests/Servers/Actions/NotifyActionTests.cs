using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Actions;
using Xunit;

namespace OvndbOcf.UnitTests.Servers.Actions;

/// <summary>What a node does before and after a promotion, in which order, what each interruption leaves behind, and what comes of each failure.</summary>
public sealed class NotifyActionTests
{
    private static readonly PromotionRecord Eight = ActionStage.Record(8, "ctl-2") with { Previous = ActionStage.Seven.Marker.Id };

    [Fact(Timeout = 20000)]
    public async Task Before_a_promotion_a_node_says_what_its_copies_are_and_changes_nothing_else()
    {
        using var stage = BeforePromotionOf("ctl-3");
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Notify));
        stage.Journal.AssertOrder("servers are looked at", "NB is read", "SB is read", "claim-ovndb says Current");
        Assert.Equal(PromotionScores.Backup, stage.Score);
        var claim = NodeClaim.Parse(ActionStage.Me, stage.Cluster.Attributes["claim-ovndb"][ActionStage.Me]);
        Assert.True(claim is { IsPromotable: true, Number: 7 }, $"{claim}");
    }

    [Theory(Timeout = 20000)]
    [InlineData("configuration is read")]
    [InlineData("NB is read")]
    [InlineData("SB is read")]
    public async Task What_is_unknown_is_not_claimed(string call)
    {
        using var stage = BeforePromotionOf("ctl-1");
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Notify, failing: call));
        Assert.DoesNotContain("claim-ovndb", stage.Cluster.Attributes.Keys);
        Assert.Equal(PromotionScores.Backup, stage.Score);
    }

    [Fact(Timeout = 20000)]
    public async Task A_chosen_node_gives_way_to_a_better_copy_once_and_the_scheduler_knows_before_the_end()
    {
        using var stage = BeforePromotionOf("ctl-1");
        PublishBetter(stage);
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Notify));
        stage.Journal.AssertOrder("claim-ovndb says Current", "score 1", "score is read");
        Assert.Equal(PromotionScores.Least, stage.Score);
        await stage.RunAsync(Notify);
        Assert.DoesNotContain("score 1", stage.Journal.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task A_scheduler_that_does_not_learn_of_the_score_is_waited_for_a_second()
    {
        using var stage = BeforePromotionOf("ctl-1");
        PublishBetter(stage);
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Notify, failing: "score 1"));
        Assert.InRange(stage.Clock.Waited, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1));
    }

    [Fact(Timeout = 20000)]
    public async Task A_lost_score_is_set_again_before_a_promotion()
    {
        using var stage = BeforePromotionOf("ctl-3");
        stage.Cluster.Scores.Clear();
        await stage.RunAsync(Notify);
        Assert.Equal(PromotionScores.Backup, stage.Score);
    }

    [Fact(Timeout = 20000)]
    public async Task After_a_promotion_elsewhere_a_file_is_saved_while_its_server_follows_nobody()
    {
        using var stage = AfterPromotionElsewhere();
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Notify));
        stage.Journal.AssertOrder("northd stops", "NB follows nobody", "NB follows");
        stage.Journal.AssertOrder("northd stops", "SB follows nobody", "SB follows");
        Assert.True(AreSetAside(stage));
    }

    [Fact(Timeout = 20000)]
    public async Task A_copy_that_the_promoted_one_had_all_of_follows_at_once()
    {
        using var stage = AfterPromotionElsewhere();
        stage.Cluster.Record = Eight with { Complete = true };
        Assert.Equal(ActionResult.Success, await stage.RunAsync(Notify));
        Assert.All(stage.Databases, database => Assert.Equal(ServerState.Replicating, database.State));
        Assert.False(AreSetAside(stage));
    }

    [Fact(Timeout = 60000)]
    public async Task Wherever_it_is_killed_no_copy_is_replaced_before_it_was_saved()
    {
        foreach (var call in await ActionStage.CallsOfAsync(() => Task.FromResult(AfterPromotionElsewhere()), Notify))
        {
            using var stage = AfterPromotionElsewhere();
            var before = stage.Northbound.Source;
            await Assert.ThrowsAsync<KilledException>(() => stage.RunAsync(Notify, call));
            var isNew = stage.Northbound.State == ServerState.Replicating && stage.Northbound.Source != before;
            Assert.True(!isNew || IsSetAside(stage, OvnDatabase.Northbound), call);
            Assert.Equal(ActionResult.Success, await stage.RunAsync(Notify));
            Assert.True(AreSetAside(stage), $"{call}, again");
        }
    }

    [Fact(Timeout = 20000)]
    public async Task An_active_server_is_not_pointed_at_the_promoted_one()
    {
        using var stage = AfterPromotionElsewhere();
        stage.Northbound.State = ServerState.Active;
        var result = await stage.RunAsync(Notify);
        Assert.Equal(OcfExitCode.GenericError, result.Code);
        Assert.StartsWith("NB is not a backup that answers (", result.Reason, StringComparison.Ordinal);
        Assert.Equal(ServerState.Active, stage.Northbound.State);
        Assert.Contains("SB follows", stage.Journal.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("NB follows nobody", false)]
    [InlineData("NB follows", true)]
    [InlineData("northd stops", true)]
    public async Task What_fails_is_told_and_the_rest_is_done(string call, bool follows)
    {
        using var stage = AfterPromotionElsewhere();
        Assert.Equal(ActionResult.Error($"{call}: failed"), await stage.RunAsync(Notify, failing: call));
        Assert.Equal(follows, stage.Journal.Calls.Contains("NB follows"));
        Assert.Equal(ServerState.Replicating, stage.Southbound.State);
    }

    private static bool AreSetAside(ActionStage stage) =>
        IsSetAside(stage, OvnDatabase.Northbound) && IsSetAside(stage, OvnDatabase.Southbound);

    private static bool IsSetAside(ActionStage stage, OvnDatabase database) =>
        Directory.EnumerateFiles(stage.Folder.Path, Path.GetFileName(stage.FileOf(database)) + ".aside-*").Any();

    private static void PublishBetter(ActionStage stage) =>
        stage.Cluster.Attributes["copy-ovndb"] = new()
        {
            ["ctl-3"] = new PublishedCopy(
                nameof(CopyState.Complete),
                new PublishedLink(ActionStage.Seven.Marker.Id, null),
                7,
                string.Empty,
                ActionStage.Seven.Marker.Id
            ).Facts,
        };

    private static ActionStage BeforePromotionOf(string node) =>
        ActionStage
            .OfBackups()
            .WithMeta("notify_type", "pre")
            .WithMeta("notify_operation", "promote")
            .WithMeta("notify_promote_uname", node);

    private static ActionStage AfterPromotionElsewhere()
    {
        var stage = ActionStage
            .OfBackups()
            .WithMeta("notify_type", "post")
            .WithMeta("notify_operation", "promote")
            .WithMeta("notify_promote_uname", "ctl-2");
        stage.Cluster.Record = Eight;
        return stage;
    }

    private static Task<ActionResult> Notify(OcfActions actions) => actions.NotifyAsync();
}
