using System.Text.Json.Nodes;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Snapshots;

/// <summary>The rows of some tables, table to rows.</summary>
internal sealed record Rows(IReadOnlyDictionary<string, IReadOnlyList<JsonObject>> ByTable)
{
    /// <summary>The rows of a table.</summary>
    public IReadOnlyList<JsonObject> Of(string table) => ByTable.GetValueOrDefault(table) ?? [];
}

/// <summary>Compares rows of a file with those of the active database. Pure.</summary>
internal static class RowComparison
{
    /// <summary>The rows of each table that has some, by their names.</summary>
    public static IReadOnlyList<TableRows> List(IEnumerable<TableShape> tables, Rows rows) =>
        [
            .. tables
                .Select(table => new TableRows(table.Name, InOrder(rows.Of(table.Name).Select(row => View(row)).OfType<RowView>())))
                .Where(table => table.Rows.Count > 0),
        ];

    /// <summary>What the file has that the active database lacks, or has with other values.</summary>
    /// <param name="tables">The tables of the file, with the columns to compare.</param>
    /// <param name="file">The rows of the file.</param>
    /// <param name="active">The rows of the active database.</param>
    /// <param name="withChanged">Whether rows that both have are compared.</param>
    public static IReadOnlyList<TableDifference> Compare(IEnumerable<TableShape> tables, Rows file, Rows active, bool withChanged) =>
        [
            .. tables
                .Select(table => Compare(table, file.Of(table.Name), active.Of(table.Name), withChanged))
                .Where(table => table.Missing.Count > 0 || table.Changed is [_, ..]),
        ];

    /// <summary>How many rows only one of both has.</summary>
    public static int CountDifferent(IEnumerable<TableShape> tables, Rows one, Rows other) =>
        tables.Sum(table =>
        {
            var rows = Uuids(one.Of(table.Name));
            rows.SymmetricExceptWith(Uuids(other.Of(table.Name)));
            return rows.Count;
        });

    private static HashSet<Guid> Uuids(IEnumerable<JsonObject> rows) =>
        [.. rows.Select(row => View(row)).OfType<RowView>().Select(row => row.Uuid)];

    private static TableDifference Compare(
        TableShape table,
        IReadOnlyList<JsonObject> file,
        IReadOnlyList<JsonObject> active,
        bool withChanged
    )
    {
        var there = new Dictionary<Guid, JsonObject>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in active)
        {
            if (View(row) is { } view)
            {
                there[view.Uuid] = row;
                _ = view.Name is { } name && names.Add(name);
            }
        }

        var missing = new List<RowView>();
        var changed = new List<ChangedRow>();
        foreach (var row in file)
        {
            if (View(row) is not { } view)
            {
                continue;
            }

            if (!there.TryGetValue(view.Uuid, out var other))
            {
                missing.Add(view with { IsNameTaken = view.Name is { } name && names.Contains(name) });
            }
            else if (table.Columns.Where(column => !JsonNode.DeepEquals(row[column], other[column])).ToList() is { Count: > 0 } columns)
            {
                changed.Add(new ChangedRow(view, columns));
            }
        }

        return new TableDifference(
            table.Name,
            InOrder(missing),
            withChanged ? [.. changed.OrderBy(row => row.Row.Name, StringComparer.Ordinal).ThenBy(row => row.Row.Uuid)] : null
        );
    }

    private static RowView? View(JsonObject row) =>
        OvsdbValue.TryReadUuid(row["_uuid"], out var uuid) ? new RowView(uuid, TableShape.NameOf(row)) : null;

    private static IReadOnlyList<RowView> InOrder(IEnumerable<RowView> rows) =>
        [.. rows.OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Uuid)];
}
