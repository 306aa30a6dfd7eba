using System.Xml.XPath;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ocf;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class UsageTests : IDisposable
{
    private static readonly string[] Actions =
    [
        "start",
        "stop",
        "monitor",
        "status",
        "promote",
        "demote",
        "notify",
        "reload-agent",
        "validate-all",
        "meta-data",
        "usage",
        "help",
    ];

    private readonly AgentRun _agent = new();

    public void Dispose() => _agent.Dispose();

    [Fact(Timeout = 20000)]
    public async Task Without_an_action_it_says_how_it_is_used()
    {
        var result = await _agent.RunAsync();
        Assert.Equal((3, ""), (result.Code, result.Output));
        Assert.Contains("which action?", result.Error, StringComparison.Ordinal);
        Assert.Contains("usage: ovndb-servers ACTION", result.Error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 20000)]
    [InlineData("frobnicate")]
    [InlineData("Start")]
    [InlineData("")]
    [InlineData("migrate_to")]
    [InlineData("--no-such-option")]
    [InlineData("@/etc/passwd")]
    public async Task An_unknown_action_is_not_implemented(string action)
    {
        var result = await _agent.RunAsync(action);
        Assert.Equal((3, ""), (result.Code, result.Output));
        Assert.StartsWith($"ovndb-servers: there is no action '{action}'\nusage: ", result.Error, StringComparison.Ordinal);
        Assert.Empty(_agent.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("help")]
    [InlineData("usage")]
    public async Task Help_lists_every_action(string action)
    {
        var result = await _agent.RunAsync(action);
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.All(Actions, name => Assert.Contains($"\n  {name} ", result.Output, StringComparison.Ordinal));
    }

    [Theory(Timeout = 20000)]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task The_usual_options_work(string option)
    {
        var result = await _agent.RunAsync(option);
        Assert.Equal((0, ""), (result.Code, result.Error));
        Assert.NotEmpty(result.Output);
    }

    [Fact(Timeout = 20000)]
    public async Task Meta_data_is_a_well_formed_document_on_stdout()
    {
        var result = await _agent.RunAsync("meta-data");
        Assert.Equal((0, ""), (result.Code, result.Error));
        var agent = MetaDataTests.Parse(result.Output);
        Assert.Equal("ovndb-servers", agent.Attribute("name")!.Value);
        var announced = agent.XPathSelectElements("actions/action").Select(action => action.Attribute("name")!.Value).Distinct();
        Assert.Empty(announced.Except(Actions));
        Assert.Empty(_agent.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("meta-data", "stop")]
    [InlineData("meta-data", "--help")]
    [InlineData("meta-data", "--no-such-option")]
    [InlineData("help", "frobnicate")]
    public async Task What_follows_the_action_is_ignored(string action, string extra) =>
        Assert.Equal(await _agent.RunAsync(action), await _agent.RunAsync(action, extra, "", "-x"));

    [Fact(Timeout = 20000)]
    public async Task It_works_under_any_name()
    {
        foreach (var name in (string[])[".real", "ovndb-servers.real", "--help"])
        {
            File.Copy(AgentRun.Executable, _agent.Folder[name]);
            Assert.Equal(await _agent.RunAsync("meta-data"), await _agent.RunAsync(_agent.Folder[name], ["meta-data"]));
            Assert.Equal(7, (await _agent.RunAsync(_agent.Folder[name], ["monitor"])).Code);
        }
    }
}
