using System.Text.Json;
using System.Text.Json.Nodes;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>How rows of a file come back into the active database. The tables are some of OVN's, with a few of their columns.</summary>
public sealed class RowRestoreTests
{
    private const string File = "/var/lib/ovn/ovnnb_db.db.aside-node1-p3-20261127T070000123Z";

    private static readonly DatabaseRules Rules = DatabaseRules.Of(
        JsonNode
            .Parse(
                """
                {"tables": {
                  "Logical_Switch": {"isRoot": true, "columns": {
                    "name": {"type": "string"},
                    "ports": {"type": {"key": {"type": "uuid", "refTable": "Logical_Switch_Port", "refType": "strong"}, "min": 0, "max": "unlimited"}},
                    "acls": {"type": {"key": {"type": "uuid", "refTable": "ACL"}, "min": 0, "max": "unlimited"}},
                    "load_balancer": {"type": {"key": {"type": "uuid", "refTable": "Load_Balancer", "refType": "weak"}, "min": 0, "max": "unlimited"}}}},
                  "Logical_Switch_Port": {"isRoot": false, "indexes": [["name"]], "columns": {
                    "name": {"type": "string"},
                    "group": {"type": {"key": {"type": "uuid", "refTable": "HA_Group", "refType": "strong"}, "min": 0, "max": 1}}}},
                  "ACL": {"isRoot": false, "columns": {"match": {"type": "string"}, "name": {"type": {"key": "string", "min": 0, "max": 1}}}},
                  "HA_Group": {"isRoot": true, "indexes": [["name"]], "columns": {"name": {"type": "string"}}},
                  "Load_Balancer": {"isRoot": true, "columns": {"name": {"type": "string"}}},
                  "Port_Group": {"isRoot": true, "indexes": [["name"]], "columns": {
                    "name": {"type": "string"},
                    "ports": {"type": {"key": {"type": "uuid", "refTable": "Logical_Switch_Port", "refType": "weak"}, "min": 0, "max": "unlimited"}}}},
                  "Chooser": {"isRoot": true, "columns": {
                    "name": {"type": "string"},
                    "one": {"type": {"key": {"type": "uuid", "refTable": "ACL", "refType": "strong"}, "min": 0, "max": 1}},
                    "many": {"type": {"key": "string", "value": {"type": "uuid", "refTable": "ACL", "refType": "strong"}, "min": 0, "max": "unlimited"}}}},
                  "Far": {"isRoot": true, "columns": {"name": {"type": "string"}}}
                }}
                """
            )!
            .AsObject()
    );

    private static SnapshotView Snapshot { get; } = SnapshotName.Read(File, "NB", 18_432);

    [Fact]
    public void Only_the_tables_around_are_read()
    {
        Assert.Equal(["ACL", "Logical_Switch", "Logical_Switch_Port"], Rules.WithParts("Logical_Switch").Order());
        Assert.Equal(
            ["ACL", "Chooser", "HA_Group", "Load_Balancer", "Logical_Switch", "Logical_Switch_Port", "Port_Group"],
            Rules.Around(Rules.WithParts("Logical_Switch")).Order()
        );
        Assert.Equal(["Far"], Rules.Around(Rules.WithParts("Far")));
        Assert.Equal(["unknown"], Rules.WithParts("unknown"));
    }

