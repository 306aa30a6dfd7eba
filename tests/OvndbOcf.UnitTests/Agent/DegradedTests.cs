using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class DegradedTests : IDisposable
{
    private const string CutOff = "state: backup\nconnecting: tcp:10.0.0.9:6641\n";
    private const string Reason = "NB is a backup without connection to tcp:10.0.0.9:6641";

    private readonly AgentRun _agent = new AgentRun().WithMeta("interval", "10000").WithMeta("role", "Unpromoted");

    private string Record => _agent.Folder["ovndb-servers-ovndb.disconnected"];

    public void Dispose() => _agent.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_backup_that_is_cut_off_for_long_runs_to_Pacemaker_and_is_warned_about()
    {
        var result = await MonitorAsync(longAgo: true);
        Assert.Equal((0, null), (result.Code, result.Reason));
        Assert.Contains("WARNING: " + Reason, result.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task On_request_it_is_degraded_to_Pacemaker()
    {
        _agent.With("report_degraded", "yes");
        var result = await MonitorAsync(longAgo: true);
        Assert.Equal(190, result.Code);
        Assert.StartsWith(Reason, result.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_backup_that_has_just_been_cut_off_is_not_spoken_of()
    {
        _agent.With("report_degraded", "yes");
        Assert.Equal(new AgentResult(0, "", ""), await MonitorAsync(longAgo: false));
        Assert.True(File.Exists(Record));
    }

    private async Task<AgentResult> MonitorAsync(bool longAgo)
    {
        if (longAgo)
        {
            await File.WriteAllTextAsync(Record, "1", TestContext.Current.CancellationToken);
        }

        await using var northbound = FakeDatabase.Controlled(
            _agent.Folder["ovnnb_db.ctl"],
            () => CutOff,
            TestContext.Current.CancellationToken
        );
        await using var southbound = FakeDatabase.Controlled(
            _agent.Folder["ovnsb_db.ctl"],
            () => CutOff,
            TestContext.Current.CancellationToken
        );
        await using var northboundData = FakeDatabase.Holding(_agent.Folder["ovnnb_db.sock"], null, TestContext.Current.CancellationToken);
        await using var southboundData = FakeDatabase.Holding(_agent.Folder["ovnsb_db.sock"], null, TestContext.Current.CancellationToken);
        return await _agent.RunAsync("monitor");
    }
}
