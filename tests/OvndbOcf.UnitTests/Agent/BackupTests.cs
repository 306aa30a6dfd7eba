using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

/// <summary>What an unpromoted instance tells of its copies.</summary>
[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class BackupTests : IAsyncDisposable
{
    private const string Outdated =
        "data is missing in NB and SB: the copy holds promotion 6, the latest is 7 on ctl-2; start ctl-2, or accept the loss: attrd_updater -n allow-outdated-ovndb -U 7 -N ctl-1";
    private const string Facts = $"promotion=7 id={CopyRun.Id} nb=- sb=- of={CopyRun.Id}";

    private static readonly string Promotion6 = CopyRun.Promotion7.Replace("7 3f", "6 4f", StringComparison.Ordinal);
    private static readonly string FactsOf6 = Facts.Replace("=7 id=3f", "=6 id=4f", StringComparison.Ordinal);
    private static readonly string WordsOf6 = FactsOf6[..FactsOf6.IndexOf(" of=", StringComparison.Ordinal)];

    private const string Words = "backup, not connected, promotion 7";

    private readonly CopyRun _run = new();

    private AgentRun Agent => _run.Agent;

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private List<string> Told() =>
        [.. Agent.Folder.Calls.Where(call => call.StartsWith("attrd_updater|--name|ovndb-copy", StringComparison.Ordinal))];

    [Fact(Timeout = 20000)]
    public async Task A_new_database_in_a_new_cluster_may_be_promoted()
    {
        _run.WithServers(null);
        Assert.Equal(new AgentResult(0, "", ""), await Agent.RunAsync("monitor"));
        Assert.Equal(
            [
                CopyRun.Asked("copy-ovndb"),
                CopyRun.Published("New promotion=0 id=- nb=- sb=- of=-"),
                CopyRun.ScoreSet(1),
                CopyRun.Told("backup, not connected, new"),
                AgentRun.RecordRead,
            ],
            Agent.Calls
        );
    }

    [Fact(Timeout = 20000)]
    public async Task A_copy_with_the_latest_promotion_is_a_good_one()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7);
        Assert.Equal(new AgentResult(0, "", ""), await Agent.RunAsync("monitor"));
        Assert.Equal(
            [
                CopyRun.Asked("copy-ovndb"),
                CopyRun.Published("Current " + Facts),
                CopyRun.ScoreSet(5),
                CopyRun.Told(Words),
                AgentRun.RecordRead,
            ],
            Agent.Calls
        );
    }

    [Fact(Timeout = 20000)]
    public async Task What_is_published_already_is_not_published_again()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7).WithPublished("Current " + Facts);
        Assert.Equal(new AgentResult(0, "", ""), await Agent.RunAsync("monitor"));
        Assert.Equal([CopyRun.Asked("copy-ovndb"), CopyRun.ScoreSet(5), CopyRun.Told(Words), AgentRun.RecordRead], Agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task What_people_were_told_is_told_again_only_when_it_is_another_or_the_attribute_daemon_has_lost_it()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7, score: "5").WithPublished("Current " + Facts);
        for (var i = 0; i < 3; i++)
        {
            await Agent.RunAsync("monitor");
        }

        Assert.Single(Told(), CopyRun.Told(Words));

        // An answer without this node: the daemon has been started again.
        _run.WithAttribute("other", "");
        await Agent.RunAsync("monitor");
        Assert.Equal([CopyRun.Told(Words), CopyRun.Told(Words)], Told());

        _run.WithRecord(CopyRun.Record7.Replace("7 3f", "8 5f", StringComparison.Ordinal)).WithPublished("Current " + Facts);
        await Agent.RunAsync("monitor");
        Assert.StartsWith("attrd_updater|--name|ovndb-copy|--update-both|Outdated ", Told()[^1], StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task What_is_published_by_mistake_is_corrected()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7).WithPublished("Current " + FactsOf6);
        await Agent.RunAsync("monitor");
        Assert.Single(Agent.Calls, CopyRun.Published("Current " + Facts));
    }

    [Fact(Timeout = 20000)]
    public async Task A_score_that_the_scheduler_knows_is_not_set_again()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7, score: "5").WithPublished("Current " + Facts);
        Assert.Equal(new AgentResult(0, "", ""), await Agent.RunAsync("monitor"));
        Assert.Equal([CopyRun.Asked("copy-ovndb"), CopyRun.Told(Words), AgentRun.RecordRead], Agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task A_score_that_was_set_and_still_differs_has_all_attributes_written_again()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7, score: "1").WithPublished("Current " + Facts);
        await Agent.RunAsync("monitor");
        Assert.DoesNotContain(CopyRun.Rewritten, Agent.Calls);
        await Agent.RunAsync("monitor");
        Assert.Equal(
            [CopyRun.ScoreSet(5), CopyRun.ScoreSet(5), CopyRun.Rewritten],
            Agent.Folder.Calls.Where(call =>
                call.StartsWith("attrd_updater|--name|master-", StringComparison.Ordinal) || call == CopyRun.Rewritten
            )
        );
    }

    [Fact(Timeout = 20000)]
    public async Task A_copy_that_ends_before_the_latest_promotion_has_no_score_and_says_what_to_do()
    {
        _run.WithServers(Promotion6).WithRecord(CopyRun.Record7);
        var result = await Agent.RunAsync("monitor");
        Assert.Equal((0, "", null), (result.Code, result.Output, result.Reason));
        Assert.EndsWith("WARNING: " + Outdated, Assert.Single(result.Messages), StringComparison.Ordinal);
        Assert.Equal(
            [
                CopyRun.Asked("allow-outdated-ovndb"),
                CopyRun.Asked("copy-ovndb"),
                CopyRun.Published($"Outdated {FactsOf6}"),
                CopyRun.ScoreForbidden,
                CopyRun.Told($"Outdated {WordsOf6} {Outdated}"),
                AgentRun.RecordRead,
            ],
            Agent.Calls
        );
    }

    [Theory(Timeout = 20000)]
    [InlineData("7", true)]
    [InlineData("6", false)]
    [InlineData("8", false)]
    [InlineData("07", false)]
    [InlineData("yes", false)]
    public async Task A_person_may_allow_it_for_the_promotion_that_was_seen(string value, bool allowed)
    {
        _run.WithServers(Promotion6).WithRecord(CopyRun.Record7).WithAttribute("allow-outdated-ovndb", value);
        var result = await Agent.RunAsync("monitor");
        Assert.Equal(0, result.Code);
        Assert.Contains(allowed ? CopyRun.ScoreSet(1) : CopyRun.ScoreForbidden, Agent.Calls);
        Assert.Equal(allowed, result.Error.Contains("an operator allowed this copy to be promoted", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task So_may_the_policy_without_asking()
    {
        _run.WithServers(Promotion6).WithRecord(CopyRun.Record7);
        Assert.Equal(0, (await Agent.With("outdated_copies", "allow").RunAsync("monitor")).Code);
        Assert.Contains(CopyRun.ScoreSet(1), Agent.Calls);
        Assert.DoesNotContain(CopyRun.Asked("allow-outdated-ovndb"), Agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task Where_the_clusters_record_cannot_be_read_no_score_changes()
    {
        _run.WithServers(CopyRun.Promotion7);
        Agent.Folder.RecordingScript("cibadmin", "exit 102");
        var result = await Agent.RunAsync("monitor");
        Assert.Equal((0, null), (result.Code, result.Reason));
        Assert.EndsWith(
            "WARNING: the cluster's configuration cannot be read; check pacemaker-based",
            Assert.Single(result.Messages),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            Agent.Calls,
            call => call.StartsWith("attrd_updater", StringComparison.Ordinal) && !call.EndsWith("--all", StringComparison.Ordinal)
        );
    }

    [Fact(Timeout = 20000)]
    public async Task Run_by_hand_there_is_no_record_to_read()
    {
        _run.WithServers(null);
        Agent.Folder.RecordingScript("cibadmin", "exit 102");
        Assert.Equal(new AgentResult(0, "", ""), await Agent.WithVariable("OCF_RESKEY_crm_feature_set", "").RunAsync("monitor"));
        Assert.Contains(CopyRun.ScoreSet(1), Agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task Before_a_promotion_a_score_that_was_lost_is_set_again()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7);
        Agent.WithMeta("notify_type", "pre").WithMeta("notify_operation", "promote").WithMeta("notify_promote_uname", "ctl-3");
        Assert.Equal(new AgentResult(0, "", ""), await Agent.RunAsync("notify"));
        Assert.Single(Agent.Calls, CopyRun.ScoreSet(5));
    }

    [Fact(Timeout = 20000)]
    public async Task Before_a_promotion_a_copy_that_must_not_be_promoted_gets_no_score()
    {
        _run.WithServers(Promotion6).WithRecord(CopyRun.Record7);
        Agent.WithMeta("notify_type", "pre").WithMeta("notify_operation", "promote").WithMeta("notify_promote_uname", "ctl-3");
        Assert.Equal(0, (await Agent.RunAsync("notify")).Code);
        Assert.DoesNotContain(Agent.Calls, call => call.StartsWith("attrd_updater|--name|master-", StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task Before_a_promotion_it_says_privately_what_it_has()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7, score: "5");
        var change = new DateTime(2026, 11, 23, 18, 5, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(Agent.Folder.Write("ovnnb_db.db", ""), change);
        File.SetLastWriteTimeUtc(Agent.Folder.Write("ovnsb_db.db", ""), change.AddMilliseconds(1));
        Agent.WithMeta("notify_type", "pre").WithMeta("notify_operation", "promote").WithMeta("notify_promote_uname", "ctl-3");
        Assert.Equal(new AgentResult(0, "", ""), await Agent.RunAsync("notify"));
        Assert.Equal(
            [$"attrd_updater|--name|claim-ovndb|--update|Current promotable 7 - {CopyRun.Id}|--node|ctl-1|--private", AgentRun.RecordRead],
            Agent.Calls
        );
    }

    [Fact(Timeout = 20000)]
    public async Task A_server_that_takes_writes_though_nobody_promoted_it_is_isolated_and_its_file_set_aside()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7);
        var result = await IsolateAsync("rows", minute: 5);
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.StartsWith("NB and SB took writes without being promoted", result.Reason, StringComparison.Ordinal);
        Assert.Contains(AgentRun.ScoreDeleted, Agent.Calls);
        Assert.Equal("rows", await SetAsideAsync("ovnnb_db.db.aside-ctl-1-p7-20261123T180500000Z"));
        Assert.Equal("rows", await SetAsideAsync("ovnsb_db.db.aside-ctl-1-p7-20261123T180500000Z"));
    }

    /// <summary>Pacemaker would take "promoted" from a probe for the truth, and demote the node that is.</summary>
    [Fact(Timeout = 20000)]
    public async Task A_probe_that_finds_it_isolates_it_too()
    {
        _run.WithServers(CopyRun.Promotion7).WithRecord(CopyRun.Record7);
        Agent.WithMeta("interval", "0").WithMeta("role", "");
        var result = await IsolateAsync("rows", minute: 5);
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.StartsWith("NB and SB took writes without being promoted", result.Reason, StringComparison.Ordinal);
        Assert.Contains(AgentRun.ScoreDeleted, Agent.Calls);
        Assert.Equal("rows", await SetAsideAsync("ovnnb_db.db.aside-ctl-1-p7-20261123T180500000Z"));
    }

    [Theory(Timeout = 20000)]
    [InlineData("7 3f2c1d60-0000-4000-8000-000000000007 ctl-1 2026-11-23T18:00:00Z open nb=7.3.0 sb=7.3.0")]
    [InlineData(null)]
    public async Task A_probe_takes_the_servers_of_the_last_promotion_and_those_of_a_time_before_for_promoted(string? record)
    {
        _run.WithServers(CopyRun.Promotion7).Status = "state: active\n";
        if (record is not null)
        {
            _run.WithRecord(record, lastActive: "ctl-1");
        }

        Agent.WithMeta("interval", "0").WithMeta("role", "");
        Assert.Equal(8, (await Agent.RunAsync("monitor")).Code);
    }

    [Fact(Timeout = 20000)]
    public async Task What_cannot_be_read_of_it_is_set_aside_each_time_it_changed()
    {
        _run.WithUnreadableServers();
        await IsolateAsync("first", minute: 5);
        File.Delete(Agent.Folder["calls"]);
        await IsolateAsync("second", minute: 6);
        Assert.Equal("first", await SetAsideAsync("ovnnb_db.db.aside-ctl-1-p0-20261123T180500000Z"));
        Assert.Equal("second", await SetAsideAsync("ovnnb_db.db.aside-ctl-1-p0-20261123T180600000Z"));
    }

    private Task<string> SetAsideAsync(string name) => File.ReadAllTextAsync(Agent.Folder[name], TestContext.Current.CancellationToken);

    /// <summary>A monitor that finds both servers active, with those rows in their files.</summary>
    private async Task<AgentResult> IsolateAsync(string rows, int minute)
    {
        _run.Status = "state: active\n";
        foreach (var name in (string[])["ovnnb_db.db", "ovnsb_db.db"])
        {
            File.SetLastWriteTimeUtc(Agent.Folder.Write(name, rows), new DateTime(2026, 11, 23, 18, minute, 0, DateTimeKind.Utc));
        }

        Agent.With("ovn_ctl", Agent.Folder.RecordingScript("ovn-ctl", "exec sleep 0.3"));
        var running = Agent.RunAsync("monitor");
        await Poll.UntilAsync("both servers to be demoted", IsDemotion, TestContext.Current.CancellationToken);
        return await running;

        // One after the other: each says that it is a backup once ovn-ctl was called for it.
        bool IsDemotion()
        {
            var demotions = Agent.Calls.Count(call => call.StartsWith("ovn-ctl|demote_", StringComparison.Ordinal));
            _run.Status = demotions > 0 ? "state: backup\nconnecting: tcp:192.0.2.254:6641\n" : "state: active\n";
            return demotions == 2;
        }
    }
}