    [Fact]
    public void A_switch_comes_back_with_its_ports_their_groups_and_without_what_is_gone()
    {
        var file = Of(
            Table("Logical_Switch", Row(1, "sw1", ("ports", Set(11, 12)), ("acls", Set()), ("load_balancer", Set(21, 22)), ("new", "x"))),
            Table("Logical_Switch_Port", Row(11, "p1", ("group", Set())), Row(12, "p2", ("group", Set(31)))),
            Table("HA_Group", Row(31, "g1")),
            Table("Load_Balancer", Row(21, "lb1"), Row(22, "lb2")),
            Table("Port_Group", Row(41, "pg1", ("ports", Set(11, 12))), Row(42, "pg2", ("ports", Set(12))))
        );
        var active = Of(
            Table("HA_Group", Row(31, "g1")),
            Table("Load_Balancer", Row(21, "lb1")),
            Table("Port_Group", Row(41, "pg1", ("ports", Set())))
        );
        var plan = RowRestorePlan.Decide(Rules, file, active, "Logical_Switch", ["sw1"]);
        Assert.Empty(plan.Refusals);
        var restoration = View(plan, isDone: false);
        Assert.Equal(
            $"""
            {File}
            NB of node1, promotion 3. Into the active database on node2.

            Logical_Switch: insert 1
              {Id(1)} sw1
            Logical_Switch_Port: insert 2
              {Id(11)} p1
              {Id(12)} p2
            Port_Group pg1: ports gets p1
            Port_Group pg1: ports gets p2
            Left out: load_balancer of Logical_Switch sw1 does not refer to Load_Balancer
              {Id(22)}, which is gone.
            Left out: new of Logical_Switch sw1: the active database has no such column.

            Nothing was changed: without --dry-run it is.

            """,
            SnapshotsText.Render(restoration, CtlSamples.Plain)
        );
        Assert.EndsWith(
            "\n\n3 rows are back.\n",
            SnapshotsText.Render(View(plan, isDone: true), CtlSamples.Plain),
            StringComparison.Ordinal
        );
        Assert.Equal(
            (string[])
                [
                    Wait("Port_Group", $$"""[["_uuid","==",["uuid","{{Id(41)}}"]]]""", $$"""{"_uuid":["uuid","{{Id(41)}}"]}"""),
                    Wait("Logical_Switch", """[["name","==","sw1"]]""", ""),
                    $$"""{"op":"insert","table":"Logical_Switch","row":{"name":"sw1","ports":["set",[["uuid","{{Id(11)}}"],["uuid","{{Id(12)}}"]]],"acls":["set",[]],"load_balancer":["set",[["uuid","{{Id(21)}}"]]]},"uuid":"{{Id(1)}}"}""",
                    $$"""{"op":"insert","table":"Logical_Switch_Port","row":{"name":"p1","group":["set",[]]},"uuid":"{{Id(11)}}"}""",
                    $$"""{"op":"insert","table":"Logical_Switch_Port","row":{"name":"p2","group":["set",[["uuid","{{Id(31)}}"]]]},"uuid":"{{Id(12)}}"}""",
                    Mutate(11),
                    Mutate(12),
                ],
            plan.Operations.Select(operation => operation.ToJsonString())
        );

        using var document = JsonDocument.Parse(CtlJson.Write(restoration));
        Assert.Equal(7, document.RootElement.GetProperty("operations").GetArrayLength());
        var page = System.IO.File.ReadAllText(Path.Combine(Product.Root(), "docs", "ovndbctl.md"));
        Assert.All(
            document.RootElement.EnumerateObject().Select(member => member.Name),
            name =>
                Assert.True(
                    page.Contains($"`{name}`", StringComparison.Ordinal) || page.Contains($"`{name}[]`", StringComparison.Ordinal),
                    name
                )
        );

        static string Mutate(int port) =>
            $$"""{"op":"mutate","table":"Port_Group","where":[["_uuid","==",["uuid","{{Id(41)}}"]]],"mutations":[["ports","insert",["set",[["uuid","{{Id(port)}}"]]]]]}""";
        static string Wait(string table, string where, string rows) =>
            $$"""{"op":"wait","table":"{{table}}","where":{{where}},"columns":["_uuid"],"until":"==","rows":[{{rows}}],"timeout":0}""";
    }

    [Fact]
    public void A_part_comes_back_to_the_row_that_it_belongs_to()
    {
        var file = Of(
            Table("Logical_Switch", Row(1, "sw1", ("ports", Set(11)), ("acls", Set()))),
            Table("Logical_Switch_Port", Row(11, "p1", ("group", Set())))
        );
        var active = Of(Table("Logical_Switch", Row(1, "sw1", ("ports", Set()), ("acls", Set()))));
        var plan = RowRestorePlan.Decide(Rules, file, active, "Logical_Switch_Port", [Id(11).ToString()]);
        Assert.Empty(plan.Refusals);
        var link = Assert.Single(plan.Links);
        Assert.Equal(("Logical_Switch", "sw1", "ports", "p1"), (link.Table, link.Row.Name, link.Column, link.To.Name));
        Assert.Equal(["wait", "insert", "mutate"], plan.Operations.Select(operation => (string?)operation["op"]));
    }

