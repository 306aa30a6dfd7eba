using System.Text.Json;
using System.Text.Json.Nodes;
using OvndbOcf.Ctl;
using OvndbOcf.Ctl.Backups;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>How the content of the active database becomes that of a backup.</summary>
public sealed class BackupsTests
{
    private const string Now = "4 3f2c6c1e-0000-4000-8000-000000000004 node1 2026-11-27T07:00:00Z open";
    private const string Then = "3 3f2c6c1e-0000-4000-8000-000000000003 node2 2026-11-26T07:00:00Z open";

    private static readonly DatabaseParameters Northbound = new(
        OvnDatabase.Northbound,
        6641,
        DatabaseProtocol.Tcp,
        new TlsFiles("", "", "")
    );

    private static readonly JsonObject Served = JsonNode
        .Parse(
            """
            {
              "tables": {
                "Connection": { "columns": { "target": { "type": "string" } } },
                "Logical_Switch": { "columns": { "name": { "type": "string" }, "ports": { "type": "integer" } } },
                "NB_Global": {
                  "columns": {
                    "connections": { "type": { "key": { "type": "uuid", "refTable": "Connection" }, "min": 0, "max": "unlimited" } },
                    "external_ids": { "type": { "key": "string", "value": "string", "min": 0, "max": "unlimited" } },
                    "nb_cfg": { "type": "integer" },
                    "options": { "type": { "key": "string", "value": "string", "min": 0, "max": "unlimited" } }
                  }
                },
                "SSL": { "columns": { "ca_cert": { "type": "string" } } }
              }
            }
            """
        )!
        .AsObject();

    private static BackupManifest Manifest { get; } =
        new()
        {
            Time = new DateTimeOffset(2026, 11, 27, 7, 5, 0, TimeSpan.Zero),
            Resource = "ovndb",
            Node = "node1",
            Version = "0.1.0",
            Databases =
            [
                new BackupFile("NB", "ovnnb_db.db", "7.3.0", 4, 18_432, new string('a', 64)),
                new BackupFile("SB", "ovnsb_db.db", "20.33.0", null, 1_048_576, new string('b', 64)),
            ],
        };

    [Fact]
    public void Rows_are_inserted_updated_and_deleted_and_keep_their_UUIDs()
    {
        var plan = ContentPlan.Decide(
            Northbound,
            Served,
            Of(("Logical_Switch", [Switch(1, "same", 1), Switch(2, "changed", 1), Switch(3, "missing", 1)])),
            Of(("Logical_Switch", [Switch(1, "same", 1), Switch(2, "changed", 2), Switch(4, "new", 1)]))
        );
        Assert.Null(plan.Refusal);
        Assert.Equal([new TableChange("Logical_Switch", 1, 1, 1)], plan.Changes);
        Assert.Equal(
            [
                AsRead(),
                $$"""{"op":"delete","table":"Logical_Switch","where":[["_uuid","==",["uuid","{{Id(4)}}"]]]}""",
                $$$"""{"op":"update","table":"Logical_Switch","where":[["_uuid","==",["uuid","{{{Id(2)}}}"]]],"row":{"ports":1}}""",
                $$"""{"op":"insert","table":"Logical_Switch","row":{"name":"missing","ports":1},"uuid":"{{Id(3)}}"}""",
            ],
            plan.Operations.Select(operation => operation.ToJsonString())
        );
    }

    [Fact]
    public void What_belongs_to_the_cluster_stays()
    {
        var plan = ContentPlan.Decide(
            Northbound,
            Served,
            Of(
                ("NB_Global", [Global(1, Then, ("a", "1"))]),
                ("Connection", [Row(5, ("target", "ptcp:1"))]),
                ("SSL", [Row(6, ("ca_cert", "old"))])
            ),
            Of(("NB_Global", [Global(2, Now, ("a", "2"))]), ("Connection", [Row(7, ("target", "ptcp:2"))]))
        );
        Assert.Equal([new TableChange("NB_Global", 0, 1, 0)], plan.Changes);
        Assert.Equal(
            [
                AsRead($$"""{"external_ids":["map",[["a","2"],["ovndb-promotion","{{Now}}"]]]}"""),
                $$$"""{"op":"update","table":"NB_Global","where":[["_uuid","==",["uuid","{{{Id(2)}}}"]]],"row":{"external_ids":["map",[["a","1"],["ovndb-promotion","{{{Now}}}"]]]}}""",
            ],
            plan.Operations.Select(operation => operation.ToJsonString())
        );
    }

