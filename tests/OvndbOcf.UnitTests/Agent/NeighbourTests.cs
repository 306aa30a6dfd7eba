using OvndbOcf.Linux;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

/// <summary>Servers in this resource's directory that belong to another resource of this agent.</summary>
[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class NeighbourTests : IDisposable
{
    private readonly AgentRun _agent = new();

    private string Note => _agent.Folder[$"ovndb-servers-{_agent.Folder.Path.Replace('/', '_')}.owner"];

    public void Dispose() => _agent.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_probe_does_not_take_them_for_its_own()
    {
        using var server = await StartAsync("other", isConfigured: true);
        var result = await _agent.WithMeta("interval", "0").RunAsync("monitor");
        Assert.Equal((7, null), (result.Code, result.Reason));
    }

    [Fact(Timeout = 20000)]
    public async Task A_stop_leaves_them_alone()
    {
        using var server = await StartAsync("other", isConfigured: true);
        var result = await _agent.RunAsync("stop");
        Assert.Equal((0, null), (result.Code, result.Reason));
        Assert.True(ProcessTable.IsAlive(server.Snapshot));
        Assert.Contains("belong to resource other and are left alone", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("other\n", await File.ReadAllTextAsync(Note, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_start_is_refused_and_names_the_other()
    {
        using var server = await StartAsync("other", isConfigured: true);
        var result = await _agent.With("ovn_ctl", _agent.Folder.RecordingScript("ovn-ctl", "exit 1")).RunAsync("start");
        Assert.Equal(6, result.Code);
        Assert.Contains(
            "belong to resource other; give this resource its own directories and ports",
            result.Reason,
            StringComparison.Ordinal
        );
        Assert.True(ProcessTable.IsAlive(server.Snapshot));
        Assert.DoesNotContain(_agent.Calls, call => call.StartsWith("ovn-ctl", StringComparison.Ordinal));
    }

    [Theory(Timeout = 20000)]
    [InlineData("ovndb", true)]
    [InlineData("gone", false)]
    [InlineData("", false)]
    public async Task Its_own_and_those_of_nobody_are_stopped(string owner, bool isConfigured)
    {
        using var server = await StartAsync(owner, isConfigured);
        Assert.Equal(0, (await _agent.RunAsync("stop")).Code);
        Assert.False(ProcessTable.IsAlive(server.Snapshot));
    }

    [Fact(Timeout = 20000)]
    public async Task Validation_refuses_an_overlap_where_the_resource_is_named()
    {
        Configure("other", "ovndb");
        var result = await ValidateAsync("ovndb");
        Assert.Equal(6, result.Code);
        Assert.Contains(
            "resource other has the same ovn_rundir, ovn_dbdir, ovn_sysconfdir, nb_master_port, sb_master_port",
            result.Error,
            StringComparison.Ordinal
        );
    }

    /// <summary>crm_resource calls it test, whether it is a resource before a change, after it, or a new one.</summary>
    [Theory(Timeout = 20000)]
    [InlineData("6641")]
    [InlineData("6651")]
    public async Task Validation_does_not_take_a_resource_that_is_not_named_for_a_second_one(string port)
    {
        Configure("ovndb");
        _agent.With("nb_master_port", port);
        var result = await ValidateAsync("test");
        Assert.Equal(0, result.Code);
        Assert.DoesNotContain("has the same", result.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task Validation_tells_an_overlap_with_a_second_resource_where_the_first_may_be_its_own()
    {
        Configure("other", "ovndb");
        var result = await ValidateAsync("test");
        Assert.Equal(0, result.Code);
        Assert.Single(result.Error.Split('\n'), line => line.Contains("WARNING: ovn_rundir: resource", StringComparison.Ordinal));
    }

    private Task<AgentResult> ValidateAsync(string name) =>
        _agent
            .With("ovn_ctl", _agent.Folder.RecordingScript("ovn-ctl"))
            .WithVariable("OCF_RESOURCE_INSTANCE", name)
            .RunAsync("validate-all");

    private async Task<FakeDaemon> StartAsync(string owner, bool isConfigured)
    {
        var server = await FakeDaemon.StartAsync(_agent.Folder, "ovsdb-server", $"--unixctl={_agent.Folder["ovnnb_db.ctl"]}");
        _agent.Folder.Write("ovnnb_db.pid", $"{server.Snapshot.Id}\n");
        if (owner.Length > 0)
        {
            await File.WriteAllTextAsync(Note, $"{owner}\n{server.Snapshot.Id}:{server.Snapshot.StartTicks}\n");
        }

        Configure(isConfigured ? [owner] : []);
        return server;
    }

    private void Configure(params string[] resources)
    {
        var primitives = string.Concat(
            resources.Select(resource =>
                $"<primitive id=\"{resource}\" type=\"ovndb-servers\"><instance_attributes id=\"i\"><nvpair id=\"r\" name=\"ovn_rundir\" value=\"{_agent.Folder.Path}\"/>"
                + $"<nvpair id=\"d\" name=\"ovn_dbdir\" value=\"{_agent.Folder.Path}\"/><nvpair id=\"s\" name=\"ovn_sysconfdir\" value=\"{_agent.Folder.Path}\"/></instance_attributes></primitive>"
            )
        );
        _agent.Folder.RecordingScript(
            "cibadmin",
            $"""
            case "$*" in *primitive*) echo '<xpath-query>{primitives}</xpath-query>';; *--query*) exit 105;; esac
            """
        );
    }
}
