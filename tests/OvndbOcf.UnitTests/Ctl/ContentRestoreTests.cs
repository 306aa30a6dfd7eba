using System.Text.Json.Nodes;
using OvndbOcf.Ctl.Backups;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.UnitTests.Linux;
using OvndbOcf.UnitTests.Ovsdb;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What is written of a backup, and what is said of each database, with a server that does as the test says and an ovsdb-tool of its own.</summary>
[Collection(OneAtATime.Name)]
public sealed class ContentRestoreTests : IDisposable
{
    private const string Id = "00000000-0000-4000-8000-000000000001";
    private const string Former = "3 3f2c6c1e-0000-4000-8000-000000000003 node1 2026-11-26T07:00:00Z open";
    private const string Present = "4 3f2c6c1e-0000-4000-8000-000000000004 node2 2026-11-27T07:00:00Z open";

    private readonly TempFolder _folder = new();
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH");

    public ContentRestoreTests()
    {
        Environment.SetEnvironmentVariable("PATH", $"{_folder.Path}:{_path}");
        _folder.Script("ovsdb-tool", $"echo '[{{\"rows\":[{Row("backup", Former)}]}}]'");
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("PATH", _path);
        _folder.Dispose();
    }

    /// <summary>The rows are read from node1; when they are written, node2 is active.</summary>
    [Fact(Timeout = 20000)]
    public async Task A_marker_that_changes_between_reading_and_writing_is_read_anew()
    {
        var marker = Former;
        List<JsonArray> refused = [];
        JsonArray? written = null;
        await using var server = Serving(
            Database(OvnDatabase.Northbound),
            operations =>
            {
                if (operations is [{ } read] && (string?)read["op"] == "select")
                {
                    return $"[{{\"rows\":[{Row("today", marker)}]}}]";
                }

                var first = operations[0]!;
                if (refused.Count == 0)
                {
                    marker = Present;
                }

                if ((string?)first["op"] == "wait" && !first["rows"]!.ToJsonString().Contains(marker, StringComparison.Ordinal))
                {
                    refused.Add(operations);
                    return $$"""[{"error":"timed out"},{{string.Join(',', operations.Skip(1).Select(_ => "null"))}}]""";
                }

                written = operations;
                return $"[{string.Join(',', operations.Select(_ => "{}"))}]";
            }
        );
        var result = Assert.Single(await ContentRestore.RunAsync([Restore(OvnDatabase.Northbound, server)]));
        Assert.True(result.Done, result.Refusal ?? result.Unknown);
        Assert.Equal(0, (int?)Assert.Single(refused)[0]!["timeout"]);
        var values = written!.Single(operation => (string?)operation!["op"] == "update")!["row"]!.ToJsonString();
        Assert.Contains("backup", values, StringComparison.Ordinal);
        Assert.Contains(Present, values, StringComparison.Ordinal);
        Assert.DoesNotContain(Former, values, StringComparison.Ordinal);
    }

    /// <summary>The first database is replaced; of the second one the server is lost while it reads the transaction, or before that.</summary>
    [Theory(Timeout = 20000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_database_whose_server_is_lost_does_not_hide_what_was_done_to_the_other(bool written)
    {
        await using var northbound = Serving(Database(OvnDatabase.Northbound), Answer);
        await using var southbound = Serving(
            Database(OvnDatabase.Southbound),
            operations => written && (string?)operations[0]!["op"] == "select" ? Answer(operations) : null
        );
        var results = await ContentRestore.RunAsync([
            Restore(OvnDatabase.Northbound, northbound),
            Restore(OvnDatabase.Southbound, southbound),
        ]);
        Assert.Equal(["NB", "SB"], results.Select(result => result.Database));
        Assert.Equal([true, false], results.Select(result => result.Done));
        Assert.Equal(written, results[1].Unknown?.Contains("whether it was written is not known", StringComparison.Ordinal) == true);
        Assert.Equal(!written, results[1].Refusal?.Contains("does not answer", StringComparison.Ordinal) == true);
    }

    [Fact(Timeout = 20000)]
    public async Task After_a_server_that_does_not_answer_the_next_database_is_left_alone()
    {
        var asked = 0;
        await using var northbound = Serving(Database(OvnDatabase.Northbound), _ => null);
        await using var southbound = Serving(
            Database(OvnDatabase.Southbound),
            operations =>
            {
                asked++;
                return Answer(operations);
            }
        );
        var results = await ContentRestore.RunAsync([
            Restore(OvnDatabase.Northbound, northbound),
            Restore(OvnDatabase.Southbound, southbound),
        ]);
        Assert.All(results, result => Assert.False(result.Done));
        Assert.Equal("not begun after what happened to NB", results[1].Refusal);
        Assert.Equal(0, asked);
    }

    private static string Answer(JsonArray operations) =>
        (string?)operations[0]!["op"] == "select"
            ? $"[{{\"rows\":[{Row("today", Present)}]}}]"
            : $"[{string.Join(',', operations.Select(_ => "{}"))}]";

    private static string Row(string name, string marker) =>
        $$"""{"_uuid":["uuid","{{Id}}"],"external_ids":["map",[["name","{{name}}"],["ovndb-promotion","{{marker}}"]]]}""";

    private static DatabaseParameters Database(OvnDatabase kind) => new(kind, 6641, DatabaseProtocol.Tcp, new TlsFiles("", "", ""));

    private static string Schema(DatabaseParameters database) =>
        new JsonObject
        {
            ["name"] = database.SchemaName,
            ["version"] = "7.3.0",
            ["tables"] = new JsonObject
            {
                [database.GlobalTable] = JsonNode.Parse(
                    """{"columns":{"external_ids":{"type":{"key":"string","value":"string","min":0,"max":"unlimited"}}}}"""
                ),
            },
        }.ToJsonString();

    private static FakeServer Serving(DatabaseParameters database, Func<JsonArray, string?> transact) =>
        FakeServer.OnUnixSocket(
            async peer =>
            {
                while (await peer.ReadMessage() is { } message)
                {
                    var request = JsonNode.Parse(message)!;
                    var result =
                        (string?)request["method"] == "get_schema"
                            ? Schema(database)
                            : transact([.. request["params"]!.AsArray().Skip(1).Select(operation => operation!.DeepClone())]);
                    if (result is null)
                    {
                        return;
                    }

                    await peer.Write($$"""{"id":{{request["id"]}},"result":{{result}},"error":null}""");
                }
            },
            TestContext.Current.CancellationToken
        );

    private ContentRestore Restore(OvnDatabase kind, FakeServer server)
    {
        var database = Database(kind);
        var path = _folder.Write($"{kind}.db", Servers.DatabaseFileCheckTests.Record(Schema(database)));
        return new ContentRestore(
            new CtlSettings(),
            database,
            new ActiveServer("node2", OvsdbEndpoint.Unix(server.Path), "unix:" + server.Path, null),
            path
        );
    }
}
