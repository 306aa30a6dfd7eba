using System.Text.Json;
using System.Text.Json.Nodes;
using OvndbOcf.Ctl;
using OvndbOcf.Ctl.Gathering;
using OvndbOcf.Ctl.Output;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.UnitTests.Layout;
using Xunit;

namespace OvndbOcf.UnitTests.Ctl;

/// <summary>What <c>ovndbctl snapshots</c> makes of files that were set aside.</summary>
public sealed class SnapshotsTests
{
    private const string Path = "/var/lib/ovn/ovnnb_db.db.aside-node1-p3-20261127T070000123Z";

    private static readonly TableShape Switch = new("Logical_Switch", ["name", "ports"]);
    private static readonly TableShape Acl = new("ACL", ["match", "priority"]);

    private static SnapshotView Snapshot { get; } = SnapshotName.Read(Path, "NB", 18_432);

    [Theory]
    [InlineData(Path, "node1", 3L, "2026-11-27T07:00:00.1230000+00:00")]
    [InlineData("/srv/ovnsb_db.db.aside-a-p2.example.org-p12-unknown", "a-p2.example.org", 12L, null)]
    [InlineData("/srv/ovnnb_db.db.aside-node1-p0-20269999T000000000Z", "node1", 0L, null)]
    [InlineData("/srv/backup.db", null, null, null)]
    [InlineData("/srv/x.aside-y/ovnnb_db.db-p1-unknown", null, null, null)]
    public void What_a_name_tells(string path, string? node, long? promotion, string? time) =>
        Assert.Equal(
            new SnapshotView(
                path,
                "NB",
                node,
                promotion,
                time is null ? null : DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture),
                7
            ),
            SnapshotName.Read(path, "NB", 7)
        );

    [Fact]
    public void Columns_that_no_file_keeps_are_left_out_and_those_of_both_schemas_are_compared()
    {
        var tables = TableShape.Of(
            JsonNode
                .Parse(
                    """{"tables": {"B": {"columns": {"y": {"type": "string", "ephemeral": true}, "name": {"type": "string"}, "mac": {}}}, "A": {}}}"""
                )!
                .AsObject()
        );
        Assert.Equal(["A:", "B:mac,name"], tables.Select(table => $"{table.Name}:{string.Join(',', table.Columns)}"));
        Assert.Equal(["name", "mac"], tables[1].Naming);
        var common = TableShape.Common(tables, [new TableShape("B", ["name", "new"]), new TableShape("C", [])]);
        Assert.Equal(["B:name"], common.Select(table => $"{table.Name}:{string.Join(',', table.Columns)}"));
        Assert.Empty(TableShape.Of([]));
    }

    [Fact]
    public void Rows_are_the_same_by_their_UUID()
    {
        var file = Of((Switch, [Row(1, "sw1", 1), Row(2, "sw2", 1), Row(3, "sw3", 1), Row(4, "", 1)]), (Acl, [Rule(5, "ip4")]));
        var active = Of((Switch, [Row(1, "sw1", 1), Row(2, "sw2", 2), Row(9, "sw3", 1)]));
        var differences = RowComparison.Compare([Acl, Switch], file, active, withChanged: true);
        Assert.Equal(["ACL", "Logical_Switch"], differences.Select(table => table.Table));
        Assert.Equal([new RowView(Id(5), "ip4")], differences[0].Missing);
        Assert.Equal([new RowView(Id(4), null), new RowView(Id(3), "sw3", IsNameTaken: true)], differences[1].Missing);
        var changed = Assert.Single(differences[1].Changed!);
        Assert.Equal((new RowView(Id(2), "sw2"), "ports"), (changed.Row, string.Join(',', changed.Columns)));

        Assert.Null(RowComparison.Compare([Switch], file, active, withChanged: false)[0].Changed);
        Assert.Empty(RowComparison.Compare([Acl, Switch], active, active, withChanged: true));
        Assert.Equal(0, RowComparison.CountDifferent([Acl, Switch], active, active));
        Assert.Equal(
            3,
            RowComparison.CountDifferent(
                [Switch],
                Of((Switch, [Row(1, "a", 1), Row(2, "b", 1)])),
                Of((Switch, [Row(2, "c", 2), Row(3, "d", 1), Row(4, "e", 1)]))
            )
        );
        Assert.Empty(RowComparison.Compare([Acl, Switch], Of(), active, withChanged: true));
    }

    [Fact]
    public void A_difference_in_words()
    {
        var file = Of(
            (Switch, [Row(1, "sw1", 1), Row(3, "sw3", 1)]),
            (Acl, [.. Enumerable.Range(10, 22).Select(number => Rule(number, $"ip.proto == {number}"))])
        );
        var active = Of((Switch, [Row(1, "sw1", 2), Row(9, "sw3", 1)]));
        var difference = new SnapshotDifference
        {
            Snapshot = Snapshot,
            LocalNode = "node2",
            Tables = RowComparison.Compare([Acl, Switch], file, active, withChanged: true),
        };
        var lines = string.Concat(Enumerable.Range(10, 20).Select(number => $"  {Id(number)} ip.proto == {number}\n"));
        Assert.Equal(
            $"""
            {Path}
            NB of node1, promotion 3. Compared with the database on node2.

            ACL: 22 only in the file
            {lines}  and 2 more: --table ACL

            Logical_Switch: 1 only in the file
              {Id(3)} sw3 (another row has this name now)

            Logical_Switch: 1 with other values
              {Id(1)} sw1: ports

            23 rows are in the file alone.

            """,
            SnapshotsText.Render(difference, only: null)
        );
        Assert.Contains($"  {Id(31)} ip.proto == 31\n", SnapshotsText.Render(difference, only: "ACL"), StringComparison.Ordinal);
        Assert.EndsWith(
            "The active database has each row of the file.\n",
            SnapshotsText.Render(difference with { Tables = [] }, only: null),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Files_and_their_rows_in_words_are_as_on_the_page()
    {
        var list = SnapshotsText.Render(new SnapshotList { LocalNode = "node1", Snapshots = [Snapshot] }, CtlSamples.Plain);
        Assert.Equal(
            $"""
            DB  NODE   PROMOTION  LAST CHANGE              SIZE
            NB  node1          3  2026-11-27 07:00:00  18.0 KiB
              {Path}

            ovndbctl snapshots diff FILE tells which rows the active database lacks.

            """,
            list
        );
        Assert.Equal(
            "No file is set aside on node1.\n",
            SnapshotsText.Render(new SnapshotList { LocalNode = "node1", Snapshots = [] }, CtlSamples.Plain)
        );

        var content = new SnapshotContent
        {
            Snapshot = Snapshot,
            Schema = "7.3.0",
            Tables = RowComparison.List([Acl, Switch], Of((Switch, [Row(2, "sw2", 1), Row(1, "sw1", 1)]))),
        };
        Assert.Equal(
            $"""
            {Path}
            NB of node1, promotion 3. Schema 7.3.0.

            TABLE           ROWS
            Logical_Switch     2

            """,
            SnapshotsText.Render(content, only: null, CtlSamples.Plain)
        );
        Assert.EndsWith(
            $"\n\n{Id(1)} sw1\n{Id(2)} sw2\n",
            SnapshotsText.Render(content, "Logical_Switch", CtlSamples.Plain),
            StringComparison.Ordinal
        );

        var page = File.ReadAllText(System.IO.Path.Combine(Product.Root(), "docs", "ovndbctl.md"));
        Assert.Contains("    " + list.Split('\n')[0], page, StringComparison.Ordinal);
        var difference = new SnapshotDifference
        {
            Snapshot = Snapshot,
            Tables = RowComparison.Compare(
                [Switch],
                Of((Switch, [Row(1, "a", 1), Row(2, "b", 1)])),
                Of((Switch, [Row(2, "b", 2)])),
                withChanged: true
            ),
        };
        foreach (
            var json in (string[])
                [CtlJson.Write(new SnapshotList { Snapshots = [Snapshot] }), CtlJson.Write(content), CtlJson.Write(difference)]
        )
        {
            using var document = JsonDocument.Parse(json);
            Assert.All(
                CtlPageTests.NamesIn(document.RootElement),
                name =>
                    Assert.True(
                        page.Contains($"`{name}`", StringComparison.Ordinal) || page.Contains($"`{name}[]`", StringComparison.Ordinal),
                        name
                    )
            );
        }
    }

    [Fact]
    public void What_is_no_database_is_told()
    {
        var path = System.IO.Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "no database\n");
            Assert.Equal(ExitStatus.Usage, Assert.Throws<CtlException>(() => RowReader.ReadSchema(path)).Status);
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Equal(ExitStatus.Unknown, Assert.Throws<CtlException>(() => RowReader.ReadSchema("/nowhere/ovnnb_db.db")).Status);
    }

    private static Guid Id(int number) => new($"00000000-0000-4000-8000-{number:000000000000}");

    private static JsonObject Row(int id, string name, int ports) =>
        new()
        {
            ["_uuid"] = Uuid(id),
            ["name"] = name,
            ["ports"] = ports,
        };

    private static JsonObject Rule(int id, string match) =>
        new()
        {
            ["_uuid"] = Uuid(id),
            ["match"] = match,
            ["priority"] = 1,
        };

    private static JsonArray Uuid(int id) => OvndbOcf.Ovsdb.Wire.OvsdbValue.Uuid(Id(id));

    private static Rows Of(params (TableShape Table, JsonObject[] Rows)[] tables) =>
        new(tables.ToDictionary(table => table.Table.Name, table => (IReadOnlyList<JsonObject>)table.Rows));
}
