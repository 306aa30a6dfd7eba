using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class MonitorTests : IDisposable
{
    private readonly AgentRun _agent = new();

    public void Dispose() => _agent.Dispose();

    [Theory(Timeout = 20000)]
    [InlineData("monitor")]
    [InlineData("status")]
    public async Task A_probe_of_an_empty_machine_finds_nothing_and_touches_nothing(string action)
    {
        Assert.Equal(new AgentResult(7, "", ""), await _agent.WithMeta("interval", "0").RunAsync(action));
        Assert.Empty(_agent.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task A_probe_where_OVN_was_never_installed_and_the_configuration_is_wrong_finds_nothing()
    {
        _agent
            .With("ovn_rundir", _agent.Folder["no/such/directory"])
            .With("master_ip", "")
            .With("nb_master_port", "0")
            .With("manage_northd", "maybe");
        Assert.Equal(new AgentResult(7, "", ""), await _agent.RunAsync("monitor"));
    }

    [Theory(Timeout = 20000)]
    [InlineData("Promoted", "NB and SB are not running, though both were active", false)]
    [InlineData("Unpromoted", "NB and SB are not running", true)]
    public async Task A_recurring_monitor_says_what_is_missing_and_only_a_backup_loses_its_score_at_once(
        string role,
        string reason,
        bool takesScore
    )
    {
        var result = await _agent.WithMeta("interval", "10000").WithMeta("role", role).RunAsync("monitor");
        Assert.Equal((7, ""), (result.Code, result.Output));
        Assert.StartsWith(reason, result.Reason, StringComparison.Ordinal);
        Assert.Equal(takesScore ? [AgentRun.ScoreDeleted] : [], _agent.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("Promoted", 9)]
    [InlineData("Unpromoted", 1)]
    public async Task A_server_stopped_by_a_signal_is_a_failure_that_is_named(string role, int code)
    {
        using var server = await FakeDaemon.StartAsync(_agent.Folder, "ovsdb-server", "--unixctl=" + _agent.Folder["ovnnb_db.ctl"]);
        await server.FreezeAsync(TestContext.Current.CancellationToken);
        var result = await _agent.WithMeta("interval", "10000").WithMeta("role", role).RunAsync("monitor");
        Assert.Equal((code, ""), (result.Code, result.Output));
        Assert.StartsWith(
            $"NB is hung (process {server.Snapshot.Id} is stopped by a signal), SB is not running",
            result.Reason,
            StringComparison.Ordinal
        );
    }

    [Fact(Timeout = 20000)]
    public async Task A_probe_that_finds_a_hung_server_assumes_the_worst()
    {
        using var server = await FakeDaemon.StartAsync(_agent.Folder, "ovsdb-server", "--unixctl=" + _agent.Folder["ovnsb_db.ctl"]);
        await server.FreezeAsync(TestContext.Current.CancellationToken);
        Assert.Equal(9, (await _agent.RunAsync("monitor")).Code);
    }

    [Fact(Timeout = 20000)]
    public async Task Debug_messages_do_not_go_to_stdout()
    {
        var result = await _agent
            .WithVariable("HA_debug", "1")
            .WithMeta("interval", "10000")
            .WithMeta("role", "Promoted")
            .RunAsync("monitor");
        Assert.Equal((7, ""), (result.Code, result.Output));
    }

    [Fact(Timeout = 20000)]
    public async Task A_cluster_that_does_not_answer_does_not_change_what_is_seen()
    {
        _agent.Folder.Script("attrd_updater", "exec sleep 30");
        _agent.WithMeta("timeout", "3000").WithMeta("interval", "10000").WithMeta("role", "Unpromoted");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = await _agent.RunAsync("monitor");
        Assert.Equal(7, result.Code);
        Assert.Contains("the promotion score could not be written", result.Error, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));
    }
}
