using OvndbOcf.Decisions.Files;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.UnitTests.Linux;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

/// <summary>With an ovsdb-tool of the tests' own, found by PATH.</summary>
[Collection(OneAtATime.Name)]
public sealed class SchemaConversionTests : IDisposable
{
    private const string OldSchema = """{"name":"OVN_Northbound","version":"6.3.0","cksum":"111 22","tables":{}}""";
    private const string NewSchema = """{"name":"OVN_Northbound","version":"7.0.0","cksum":"333 44","tables":{}}""";

    private static readonly string Content = DatabaseFileCheckTests.Record(OldSchema) + DatabaseFileCheckTests.Record("""{"_date":1}""");

    private readonly ControlFixture _control = new();
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public SchemaConversionTests()
    {
        Environment.SetEnvironmentVariable("PATH", $"{_control.Folder.Path}:{_path}");
        Directory.CreateDirectory(_control.Folder["scripts"]);
        _control.Folder.Script("scripts/ovn-ctl", "exit 0");
        _control.Folder.Write("ovn-nb.ovsschema", NewSchema);
        _control.Folder.Write("ovnnb_db.db", Content);
        File.SetUnixFileMode(Database, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }

    private string Database => _control.Folder["ovnnb_db.db"];

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _control.Dispose();
    }

    [Fact(Timeout = 20000)]
    public async Task A_file_that_has_this_nodes_schema_costs_no_process()
    {
        Tool("exit 1");
        _control.Folder.Write("ovn-nb.ovsschema", OldSchema);
        Assert.Equal(Outcome.Done, await EnsureAsync());
        Assert.Empty(_control.Folder.Calls);
        Assert.Empty(_control.Messages);
    }

    [Fact(Timeout = 20000)]
    public async Task A_file_of_another_version_that_needs_no_conversion_stays_as_it_is()
    {
        Tool("echo no");
        Assert.Equal(Outcome.Done, await EnsureAsync());
        Assert.Equal([$"ovsdb-tool|needs-conversion|{Database}|{_control.Folder["ovn-nb.ovsschema"]}"], _control.Folder.Calls);
        AssertUntouched();
    }

    [Fact(Timeout = 20000)]
    public async Task A_file_is_converted_beside_itself_and_kept_under_the_name_of_ovn_ctls_backup()
    {
        Tool(
            """case $1 in needs-conversion) echo yes;; compact) cp "$2" "$3";; convert) echo new >"$4"; stat -c %a "$(dirname "$4")" >>"$PWD_OF_TEST";; esac"""
        );
        Assert.Equal(Outcome.Done, await EnsureAsync());
        Assert.Equal("new\n", await File.ReadAllTextAsync(Database, TestContext.Current.CancellationToken));
        Assert.Equal(Content, await File.ReadAllTextAsync(Database + ".backup6.3.0-111", TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Database));
        Assert.Equal("700\n", await File.ReadAllTextAsync(_control.Folder["mode"], TestContext.Current.CancellationToken));
        Assert.False(Directory.Exists(Database + ".converting"));
        Assert.Contains($"NB: {Database} was converted from schema 6.3.0 to 7.0.0", _control.Messages, StringComparison.Ordinal);
        Assert.Contains($"kept as {Database}.backup6.3.0-111", _control.Messages, StringComparison.Ordinal);
    }

