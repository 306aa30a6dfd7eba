using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class ValidationTests : IDisposable
{
    private readonly AgentRun _agent = new();

    public void Dispose() => _agent.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_good_configuration_is_valid()
    {
        Assert.Equal(new AgentResult(0, "", ""), await WithOvnCtl().With("replicate_from", "master_ip").RunAsync("validate-all"));
        Assert.Equal(
            [
                "cibadmin|--query|--xpath|//primitive[@type='ovndb-servers'] | //node_state[@uname='ctl-1']//lrm_resource[@type='ovndb-servers']",
            ],
            _agent.Calls
        );
    }

    [Fact(Timeout = 20000)]
    public async Task A_node_without_an_address_of_its_own_is_told_what_does_not_hold()
    {
        var result = await WithOvnCtl().With("master_ip", "203.0.113.9").RunAsync("validate-all");
        Assert.Equal((0, null), (result.Code, result.Reason));
        Assert.Contains("WARNING: this node has no own address", Assert.Single(result.Messages), StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_network_in_which_the_node_has_no_address_is_a_mistake_here()
    {
        var result = await WithOvnCtl().With("replication_network", "203.0.113.0/24").RunAsync("validate-all");
        Assert.Equal(2, result.Code);
        Assert.StartsWith("replication_network: this node has no own address in 203.0.113.0/24", result.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task Every_mistake_is_printed_and_all_are_in_one_reason()
    {
        _agent
            .With("master_ip", "10.0.0.9/24")
            .With("nb_master_port", "70000")
            .With("sb_master_port", "0")
            .With("nb_master_protocol", "udp")
            .With("sb_master_protocol", "ssl")
            .With("ovn_sb_db_privkey", _agent.Folder["no-key"])
            .With("manage_northd", "maybe")
            .WithMeta("clone_max", "3")
            .WithMeta("promoted_max", "2");
        var result = await _agent.RunAsync("validate-all");
        Assert.Equal((6, ""), (result.Code, result.Output));
        string[] wrong =
        [
            "master_ip",
            "nb_master_port",
            "sb_master_port",
            "nb_master_protocol",
            "manage_northd",
            "promoted-max",
            "notify",
            "ovn_ctl",
            "ovn_sb_db_privkey",
            "ovn_sb_db_cert",
            "ovn_sb_db_cacert",
        ];
        Assert.All(wrong, name => Assert.Single(result.Messages, line => line.Contains($" ERROR: {name}: ", StringComparison.Ordinal)));
        Assert.All(wrong, name => Assert.Contains($"{name}: ", result.Reason, StringComparison.Ordinal));
    }

    [Fact(Timeout = 20000)]
    public async Task A_missing_ovn_ctl_is_not_installed()
    {
        var result = await _agent.RunAsync("validate-all");
        Assert.Equal(5, result.Code);
        Assert.Contains($"{_agent.Folder["no-ovn-ctl"]} does not exist on this node", result.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task Missing_TLS_files_are_wrong_on_this_node()
    {
        WithOvnCtl()
            .With("nb_master_protocol", "ssl")
            .With("ovn_nb_db_privkey", _agent.Folder["no-key"])
            .With("ovn_nb_db_cert", _agent.Folder.Path)
            .With("ovn_nb_db_cacert", _agent.Folder.Write("ca", ""));
        var result = await _agent.RunAsync("validate-all");
        Assert.Equal(2, result.Code);
        Assert.Contains("ovn_nb_db_privkey: ", result.Reason, StringComparison.Ordinal);
        Assert.Contains("ovn_nb_db_cert: ", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("cacert", result.Reason, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_clone_without_notifications_is_wrong_everywhere()
    {
        var result = await WithOvnCtl().WithMeta("clone_max", "3").WithMeta("promoted_max", "1").RunAsync("validate-all");
        Assert.Equal(6, result.Code);
        Assert.EndsWith("set the clone's meta attribute notify=true", result.Reason, StringComparison.Ordinal);
    }

    [Theory(Timeout = 20000)]
    [InlineData("inactive_probe_interval")]
    [InlineData("inactive_probe_interval_to_master")]
    public async Task Switched_off_probes_are_warned_about(string parameter)
    {
        var result = await WithOvnCtl().With("replicate_from", "master_ip").With(parameter, "0").RunAsync("validate-all");
        Assert.Equal((0, null), (result.Code, result.Reason));
        Assert.Contains($"WARNING: {parameter} is 0", Assert.Single(result.Messages), StringComparison.Ordinal);
    }

    [Theory(Timeout = 20000)]
    [InlineData("echo another agent", "is another agent than")]
    [InlineData(null, "leads to no file")]
    public async Task What_is_in_the_agents_place_instead_of_it_is_warned_about(string? other, string warning)
    {
        File.Delete(_agent.Place);
        File.CreateSymbolicLink(_agent.Place, other is null ? _agent.Folder["nothing"] : _agent.Folder.Script("other", other));
        var result = await WithOvnCtl().With("replicate_from", "master_ip").RunAsync("validate-all");
        Assert.Equal((0, null), (result.Code, result.Reason));
        Assert.Contains($"WARNING: {_agent.Place} {warning}", Assert.Single(result.Messages), StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_copy_of_the_agent_in_its_place_is_this_agent()
    {
        File.Delete(_agent.Place);
        File.Copy(AgentRun.Executable, _agent.Place);
        Assert.Equal(new AgentResult(0, "", ""), await WithOvnCtl().With("replicate_from", "master_ip").RunAsync("validate-all"));
    }

    [Fact(Timeout = 20000)]
    public async Task A_value_cannot_forge_an_exit_reason()
    {
        var result = await WithOvnCtl().With("nb_master_port", "1\nocf-exit-reason:forged").RunAsync("validate-all");
        Assert.Equal(6, result.Code);
        Assert.StartsWith("nb_master_port: '1 ocf-exit-reason:forged' is not a TCP port", result.Reason, StringComparison.Ordinal);
    }

    private AgentRun WithOvnCtl() => _agent.With("ovn_ctl", _agent.Folder.Script("ovn-ctl", "exit 1"));
}
