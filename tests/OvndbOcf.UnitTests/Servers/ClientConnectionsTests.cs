using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Servers;

/// <summary>The connections are read and changed over the server's socket. The virtual address is in no network of this machine, so backups have no listener of their own.</summary>
[Collection(OneAtATime.Name)]
public sealed class ClientConnectionsTests : IDisposable
{
    private const string Global = "11111111-0000-4000-8000-000000000001";
    private const string Clients = "22222222-0000-4000-8000-000000000002";
    private const string Backups = "33333333-0000-4000-8000-000000000003";
    private const string Stray = "44444444-0000-4000-8000-000000000004";
    private const string ClientRow =
        $$"""{"_uuid":["uuid","{{Clients}}"],"target":"ptcp:6641:203.0.113.9","inactivity_probe":5000,"external_ids":["map",[]]}""";

    private const string BackupRow =
        $$"""{"_uuid":["uuid","{{Backups}}"],"target":"ptcp:6641:203.0.113.2","inactivity_probe":64000,"external_ids":["map",[["ovndb-replication","yes"]]]}""";

    private const string StrayRow =
        $$"""{"_uuid":["uuid","{{Stray}}"],"target":"ptcp:6641:203.0.113.3","inactivity_probe":64000,"external_ids":["map",[["ovndb-replication","yes"]]]}""";

    private const string Removal =
        $$"""{"op":"mutate","table":"NB_Global","where":[["_uuid","==",["uuid","{{Global}}"]]],"mutations":[["connections","delete",["set",[["uuid","{{Backups}}"]]]]]}""";

    private const string Addition =
        """{"op":"insert","table":"Connection","row":{"target":"ptcp:6641:203.0.113.9","inactivity_probe":5000},"uuid-name":"connection"},"""
        + $$"""{"op":"mutate","table":"NB_Global","where":[["_uuid","==",["uuid","{{Global}}"]]],"mutations":[["connections","insert",["set",[["named-uuid","connection"]]]]]}""";

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<string> _changes = [];
    private readonly AgentParameters _parameters;

    public ClientConnectionsTests() =>
        _parameters = Configured.Parameters(("master_ip", "203.0.113.9"), ("ovn_rundir", _folder.Path), ("ovn_dbdir", _folder.Path));

    private static Deadline Ample => Deadline.After(TimeSpan.FromSeconds(10));

    private ClientConnections Connections =>
        new(
            _parameters,
            NodeAddress.Topology(_parameters),
            _parameters.Northbound,
            new OcfLog(TextWriter.Null, "ovndb-servers", "ovndb", false)
        );

    public void Dispose() => _folder.Dispose();

    /// <summary>The rows in use, further rows, and the operations of the one change; empty for none.</summary>
    public static TheoryData<string[], string[], string> Changes =>
        new()
        {
            { [], [], Addition },
            { [ClientRow], [], "" },
            { [ClientRow, BackupRow], [], Removal },
            { [BackupRow], [], $"{Addition},{Removal}" },
            // One that nothing refers to is as good as gone.
            { [ClientRow], [StrayRow], "" },
        };

    [Theory(Timeout = 20000)]
    [MemberData(nameof(Changes))]
    public async Task One_transaction_makes_all_rows_what_they_should_be(string[] used, string[] others, string operations)
    {
        await using var server = Serving(used, others);
        var cuts = 0;
        var connections = new ClientConnections(
            _parameters,
            NodeAddress.Topology(_parameters),
            _parameters.Northbound,
            new OcfLog(TextWriter.Null, "ovndb-servers", "ovndb", false)
        )
        {
            BeforeCut = () => cuts++,
        };
        Assert.True(connections.Ensure([], Ample).IsDone);
        Assert.Equal(operations.Contains(Removal, StringComparison.Ordinal) ? 1 : 0, cuts);
        Assert.Equal(operations.Length == 0 ? [] : [$"[{operations}]"], _changes);
    }

    [Theory(Timeout = 20000)]
    [InlineData("203.0.113.9", 60000, false)]
    [InlineData("203.0.113.9", 5000, false)]
    [InlineData("203.0.113.8", 5000, true)]
    [InlineData("0.0.0.0", 5000, true)]
    public async Task Between_promotions_a_missing_row_is_added_and_no_tuned_one_changed(string address, int probe, bool isAdded)
    {
        await using var server = Serving(
            [ClientRow.Replace("203.0.113.9", address, StringComparison.Ordinal).Replace("5000", $"{probe}", StringComparison.Ordinal)],
            []
        );
        Assert.True(Connections.EnsureAny(Ample).IsDone);
        Assert.Equal(isAdded ? [$"[{Addition}]"] : [], _changes);
    }

    [Theory(Timeout = 20000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_row_for_backups_is_known_by_its_mark(bool isThere)
    {
        await using var server = Serving(isThere ? [ClientRow, BackupRow] : [ClientRow], [StrayRow]);
        Assert.Equal(isThere, Connections.HasReplicationRow(Ample));
        Assert.Empty(_changes);
    }

    [Fact]
    public void Where_nobody_answers_there_is_none() => Assert.False(Connections.HasReplicationRow(Ample));

    [Fact(Timeout = 20000)]
    public async Task Without_a_listener_for_backups_there_is_nothing_to_be_patient_with()
    {
        await using var server = Serving([ClientRow], []);
        using (var file = File.Create(_folder["ovnnb_db.db"]))
        {
            file.SetLength(100 << 20);
        }

        Assert.True(Connections.EnsureForBackups(Ample).IsDone);
        Assert.Empty(_changes);
    }

    [Theory(Timeout = 20000)]
    [InlineData(true, "_uuid target inactivity_probe external_ids role read_only")]
    [InlineData(false, "_uuid target inactivity_probe external_ids")]
    public async Task Only_the_Southbound_table_has_roles(bool isSouthbound, string columns)
    {
        var database = isSouthbound ? _parameters.Southbound : _parameters.Northbound;
        var asked = string.Empty;
        await using var server = FakeDatabase.Serving(
            ServerPaths.Of(_parameters.Directories, database).Database,
            "7.3.0",
            operations =>
            {
                asked = string.Join(' ', operations[1]!["columns"]!.AsArray().Select(column => (string?)column));
                return $$"""[{"rows":[{"_uuid":["uuid","{{Global}}"],"connections":["set",[]]}]},{"rows":[]}]""";
            },
            TestContext.Current.CancellationToken
        );
        new ClientConnections(
            _parameters,
            NodeAddress.Topology(_parameters),
            database,
            new OcfLog(TextWriter.Null, "ovndb-servers", "ovndb", false)
        ).HasReplicationRow(Ample);
        Assert.Equal(columns, asked);
    }

    private FakeServer Serving(string[] used, string[] others)
    {
        var references = string.Join(',', used.Select(row => JsonNode.Parse(row)!["_uuid"]!.ToJsonString()));
        return FakeDatabase.Serving(
            ServerPaths.Of(_parameters.Directories, _parameters.Northbound).Database,
            "7.3.0",
            operations =>
            {
                if ((string?)operations[0]!["op"] == "select")
                {
                    return $$"""[{"rows":[{"_uuid":["uuid","{{Global}}"],"connections":["set",[{{references}}]]}]},{"rows":[{{string.Join(',', used.Concat(others))}}]}]""";
                }

                _changes.Enqueue(operations.ToJsonString());
                return $"[{string.Join(',', operations.Select(_ => "{}"))}]";
            },
            TestContext.Current.CancellationToken
        );
    }
}
