using System.Xml.XPath;
using OvndbOcf.Servers;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.UnitTests.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

public sealed class AgentDescriptionTests
{
    [Fact]
    public void The_document_lists_every_parameter_described()
    {
        var agent = MetaDataTests.Parse(AgentDescription.Definition);
        Assert.Equal("ovndb-servers", agent.Attribute("name")!.Value);
        var parameters = agent.XPathSelectElements("parameters/parameter").ToList();
        Assert.Equal(
            ParameterTable.All.Select(parameter => parameter.Name),
            parameters.Select(parameter => parameter.Attribute("name")!.Value)
        );
        Assert.All(
            parameters,
            parameter =>
            {
                Assert.NotEmpty(parameter.Element("longdesc")!.Value);
                Assert.NotEmpty(parameter.Element("shortdesc")!.Value);
            }
        );
    }

    [Fact]
    public void Only_what_can_change_without_a_restart_is_reloadable() =>
        Assert.Equal(
            [
                "inactive_probe_interval",
                "inactive_probe_interval_to_master",
                "manage_northd",
                "max_open_files",
                "outdated_copies",
                "ovn_ctl",
                "report_degraded",
                "set_aside_count",
            ],
            ParameterTable.All.Where(parameter => parameter.Reloadable).Select(parameter => parameter.Name).Order()
        );

    [Fact]
    public void Two_resources_differ_in_each_of_their_ports_and_in_the_directories_that_only_one_can_use() =>
        Assert.Equal(
            ["nb_master_port", "ovn_dbdir", "ovn_rundir", "ovn_sysconfdir", "sb_master_port"],
            ParameterTable
                .All.Where(parameter => parameter.UniqueGroup is not null)
                .GroupBy(parameter => parameter.UniqueGroup)
                .Select(group => Assert.Single(group).Name)
                .Order()
        );

    [Fact]
    public void Only_the_address_is_required() =>
        Assert.Equal("master_ip", Assert.Single(ParameterTable.All, parameter => parameter.Required).Name);

    [Theory]
    [InlineData("start", "30s")]
    [InlineData("stop", "20s")]
    [InlineData("promote", "50s")]
    [InlineData("demote", "50s")]
    [InlineData("notify", "20s")]
    [InlineData("monitor", "20s")]
    [InlineData("reload-agent", "20s")]
    [InlineData("meta-data", "5s")]
    [InlineData("validate-all", "20s")]
    public void Every_action_has_the_advised_timeout(string name, string timeout)
    {
        var actions = MetaDataTests.Parse(AgentDescription.Definition).XPathSelectElements($"actions/action[@name='{name}']").ToList();
        Assert.NotEmpty(actions);
        Assert.All(actions, action => Assert.Equal(timeout, action.Attribute("timeout")!.Value));
    }

    [Fact]
    public void Promoted_and_unpromoted_monitors_have_different_intervals()
    {
        var monitors = MetaDataTests.Parse(AgentDescription.Definition).XPathSelectElements("actions/action[@name='monitor']").ToList();
        Assert.Equal(["Promoted", "Unpromoted"], monitors.Select(action => action.Attribute("role")!.Value).Order());
        Assert.Equal(2, monitors.Select(action => action.Attribute("interval")!.Value).Distinct().Count());
    }
}
