using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Agent;

/// <summary>The executable with an environment, and files in its directories, that somebody made to hurt.</summary>
[Collection(OneAtATime.Name)]
[Trait(TestNeeds.Name, TestNeeds.Agent)]
public sealed class HostileInputTests : IDisposable
{
    // What OCF 1.1 has, and Pacemaker's degraded codes.
    private static readonly int[] Codes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 190, 191];

    private readonly AgentRun _agent = new();

    public void Dispose() => _agent.Dispose();

    [Theory(Timeout = 60000)]
    [InlineData("monitor")]
    [InlineData("validate-all")]
    [InlineData("start")]
    [InlineData("stop")]
    [InlineData("demote")]
    [InlineData("promote")]
    [InlineData("notify")]
    [InlineData("reload-agent")]
    public async Task Nothing_in_the_environment_becomes_a_command_a_line_or_a_file_elsewhere(string action)
    {
        var pwned = _agent.Folder["pwned"];
        var command = $"\";touch {pwned};`touch {pwned}`$(touch {pwned})\nocf-exit-reason:forged\n\u001b[31m../../../x";
        foreach (
            var name in (string[])
                ["master_ip", "nb_master_port", "manage_northd", "ovn_ctl", "ovn_nb_db_privkey", "set_aside_count", "replicate_from"]
        )
        {
            _agent.With(name, command);
        }

        foreach (
            var name in (string[])
                [
                    "notify_type",
                    "notify_operation",
                    "notify_promoted_uname",
                    "notify_promote_uname",
                    "notify_demote_uname",
                    "interval",
                    "clone_max",
                ]
        )
        {
            _agent.WithMeta(name, command);
        }

        var result = await _agent.WithVariable("OCF_RESOURCE_INSTANCE", command).WithVariable("HA_debug", "1").RunAsync(action);
        Assert.Contains(result.Code, Codes);
        Assert.Equal("", result.Output);
        Assert.DoesNotContain(result.Error, character => char.IsControl(character) && character != '\n');
        Assert.All(result.Messages, line => Assert.Matches("^(ovndb-servers\\(.*\\)\\[[0-9]+\\]: |ocf-exit-reason:(?!forged))", line));
        Assert.False(File.Exists(pwned));
        Assert.All(
            Directory.GetFileSystemEntries(_agent.Folder.Path),
            path =>
                Assert.True(
                    Path.GetFileName(path) is "attrd_updater" or "crm_node" or "cibadmin" or "calls"
                        || Path.GetFileName(path).StartsWith("ovndb-servers-", StringComparison.Ordinal),
                    path
                )
        );
    }

    [Theory(Timeout = 60000)]
    [InlineData("")]
    [InlineData(".new")]
    public async Task Links_and_named_pipes_in_the_place_of_its_files_are_neither_followed_nor_waited_for(string suffix)
    {
        var target = _agent.Folder.Write("target", "precious");
        foreach (var kind in (string[])["following", "links", "disconnected", "busy", "published", "scored"])
        {
            File.CreateSymbolicLink(_agent.Folder[$"ovndb-servers-ovndb.{kind}{suffix}"], target);
        }

        await _agent.Folder.PipeAsync($"ovndb-servers-ovndb.steady{suffix}");
        await _agent.Folder.PipeAsync("ovnnb_db.pid");
        Assert.Equal(7, (await _agent.WithMeta("interval", "1000").RunAsync("monitor")).Code);
        Assert.Contains((await _agent.RunAsync("stop")).Code, Codes);
        Assert.Equal("precious", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
    }
}
