using System.Diagnostics;
using OvndbOcf.Linux;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class LifecycleTests : IDisposable
{
    private readonly AgentRun _agent = new();

    public void Dispose() => _agent.Dispose();

    [Fact(Timeout = 20000)]
    public async Task Stop_succeeds_where_nothing_runs_whatever_the_configuration_says()
    {
        _agent.With("master_ip", "nonsense").With("nb_master_port", "0").With("manage_northd", "maybe").With("ovn_ctl", "relative");
        var result = await _agent.RunAsync("stop");
        Assert.Equal((0, "", null), (result.Code, result.Output, result.Reason));
        Assert.Equal([AgentRun.ScoreDeleted], _agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task Stop_ends_servers_that_ignore_it_and_servers_that_cannot_react()
    {
        using var stubborn = await StartServerAsync("nb", ignoresTerm: true);
        using var frozen = await StartServerAsync("sb");
        await frozen.FreezeAsync(TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        var result = await _agent.With("master_ip", "").RunAsync("stop");
        Assert.Equal((0, "", null), (result.Code, result.Output, result.Reason));
        Assert.False(ProcessTable.IsAlive(stubborn.Snapshot));
        Assert.False(ProcessTable.IsAlive(frozen.Snapshot));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact(Timeout = 20000)]
    public async Task Stop_keeps_within_its_time_where_both_ovn_ctl_and_the_cluster_hang()
    {
        _agent.Folder.Script("attrd_updater", "exec sleep 30");
        using var server = await StartServerAsync("nb", ignoresTerm: true);
        var clock = Stopwatch.StartNew();
        var result = await _agent
            .With("ovn_ctl", _agent.Folder.Script("ovn-ctl", "exec sleep 30"))
            .WithMeta("timeout", "5000")
            .RunAsync("stop");
        Assert.Equal(0, result.Code);
        Assert.False(ProcessTable.IsAlive(server.Snapshot));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact(Timeout = 20000)]
    public async Task Start_without_ovn_ctl_is_not_installed()
    {
        var result = await _agent.RunAsync("start");
        Assert.Equal((5, ""), (result.Code, result.Output));
        Assert.StartsWith("ovn_ctl: ", result.Reason, StringComparison.Ordinal);
        Assert.Empty(_agent.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("start")]
    [InlineData("promote")]
    public async Task What_prevents_a_start_is_told_and_what_does_not_is_logged(string action)
    {
        _agent
            .With("ovn_ctl", _agent.Folder.RecordingScript("ovn-ctl", "exit 1"))
            .With("master_ip", "localhost")
            .With("inactive_probe_interval", "5s");
        var result = await _agent.RunAsync(action);
        Assert.Equal(6, result.Code);
        Assert.StartsWith("master_ip: 'localhost' is not an IP address", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("inactive_probe_interval", result.Reason, StringComparison.Ordinal);
        Assert.Contains("ERROR: inactive_probe_interval: '5s'", result.Error, StringComparison.Ordinal);
        Assert.Empty(_agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task A_start_that_fails_says_why_for_each_database_and_takes_the_score_away()
    {
        _agent.With("ovn_ctl", _agent.Folder.RecordingScript("ovn-ctl", "echo \"ovsdb-tool: error in ${1:6:2}\" >&2; exit 1"));
        var result = await _agent.RunAsync("start");
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("NB did not start: ovsdb-tool: error in nb", result.Reason, StringComparison.Ordinal);
        Assert.Contains("SB did not start: ovsdb-tool: error in sb", result.Reason, StringComparison.Ordinal);
        Assert.Contains(AgentRun.ScoreDeleted, _agent.Calls);
        Assert.Equal(2, _agent.Calls.Count(call => call.StartsWith("ovn-ctl|start_", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 20000)]
    public async Task What_does_not_run_cannot_be_promoted()
    {
        _agent.With("ovn_ctl", _agent.Folder.RecordingScript("ovn-ctl", "exit 1"));
        var result = await _agent.RunAsync("promote");
        Assert.Equal((7, ""), (result.Code, result.Output));
        Assert.Equal("NB and SB are not running, so nothing can be promoted here; see their logs", result.Reason);
        Assert.Empty(_agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task What_does_not_run_and_is_about_to_be_stopped_counts_as_demoted()
    {
        _agent.With("ovn_ctl", _agent.Folder.RecordingScript("ovn-ctl", "exit 1")).WithMeta("notify_stop_uname", "ctl-10 ctl-1");
        var result = await _agent.RunAsync("demote");
        Assert.Equal((0, "", null), (result.Code, result.Output, result.Reason));
        Assert.Equal([AgentRun.RecordRead], _agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task What_does_not_run_and_is_to_stay_is_started_as_a_backup_by_demote()
    {
        _agent.With("ovn_ctl", _agent.Folder.RecordingScript("ovn-ctl", "exit 1")).WithMeta("notify_stop_uname", "ctl-10");
        var result = await _agent.RunAsync("demote");
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.StartsWith("demotion failed: NB did not start", result.Reason, StringComparison.Ordinal);
        Assert.Equal(2, _agent.Calls.Count(call => call.StartsWith("ovn-ctl|start_", StringComparison.Ordinal)));
        Assert.Contains(AgentRun.ScoreDeleted, _agent.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("pre", "promote", "ctl-2")]
    [InlineData("post", "start", "ctl-2")]
    [InlineData("post", "demote", "ctl-2")]
    [InlineData("post", "promote", "ctl-1")]
    [InlineData("post", "promote", " ")]
    [InlineData("post", "stop", "ctl-2")]
    public async Task A_notification_that_concerns_nobody_here_does_nothing(string type, string operation, string promoting)
    {
        _agent.WithMeta("notify_type", type).WithMeta("notify_operation", operation).WithMeta("notify_promote_uname", promoting);
        Assert.Equal(new AgentResult(0, "", ""), await _agent.RunAsync("notify"));
        Assert.Empty(_agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task After_a_promotion_elsewhere_a_dead_backup_is_told_of_and_left_alone()
    {
        _agent.With("ovn_ctl", _agent.Folder.RecordingScript("ovn-ctl", "exit 1"));
        _agent.WithMeta("notify_type", "post").WithMeta("notify_operation", "promote").WithMeta("notify_promote_uname", "ctl-10");
        var result = await _agent.RunAsync("notify");
        Assert.Equal((1, ""), (result.Code, result.Output));
        Assert.Contains("NB is not a backup that answers (is not running) and follows nobody yet", result.Reason, StringComparison.Ordinal);
        Assert.Equal([AgentRun.RecordRead], _agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task Reload_reports_a_wrong_value_and_restarts_nothing_for_it()
    {
        var result = await _agent.With("inactive_probe_interval", "often").RunAsync("reload-agent");
        Assert.Equal((0, "", null), (result.Code, result.Output, result.Reason));
        Assert.Contains("ERROR: inactive_probe_interval: 'often' is not an interval", result.Error, StringComparison.Ordinal);
    }

    private async Task<FakeDaemon> StartServerAsync(string prefix, bool ignoresTerm = false)
    {
        var server = await FakeDaemon.StartAsync(
            _agent.Folder,
            "ovsdb-server",
            $"--unixctl={_agent.Folder[$"ovn{prefix}_db.ctl"]}",
            ignoresTerm
        );
        _agent.Folder.Write($"ovn{prefix}_db.pid", $"{server.Snapshot.Id}\n");
        return server;
    }
}