    [Theory]
    [InlineData(Now, Then)]
    [InlineData(Now, "")]
    [InlineData("", "")]
    public void A_backup_that_differs_only_in_marks_and_counters_changes_nothing(string now, string then)
    {
        var active = Global(2, now, ("a", "1"));
        active["nb_cfg"] = 99;
        var plan = ContentPlan.Decide(Northbound, Served, Of(("NB_Global", [Global(1, then, ("a", "1"))])), Of(("NB_Global", [active])));
        Assert.Empty(plan.Operations);
        Assert.Empty(plan.Changes);
    }

    [Fact]
    public void The_mark_of_another_time_does_not_come_along()
    {
        var plan = ContentPlan.Decide(
            Northbound,
            Served,
            Of(("NB_Global", [Global(1, Then, ("a", "1"))])),
            Of(("NB_Global", [Global(2, "", ("a", "2"))]))
        );
        Assert.DoesNotContain("ovndb-promotion", plan.Operations[^1].ToJsonString(), StringComparison.Ordinal);
        var empty = ContentPlan.Decide(Northbound, Served, Of(("NB_Global", [Global(1, Then, ("a", "1"))])), Of());
        Assert.Equal(
            $$"""{"op":"insert","table":"NB_Global","row":{"external_ids":["map",[["a","1"]]],"options":["map",[]]},"uuid":"{{Id(1)}}"}""",
            empty.Operations[^1].ToJsonString()
        );
        Assert.Empty(ContentPlan.Decide(Northbound, Served, Of(), Of(("NB_Global", [Global(2, Now)]))).Operations);
    }

    [Fact]
    public void What_the_active_schema_does_not_know_is_refused()
    {
        var table = ContentPlan.Decide(Northbound, Served, Of(("Mirror", [Row(1, ("name", "m"))])), Of());
        Assert.Equal("the active database has no table Mirror, of which the backup has rows: upgrade OVN first", table.Refusal);
        var column = ContentPlan.Decide(Northbound, Served, Of(("Logical_Switch", [Row(1, ("name", "s"), ("copp", "x"))])), Of());
        Assert.Equal(
            "the active database has no column copp in Logical_Switch, of which the backup has values: upgrade OVN first",
            column.Refusal
        );
        Assert.Empty(table.Operations.Concat(column.Operations));

        // Without values nothing is lost.
        var empty = ContentPlan.Decide(
            Northbound,
            Served,
            Of(("Mirror", []), ("Logical_Switch", [Row(1, ("name", "s"), ("copp", ""))])),
            Of()
        );
        Assert.Null(empty.Refusal);
        Assert.Equal(["wait", "insert"], empty.Operations.Select(operation => (string?)operation["op"]));
    }

    [Fact]
    public void What_a_backup_of_an_older_schema_lacks_gets_its_default()
    {
        var schema = JsonNode
            .Parse(
                """
                {
                  "tables": {
                    "Mirror": { "columns": { "name": { "type": "string" } }, "isRoot": true },
                    "NB_Global": {
                      "columns": {
                        "external_ids": { "type": { "key": "string", "value": "string", "min": 0, "max": "unlimited" } },
                        "ipsec": { "type": "boolean" },
                        "nb_cfg": { "type": "integer" }
                      }
                    },
                    "Switch": {
                      "columns": {
                        "flag": { "type": "boolean" },
                        "label": { "type": { "key": "string", "min": 0, "max": 1 } },
                        "mirror": { "type": { "key": { "type": "uuid", "refTable": "Mirror" }, "min": 0, "max": 1 } },
                        "name": { "type": "string" },
                        "options": { "type": { "key": "string", "value": "string", "min": 0, "max": "unlimited" } },
                        "text": { "type": { "key": { "type": "string" } } },
                        "weight": { "type": { "key": { "type": "integer", "minInteger": 0 }, "min": 1, "max": 1 } }
                      }
                    }
                  }
                }
                """
            )!
            .AsObject();
        JsonObject Global(bool? ipsec, int? counter) =>
            Row(
                1,
                [
                    ("external_ids", OvsdbValue.Map()),
                    .. ipsec is { } flag ? [("ipsec", (JsonNode)flag)] : ((string, JsonNode)[])[],
                    .. counter is { } number ? [("nb_cfg", (JsonNode)number)] : ((string, JsonNode)[])[],
                ]
            );
        JsonObject Today(int id, string label) =>
            Row(
                id,
                ("flag", true),
                ("label", label),
                ("mirror", OvsdbValue.Uuid(Id(9))),
                ("name", "s"),
                ("options", OvsdbValue.Map(("a", "1"))),
                ("text", "x"),
                ("weight", 7)
            );
        var file = Of(("Switch", [Row(2, ("name", "s"))]), ("NB_Global", [Global(null, null)]));
        var plan = ContentPlan.Decide(
            Northbound,
            schema,
            file,
            Of(("Switch", [Today(2, "")]), ("Mirror", [Row(9, ("name", "m"))]), ("NB_Global", [Global(true, 5)]))
        );
        Assert.Equal(
            [new TableChange("Mirror", 0, 0, 1), new TableChange("NB_Global", 0, 1, 0), new TableChange("Switch", 0, 1, 0)],
            plan.Changes
        );
        Assert.Equal(
            [
                AsRead("""{"external_ids":["map",[]]}"""),
                $$"""{"op":"delete","table":"Mirror","where":[["_uuid","==",["uuid","{{Id(9)}}"]]]}""",
                $$$"""{"op":"update","table":"NB_Global","where":[["_uuid","==",["uuid","{{{Id(1)}}}"]]],"row":{"ipsec":false}}""",
                $$$"""{"op":"update","table":"Switch","where":[["_uuid","==",["uuid","{{{Id(2)}}}"]]],"row":{"flag":false,"label":["set",[]],"mirror":["set",[]],"options":["map",[]],"text":"","weight":0}}""",
            ],
            plan.Operations.Select(operation => operation.ToJsonString())
        );

        // As a server writes defaults: nothing is left to do.
        var plain = JsonNode
            .Parse("""{"flag":false,"label":["set",[]],"mirror":["set",[]],"name":"s","options":["map",[]],"text":"","weight":0}""")!
            .AsObject();
        plain["_uuid"] = OvsdbValue.Uuid(Id(2));
        var global = JsonNode.Parse("""{"external_ids":["map",[]],"ipsec":false,"nb_cfg":5}""")!.AsObject();
        global["_uuid"] = OvsdbValue.Uuid(Id(1));
        Assert.Empty(ContentPlan.Decide(Northbound, schema, file, Of(("Switch", [plain]), ("NB_Global", [global]))).Operations);
    }

