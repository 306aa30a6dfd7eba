using System.Diagnostics;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Pacemaker;

[Collection(OneAtATime.Name)]
public sealed class PacemakerToolsTests : IDisposable
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    private readonly TempFolder _folder = new();

    private PacemakerTools Tools => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_score_is_set_where_crm_attribute_and_crm_master_keep_it()
    {
        _folder.RecordingScript("attrd_updater");
        Assert.True((await Tools.SetPromotionScoreAsync("ovndb", "ctl-1", 10, Ample)).Succeeded);
        Assert.Equal(["attrd_updater|--name|master-ovndb|--update=10|--node|ctl-1"], _folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task A_score_is_deleted_at_its_node()
    {
        _folder.RecordingScript("attrd_updater");
        Assert.True((await Tools.DeletePromotionScoreAsync("ovndb", "ctl-1", Ample)).Succeeded);
        Assert.Equal(["attrd_updater|--name|master-ovndb|--delete|--node|ctl-1"], _folder.Calls);
    }

    [Theory(Timeout = 20000)]
    [InlineData("echo ctl-1", "ctl-1")]
    [InlineData("printf ' ctl-1 \\n\\n'", "ctl-1")]
    [InlineData("echo warning >&2; echo ctl-1", "ctl-1")]
    [InlineData("exit 0", null)]
    [InlineData("printf 'ctl-1\\nctl-2\\n'", null)]
    [InlineData("echo ctl-1; exit 102", null)]
    [InlineData("echo 'Node name is not known to the cluster'", null)]
    public async Task The_local_name_is_that_of_the_cluster_or_else_of_the_host(string answer, string? name)
    {
        _folder.RecordingScript("crm_node", answer);
        Assert.Equal(name ?? Environment.MachineName, await Tools.LocalNodeNameAsync(Ample));
        Assert.Equal(["crm_node|--name"], _folder.Calls);
    }

    [Fact(Timeout = 20000)]
    public async Task Without_any_tools_every_call_fails_and_none_throws()
    {
        Assert.Equal(CommandEnd.NotStarted, (await Tools.SetPromotionScoreAsync("r", "n", 5, Ample)).End);
        Assert.Equal(CommandEnd.NotStarted, (await Tools.DeletePromotionScoreAsync("r", "n", Ample)).End);
        Assert.Equal(CommandEnd.NotStarted, (await Tools.SetAttributeAsync("a", "n", "v", false, Ample)).End);
        Assert.Equal(CommandEnd.NotStarted, (await Tools.DeleteAttributeAsync("a", "n", Ample)).End);
        Assert.Equal(CommandEnd.NotStarted, (await Tools.WritePropertiesAsync(new Dictionary<string, string>(), Ample)).End);
        Assert.Null(await Tools.ReadConfigurationAsync("r", "n", Ample));
        Assert.Null(await Tools.ReadAttributeAsync("a", Ample));
        Assert.Null(await Tools.HasQuorumAsync(Ample));
        Assert.Null(await Tools.NodeNamesAsync(Ample));
        Assert.Null(await Tools.ReadMigrationThresholdAsync("r", Ample));
        Assert.Equal(Environment.MachineName, await Tools.LocalNodeNameAsync(Ample));
    }

    [Fact(Timeout = 20000)]
    public async Task A_tool_that_fails_is_told_of_with_what_it_said()
    {
        _folder.RecordingScript("attrd_updater", "echo 'Could not update: Transport endpoint is not connected' >&2; exit 105");
        var result = await Tools.SetPromotionScoreAsync("ovndb", "ctl-1", 5, Ample);
        Assert.False(result.Succeeded);
        Assert.Equal(105, result.ExitCode);
        Assert.Contains("Transport endpoint is not connected", result.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task A_tool_that_hangs_is_given_up()
    {
        foreach (var tool in (string[])["attrd_updater", "cibadmin", "crm_node"])
        {
            _folder.Script(tool, "exec sleep 30");
        }

        var clock = Stopwatch.StartNew();
        Assert.Equal(CommandEnd.TimedOut, (await Tools.SetPromotionScoreAsync("r", "n", 5, Short)).End);
        Assert.Equal(CommandEnd.TimedOut, (await Tools.WritePropertiesAsync(new Dictionary<string, string>(), Short)).End);
        Assert.Null(await Tools.ReadConfigurationAsync("r", "n", Short));
        Assert.Null(await Tools.ReadAttributeAsync("a", Short));
        Assert.Null(await Tools.HasQuorumAsync(Short));
        Assert.Equal(Environment.MachineName, await Tools.LocalNodeNameAsync(Short));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }
}
