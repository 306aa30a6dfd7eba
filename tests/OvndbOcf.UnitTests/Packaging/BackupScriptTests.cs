using OvndbOcf.Linux;
using OvndbOcf.UnitTests.Layout;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Packaging;

/// <summary>backup.sh and restore.sh with copies that are not whole, and with names that are taken; Open vSwitch's tools are scripts.</summary>
[Collection(OneAtATime.Name)]
public sealed class BackupScriptTests : IDisposable
{
    private const string Name = "OVN_Northbound-20261127T070000Z.db";

    private readonly TempFolder _folder = new();
    private readonly string _backups;

    public BackupScriptTests()
    {
        _backups = Directory.CreateDirectory(_folder["backups"]).FullName;
        _folder.RecordingScript("ovsdb-client", "case \"$*\" in *get-schema-version*) echo 7.3.0 ;; *) echo copy ;; esac");
        _folder.Script("ovs-appctl", "echo 'state: active'");
        _folder.Script("date", "echo 20261127T070000Z");
        Tool("""[{"rows":[{"_uuid":["uuid","00000000-0000-4000-8000-000000000001"]}]}]""");
    }

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 20000)]
    public async Task A_copy_that_was_read_back_is_there_under_its_name_and_nothing_else_is()
    {
        Assert.True((await BackUpAsync()).Succeeded);
        Assert.Equal([Name, "OVN_Southbound-20261127T070000Z.db"], Files());
    }

    /// <summary>ovsdb-client ends well where a full disk cut off the last bytes; ovsdb-tool reads the schema of such a file.</summary>
    [Theory(Timeout = 20000)]
    [InlineData("""[{"rows":[]}]""")]
    [InlineData("")]
    public async Task A_copy_without_its_rows_is_no_backup(string rows)
    {
        Tool(rows);
        Assert.False((await BackUpAsync()).Succeeded);
        Assert.Empty(Files());
    }

    [Fact(Timeout = 20000)]
    public async Task A_backup_of_another_node_in_the_same_second_stays()
    {
        _folder.Write(Path.Combine("backups", Name), "the other one");
        _folder.Write(Path.Combine("backups", Name + ".part"), "a part of the other one");
        Assert.False((await BackUpAsync()).Succeeded);
        Assert.Equal([Name, Name + ".part"], Files());
        Assert.Equal("the other one", File.ReadAllText(Path.Combine(_backups, Name)));
    }

    [Fact(Timeout = 20000)]
    public async Task Nothing_is_restored_before_what_was_there_is_saved()
    {
        var backup = _folder.Write(Path.Combine("backups", Name), "backup");
        Tool("""[{"rows":[]}]""");
        Assert.False((await RestoreAsync(backup)).Succeeded);
        Assert.Equal([Name], Files());
        Assert.DoesNotContain(_folder.Calls, call => call.Contains("|restore|", StringComparison.Ordinal));

        Tool("""[{"rows":[{"_uuid":["uuid","00000000-0000-4000-8000-000000000001"]}]}]""");
        var restored = await RestoreAsync(backup);
        Assert.True(restored.Succeeded, restored.Essence);
        Assert.Equal([Name, Name + ".before-20261127T070000Z"], Files());
        Assert.Single(_folder.Calls, call => call.Contains("|restore|", StringComparison.Ordinal));
    }

    private void Tool(string rows) =>
        _folder.Script(
            "ovsdb-tool",
            $"""
            case $1 in
                db-name) echo OVN_Northbound ;;
                query) echo '{rows}' ;;
                *) echo 7.3.0 ;;
            esac
            """
        );

    private Task<CommandResult> BackUpAsync() => RunAsync("backup.sh", _backups);

    private Task<CommandResult> RestoreAsync(string backup) => RunAsync("restore.sh", backup);

    private Task<CommandResult> RunAsync(string script, string argument) =>
        CommandRunner.RunAsync(
            Path.Combine(Product.Root(), "pcs-examples", "operations", script),
            [argument],
            TimeSpan.FromSeconds(15),
            new Dictionary<string, string?>
            {
                ["PATH"] = $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}",
                ["VIP"] = "10.0.0.9",
                ["RUNDIR"] = _folder.Path,
            }
        );

    private IEnumerable<string?> Files() => Directory.GetFiles(_backups).Select(Path.GetFileName).Order(StringComparer.Ordinal);
}