    [Fact]
    public void A_backup_in_words_is_as_on_the_page()
    {
        var text = BackupText.Render("/var/backups/ovn/one", Manifest, CtlSamples.Plain);
        Assert.Equal(
            """
            /var/backups/ovn/one: the databases that are active on node1, 2026-11-27
              07:05:00

            DB  SCHEMA   PROMOTION      SIZE  FILE
            NB  7.3.0            4  18.0 KiB  ovnnb_db.db
            SB  20.33.0          -   1.0 MiB  ovnsb_db.db

            """,
            text
        );
        Assert.Contains(OnPage(text), Page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_restored_backup_in_words_is_as_on_the_page()
    {
        var planned = new BackupRestoration
        {
            Directory = "/var/backups/ovn/one",
            Backup = Manifest,
            Active = "node2",
            Databases =
            [
                new DatabaseRestoration
                {
                    Database = "NB",
                    Schema = "7.3.0",
                    Tables = [new TableChange("Logical_Switch", 1, 0, 2), new TableChange("Logical_Switch_Port", 12, 1, 0)],
                },
            ],
        };
        var text = BackupText.Render(planned, CtlSamples.Plain);
        Assert.Equal(
            """
            /var/backups/ovn/one: backup of node1, 2026-11-27 07:05:00. Into the active
              databases on node2.

            NB, schema 7.3.0, data of promotion 4:
              TABLE                INSERT  UPDATE  DELETE
              Logical_Switch            1       0       2
              Logical_Switch_Port      12       1       0

            Connections, TLS and the marks of promotions stay as they are. Backups get the
              rows at once.

            """,
            text
        );
        Assert.Contains(OnPage(text), Page, StringComparison.Ordinal);
        var nb = planned.Databases[0];
        var done = planned with
        {
            Before = "/var/backups/ovn/one.before-20261127T080000Z",
            Databases =
            [
                nb with
                {
                    Done = true,
                },
                new DatabaseRestoration
                {
                    Database = "SB",
                    Schema = "20.41.0",
                    Refusal = "the server did not take it: not allowed",
                    Tables = [],
                },
            ],
        };
        var said = BackupText.Render(done, CtlSamples.Plain);
        Assert.Contains("NB, schema 7.3.0, data of promotion 4: restored.\n", said, StringComparison.Ordinal);
        Assert.Contains(
            "SB, schema 20.33.0 in the backup, 20.41.0 in the active database, data of\n  promotion -: refused, the server did not take it: not allowed.\n",
            said,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "NB, schema 7.3.0, data of promotion 4: not known, no answer.\n",
            BackupText.Render(planned with { Databases = [nb with { Unknown = "no answer" }] }, CtlSamples.Plain),
            StringComparison.Ordinal
        );
        Assert.EndsWith("What was there before: /var/backups/ovn/one.before-20261127T080000Z\n", said, StringComparison.Ordinal);
        Assert.Contains(
            ": no difference.\n",
            BackupText.Render(planned with { Databases = [nb with { Tables = [] }] }, CtlSamples.Plain),
            StringComparison.Ordinal
        );

        foreach (var json in (string[])[CtlJson.Write(done), CtlJson.Write(Manifest)])
        {
            using var document = JsonDocument.Parse(json);
            Assert.All(
                CtlPageTests.NamesIn(document.RootElement),
                name =>
                    Assert.True(
                        Page.Contains($"`{name}`", StringComparison.Ordinal) || Page.Contains($"`{name}[]`", StringComparison.Ordinal),
                        name
                    )
            );
        }

        Assert.Equal(Manifest.Databases, CtlJson.Read<BackupManifest>(CtlJson.Write(Manifest))!.Databases);
    }

    [Fact]
    public async Task A_damaged_backup_is_refused()
    {
        var directory = Directory.CreateTempSubdirectory("ovndbctl-backup").FullName;
        try
        {
            Task<CtlException> RefusedAsync(params string[] databases) =>
                Assert.ThrowsAsync<CtlException>(() => BackupDirectory.ReadAsync(directory, databases));

            Assert.Contains("is no backup of", (await RefusedAsync("NB")).Message, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(directory, "manifest.json"), "{}", TestContext.Current.CancellationToken);
            Assert.Contains("is no backup of", (await RefusedAsync("NB")).Message, StringComparison.Ordinal);

            // printf x | sha256sum
            const string Sum = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
            var manifest = Manifest with { Databases = [Manifest.Databases[0] with { Sha256 = Sum }] };
            await File.WriteAllTextAsync(
                Path.Combine(directory, "manifest.json"),
                CtlJson.Write(manifest),
                TestContext.Current.CancellationToken
            );
            Assert.Contains("cannot be read", (await RefusedAsync("NB")).Message, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(directory, "ovnnb_db.db"), "x", TestContext.Current.CancellationToken);
            Assert.Equal("node1", (await BackupDirectory.ReadAsync(directory, ["NB"])).Node);
            Assert.Contains("has no backup of SB", (await RefusedAsync("NB", "SB")).Message, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(directory, "ovnnb_db.db"), "y", TestContext.Current.CancellationToken);
            Assert.Contains("its check sum is another one", (await RefusedAsync("NB")).Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Theory]
    [InlineData("one")]
    [InlineData("one/")]
    public async Task A_directory_may_be_named_with_a_slash_at_its_end(string name)
    {
        var directory = Directory.CreateTempSubdirectory("ovndbctl-backup").FullName;
        try
        {
            await BackupDirectory.WriteAsync(
                BackupDirectory.Named(Path.Combine(directory, name)),
                Manifest,
                [],
                TestContext.Current.CancellationToken
            );
            Assert.Equal([Path.Combine(directory, "one")], Directory.GetFileSystemEntries(directory));
            Assert.Equal([Path.Combine(directory, "one", "manifest.json")], Directory.GetFileSystemEntries(Path.Combine(directory, "one")));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Nothing_is_written_over_anything()
    {
        var directory = Directory.CreateTempSubdirectory("ovndbctl-backup").FullName;
        try
        {
            var refused = await Assert.ThrowsAsync<CtlException>(() =>
                BackupDirectory.WriteAsync(directory, Manifest, [], TestContext.Current.CancellationToken)
            );
            Assert.Equal(ExitStatus.Refused, refused.Status);
            Assert.Empty(Directory.GetFileSystemEntries(directory));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static string Page { get; } = File.ReadAllText(Path.Combine(Product.Root(), "docs", "ovndbctl.md"));

    private static string OnPage(string text) =>
        string.Join('\n', text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? line : "    " + line));

    private static string AsRead(params string[] rows) =>
        $$"""{"op":"wait","table":"NB_Global","where":[],"columns":["external_ids"],"until":"==","rows":[{{string.Join(',', rows)}}],"timeout":0}""";

    private static Guid Id(int number) => new($"00000000-0000-4000-8000-{number:000000000000}");

    private static JsonObject Switch(int id, string name, int ports) => Row(id, ("name", name), ("ports", ports));

    private static JsonObject Global(int id, string marker, params (string, string)[] ids) =>
        Row(
            id,
            ("external_ids", OvsdbValue.Map([.. ids, .. marker.Length == 0 ? [] : ((string, string)[])[("ovndb-promotion", marker)]])),
            ("nb_cfg", 1),
            ("options", new JsonArray("map", new JsonArray())),
            ("connections", new JsonArray("set", new JsonArray()))
        );

    private static JsonObject Row(int id, params (string Column, JsonNode Value)[] columns)
    {
        var row = new JsonObject { ["_uuid"] = OvsdbValue.Uuid(Id(id)) };
        foreach (var (column, value) in columns)
        {
            row[column] = value;
        }

        return row;
    }

    private static Rows Of(params (string Table, JsonObject[] Rows)[] tables) =>
        new(tables.ToDictionary(table => table.Table, table => (IReadOnlyList<JsonObject>)table.Rows));
}