    [Fact(Timeout = 20000)]
    public async Task What_was_kept_before_is_not_replaced()
    {
        _control.Folder.Write("ovnnb_db.db.backup6.3.0-111", "earlier");
        Tool("""case $1 in needs-conversion) echo yes;; convert) echo new >"$4";; *) exit 1;; esac""");
        Assert.Equal(Outcome.Done, await EnsureAsync());
        Assert.Equal("earlier", await File.ReadAllTextAsync(Database + ".backup6.3.0-111", TestContext.Current.CancellationToken));
        Assert.Equal(Content, await File.ReadAllTextAsync(Database + ".backup6.3.0-111.1", TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 20000)]
    public async Task A_conversion_that_fails_leaves_the_file_and_names_both_versions()
    {
        Tool(
            """case $1 in needs-conversion) echo yes;; compact) cp "$2" "$3";; convert) echo half >"$4"; echo "ovsdb-tool: syntax error: no such column" >&2; exit 1;; esac"""
        );
        var outcome = await EnsureAsync();
        Assert.StartsWith(
            $"NB: {Database} has schema 6.3.0 and cannot be converted to 7.0.0 of the OVN here; install an OVN that can convert the file",
            outcome.Problem,
            StringComparison.Ordinal
        );
        Assert.EndsWith("(ovsdb-tool: syntax error: no such column)", outcome.Problem, StringComparison.Ordinal);
        AssertUntouched();
    }

    [Fact(Timeout = 20000)]
    public async Task A_conversion_that_takes_too_long_leaves_the_file_and_asks_for_more_time()
    {
        Tool("""case $1 in needs-conversion) echo yes;; convert) exec sleep 30;; *) exit 1;; esac""");
        var outcome = await EnsureAsync(seconds: 6);
        Assert.Contains(
            "from schema 6.3.0 to 7.0.0 in time; the file is unchanged; raise the action's timeout",
            outcome.Problem,
            StringComparison.Ordinal
        );
        AssertUntouched();
    }

    [Fact(Timeout = 20000)]
    public async Task Where_a_link_leads_to_the_file_the_file_is_converted()
    {
        Directory.CreateDirectory(_control.Folder["disk"]);
        File.Move(Database, _control.Folder["disk/nb"]);
        File.CreateSymbolicLink(Database, _control.Folder["disk/nb"]);
        Tool("""case $1 in needs-conversion) echo yes;; convert) echo new >"$4";; *) exit 1;; esac""");
        Assert.Equal(Outcome.Done, await EnsureAsync());
        Assert.Equal(_control.Folder["disk/nb"], new FileInfo(Database).LinkTarget);
        Assert.Equal("new\n", await File.ReadAllTextAsync(Database, TestContext.Current.CancellationToken));
        Assert.True(File.Exists(_control.Folder["disk/nb.backup6.3.0-111"]));
    }

    [Theory(Timeout = 20000)]
    [InlineData(true, "no schema file was found")]
    [InlineData(false, "needs-conversion")]
    public async Task Where_it_cannot_be_found_out_the_log_says_so_and_ovn_ctl_decides(bool withoutSchema, string message)
    {
        Tool("exit 2");
        if (withoutSchema)
        {
            _control.Folder.Write("ovn-nb.ovsschema", "[]");
        }

        Assert.Equal(Outcome.Done, await EnsureAsync());
        Assert.Contains(message, _control.Messages, StringComparison.Ordinal);
        Assert.Contains("ovn-ctl decides whether to convert", _control.Messages, StringComparison.Ordinal);
        AssertUntouched();
    }

    [Theory(Timeout = 20000)]
    [InlineData("6.3.0", false)]
    [InlineData("6.3.0", true)]
    [InlineData(null, false)]
    public async Task Beside_active_servers_of_its_schema_a_file_is_served_as_it_is(string? active, bool hasSuites)
    {
        Tool("echo yes");
        _control.Folder.Write(
            "ovn-nb.ovsschema",
            hasSuites
                ? NewSchema.Replace("{}", """{"SSL":{"columns":{"ssl_ciphersuites":{"type":"string"}}}}""", StringComparison.Ordinal)
                : NewSchema
        );

        var prepared = await PrepareAsync(active is null ? ActiveSchema.Unknown : new ActiveSchema(true, Version.Parse(active)));

        Assert.Equal(Outcome.Done, prepared.Outcome);
        Assert.StartsWith(_control.Folder["ovndb-servers-"], prepared.Schema?.File, StringComparison.Ordinal);
        Assert.Equal(hasSuites, prepared.Schema?.LacksCipherSuites);
        Assert.Equal(OldSchema, await File.ReadAllTextAsync(prepared.Schema!.File, TestContext.Current.CancellationToken));
        Assert.Contains("keeps schema 6.3.0", _control.Messages, StringComparison.Ordinal);
        AssertUntouched();
    }

    [Fact(Timeout = 20000)]
    public async Task Where_the_schema_cannot_be_named_to_ovn_ctl_the_file_is_converted()
    {
        Tool("""case $1 in needs-conversion) echo yes;; convert) echo new >"$4";; *) exit 1;; esac""");
        Assert.Equal(new PreparedFile(Outcome.Done), await PrepareAsync(ActiveSchema.Unknown, stateDirectory: _control.Folder["none"]));

        Assert.Contains("so the server starts with the schema of the OVN here", _control.Messages, StringComparison.Ordinal);
        Assert.Equal("new\n", await File.ReadAllTextAsync(Database, TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 20000)]
    public async Task Where_there_is_no_file_there_is_nothing_to_convert()
    {
        File.Delete(Database);
        Assert.Equal(Outcome.Done, await EnsureAsync());
        Assert.Empty(_control.Messages);
    }

    private void AssertUntouched()
    {
        Assert.Equal(Content, File.ReadAllText(Database));
        Assert.Equal([Database], Directory.GetFileSystemEntries(_control.Folder.Path, "ovnnb_db.db*"));
    }

    private void Tool(string body) =>
        _control.Folder.RecordingScript("ovsdb-tool", body.Replace("$PWD_OF_TEST", _control.Folder["mode"], StringComparison.Ordinal));

    private async Task<Outcome> EnsureAsync(int seconds = 10)
    {
        var prepared = await PrepareAsync(ActiveSchema.None, seconds);
        Assert.Null(prepared.Schema);
        return prepared.Outcome;
    }

    private Task<PreparedFile> PrepareAsync(ActiveSchema active, int seconds = 10, string? stateDirectory = null)
    {
        var parameters = Configured.Parameters(("ovn_rundir", _control.Folder.Path), ("ovn_ctl", _control.Folder["scripts/ovn-ctl"]));
        return new SchemaConversion(
            new OvnCtl(parameters, _control.Log),
            parameters.Directories,
            new ResourceMemory(stateDirectory ?? _control.Folder.Path, "ovndb", parameters.Directories),
            _control.Log
        ).EnsureAsync(parameters.Northbound, Database, () => Task.FromResult(active), Deadline.After(TimeSpan.FromSeconds(seconds)));
    }
}