    public static TheoryData<string, string, string> Refused =>
        new()
        {
            { "Connection", "x", "rows of Connection are this cluster's own" },
            { "NB_Global", "x", "rows of NB_Global are this cluster's own" },
            { "Gone", "x", "the active database has no table Gone" },
            { "Logical_Switch", "nobody", "the file has no row nobody in Logical_Switch" },
            { "Logical_Switch", "twice", $"the file has several rows twice in Logical_Switch: {Id(4)}, {Id(5)}" },
            { "Logical_Switch", "there", "Logical_Switch there is in the active database already" },
            { "Logical_Switch", "taken", $"Logical_Switch taken: another row of the active database has the same name: {Id(99)}" },
            { "Logical_Switch", "full", $"Logical_Switch_Port used: another row of the active database has the same name: {Id(98)}" },
            {
                "Logical_Switch_Port",
                "grouped",
                "Logical_Switch_Port grouped refers to HA_Group g1 (group), which is gone: bring that back first"
            },
            {
                "Logical_Switch",
                "broken",
                $"Logical_Switch broken refers to Logical_Switch_Port {Id(77)} (ports), which is gone, and not in the file"
            },
            {
                "Logical_Switch_Port",
                "orphan",
                "Logical_Switch_Port orphan does not stay without a row that refers to it, and the file has none"
            },
            {
                "Logical_Switch_Port",
                "child",
                "Logical_Switch_Port child does not stay without a row that refers to it, and Logical_Switch away, which did, is gone or cannot any more"
            },
            {
                "ACL",
                "replaced",
                "ACL replaced does not stay without a row that refers to it, and Chooser chooser, which did, is gone or cannot any more"
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_had_as_it_was_is_refused(string table, string row, string reason)
    {
        var file = Of(
            Table(
                "Logical_Switch",
                Row(2, "there", ("ports", Set())),
                Row(3, "taken", ("ports", Set())),
                Row(4, "twice", ("ports", Set())),
                Row(5, "twice", ("ports", Set())),
                Row(6, "full", ("ports", Set(61))),
                Row(7, "broken", ("ports", Set(77))),
                Row(8, "away", ("ports", Set(81, 82)))
            ),
            Table(
                "Logical_Switch_Port",
                Row(61, "used", ("group", Set())),
                Row(81, "child", ("group", Set())),
                Row(82, "grouped", ("group", Set(31))),
                Row(83, "orphan", ("group", Set()))
            ),
            Table("HA_Group", Row(31, "g1")),
            Table("ACL", Row(51, "replaced")),
            Table("Chooser", Row(52, "chooser", ("one", Set(51)), ("many", Map("a", 51))))
        );
        var active = Of(
            Table("Logical_Switch", Row(2, "there", ("ports", Set())), Row(99, "taken", ("ports", Set(98)))),
            Table("Logical_Switch_Port", Row(98, "used", ("group", Set()))),
            Table("ACL", Row(53, "other")),
            Table("Chooser", Row(52, "chooser", ("one", Set(53)), ("many", new JsonArray("map", new JsonArray()))))
        );
        var plan = RowRestorePlan.Decide(Rules, file, active, table, [row]);
        Assert.Contains(reason, plan.Refusals);
        Assert.Empty(plan.Operations);
    }

    [Fact]
    public void A_refusal_in_words()
    {
        var plan = RowRestorePlan.Decide(Rules, Of(), Of(), "Logical_Switch", ["sw1"]);
        Assert.EndsWith(
            "\n\nRefused: the file has no row sw1 in Logical_Switch.\nNothing was changed.\n",
            SnapshotsText.Render(View(plan, isDone: false), CtlSamples.Plain),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Rows_without_a_name_do_not_clash()
    {
        var plan = RowRestorePlan.Decide(
            Rules,
            Of(Table("Load_Balancer", Row(1, ""))),
            Of(Table("Load_Balancer", Row(2, ""))),
            "Load_Balancer",
            [Id(1).ToString()]
        );
        Assert.Empty(plan.Refusals);
        Assert.Equal(["insert"], plan.Operations.Select(operation => (string?)operation["op"]));
    }

    private static SnapshotRestoration View(RowRestorePlan plan, bool isDone) =>
        new()
        {
            Snapshot = Snapshot,
            Active = "node2",
            Done = isDone,
            Refusals = plan.Refusals,
            Tables = plan.Tables,
            Links = plan.Links,
            LeftOut = plan.LeftOut,
            Operations = plan.Operations,
        };

    private static Guid Id(int number) => new($"00000000-0000-4000-8000-{number:000000000000}");

    private static JsonArray Reference(int id) => OvndbOcf.Ovsdb.Wire.OvsdbValue.Uuid(Id(id));

    private static JsonArray Set(params int[] ids) => new("set", new JsonArray([.. ids.Select(JsonNode (id) => Reference(id))]));

    private static JsonArray Map(string key, int id) => new("map", new JsonArray(new JsonArray(key, Reference(id))));

    private static JsonObject Row(int id, string name, params (string Column, JsonNode Value)[] columns)
    {
        var row = new JsonObject { ["_uuid"] = Reference(id), ["name"] = name };
        foreach (var (column, value) in columns)
        {
            row[column] = value;
        }

        return row;
    }

    private static Rows Of() => new(new Dictionary<string, IReadOnlyList<JsonObject>>());

    private static (string Table, JsonObject[] Rows) Table(string name, params JsonObject[] rows) => (name, rows);

    private static Rows Of(params (string Table, JsonObject[] Rows)[] tables) =>
        new(tables.ToDictionary(table => table.Table, table => (IReadOnlyList<JsonObject>)table.Rows));
}
