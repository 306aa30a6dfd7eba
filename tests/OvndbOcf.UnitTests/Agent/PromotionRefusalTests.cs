using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

/// <summary>What keeps a copy from being promoted at the last moment, and before it.</summary>
[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class PromotionRefusalTests : IAsyncDisposable
{
    private const string Facts = $"promotion=7 id={CopyRun.Id} nb=- sb=- of={CopyRun.Id}";

    private readonly CopyRun _run = new();

    private AgentRun Agent => _run.Agent;

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    [Theory(Timeout = 30000)]
    [InlineData("exit 102")]
    [InlineData("exec sleep 30")]
    public async Task While_the_cluster_does_not_tell_how_the_copies_compare_nobody_is_promoted(string answer)
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7);
        Agent.Folder.RecordingScript("attrd_updater", $"[ \"$3\" != --query ] || {answer}");
        var result = await Ask("4000").RunAsync("promote");
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.StartsWith("not promoted: pacemaker-attrd does not answer", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(Agent.Calls, IsChange);
    }

    [Fact(Timeout = 30000)]
    public async Task Nor_while_the_clusters_record_cannot_be_read_and_no_score_changes()
    {
        _run.WithServers(CopyRun.Promotion7);
        Agent.Folder.RecordingScript("cibadmin", "exit 102");
        var result = await Ask("4000").RunAsync("promote");
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Equal("not promoted: the cluster's configuration cannot be read; check pacemaker-based", result.Reason);
        Assert.DoesNotContain(Agent.Calls, IsChange);
    }

    [Theory(Timeout = 30000)]
    [InlineData($"Promoted {Facts}", true)]
    [InlineData(null, true)] // Nobody knows.
    [InlineData($"Current {Facts}", false)]
    public async Task By_hand_nobody_is_promoted_beside_another_promoted_instance(string? facts, bool isRefused)
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7);
        Agent.Folder.RecordingScript(
            "attrd_updater",
            facts is null ? "[ \"$3\" != --query ] || exit 102" : Answer("copy-ovndb", "ctl-2", facts)
        );
        Agent.With("ovn_ctl", Agent.Folder.RecordingScript("ovn-ctl", "exit 1"));
        var result = await Agent.WithMeta("timeout", "4000").RunAsync("promote");
        Assert.Equal(1, result.Code);
        Assert.Equal(
            isRefused,
            result.Reason!.StartsWith("ctl-2 is promoted, and Pacemaker did not ask for a promotion here", StringComparison.Ordinal)
        );
        Assert.Equal(isRefused, !Agent.Calls.Any(IsChange));
    }

    [Fact(Timeout = 20000)]
    public async Task A_chosen_copy_gives_way_before_the_promotion_to_one_that_is_known_to_be_better()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7, score: "5");
        Agent.Folder.RecordingScript("attrd_updater", Answer("copy-ovndb", "ctl-3", $"Complete {Facts}"));
        var result = await Ask("20000").WithMeta("notify_type", "pre").WithMeta("notify_operation", "promote").RunAsync("notify");
        Assert.Equal((0, null), (result.Code, result.Reason));
        Assert.Contains(
            "ctl-3 has a better copy, so this node gives way (Complete of promotion 7; Current of 7 here)",
            result.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(CopyRun.ScoreSet(1), Agent.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData($"Current {Facts}")]
    [InlineData($"Outdated {Facts}")]
    [InlineData("Complete promotion=7 id=- nb=- sb=- of=-")] // Measured by something else.
    [InlineData($"Promoted {Facts}")]
    public async Task It_does_not_give_way_to_one_that_is_not(string facts)
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7, score: "5");
        Agent.Folder.RecordingScript("attrd_updater", Answer("copy-ovndb", "ctl-3", facts));
        await Ask("20000").WithMeta("notify_type", "pre").WithMeta("notify_operation", "promote").RunAsync("notify");
        Assert.DoesNotContain(CopyRun.ScoreSet(1), Agent.Calls);
    }

    private static bool IsChange(string call) => call.StartsWith("attrd_updater|--name|master-", StringComparison.Ordinal);

    private static string Answer(string name, string host, string value) =>
        $"""
            [ "$2 $3" != '{name} --query' ] || echo 'name="{name}" host="{host}" value="{value}"'
            """;

    /// <summary>Pacemaker asks this node to be promoted.</summary>
    private AgentRun Ask(string timeout) =>
        Agent
            .With("ovn_ctl", Agent.Folder.RecordingScript("ovn-ctl", "exit 1"))
            .WithMeta("notify_promote_uname", "ctl-1")
            .WithMeta("timeout", timeout);
}
