using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Servers.Control;

/// <summary>What the last records of a file say of a row.</summary>
/// <param name="Table">The row's table.</param>
/// <param name="Row">The row.</param>
/// <param name="Exists">Whether it exists after the last record.</param>
/// <param name="Values">Columns of one string, integer or boolean, and their values.</param>
/// <param name="Pairs">Columns that map strings to strings, and for a key its value; a record may also mean that the key with that value was removed.</param>
public sealed record TailRow(
    string Table,
    Guid Row,
    bool Exists,
    IReadOnlyDictionary<string, JsonNode> Values,
    IReadOnlyDictionary<(string Column, string Key), string> Pairs
)
{
    /// <summary>The columns of which it says something.</summary>
    public IEnumerable<string> Columns => Values.Keys.Concat(Pairs.Keys.Select(pair => pair.Column)).Distinct();

    /// <summary>In what a server's answer contradicts it; null if it does not.</summary>
    /// <param name="rows">The rows of that table with that id: one or none.</param>
    public string? Contradiction(IReadOnlyList<JsonObject> rows)
    {
        if ((rows.Count > 0) != Exists)
        {
            return Exists ? $"row {Row} of {Table} is missing" : $"deleted row {Row} of {Table} is there";
        }

        foreach (var row in rows)
        {
            foreach (var (column, value) in Values)
            {
                if (!JsonNode.DeepEquals(row[column], value))
                {
                    return $"{column} of row {Row} of {Table} has an older value";
                }
            }

            foreach (var ((column, key), value) in Pairs)
            {
                if (OvsdbValue.Strings(row[column]).TryGetValue(key, out var found) && found != value)
                {
                    return $"{column}:{key} of row {Row} of {Table} has an older value";
                }
            }
        }

        return null;
    }
}

/// <summary>
/// What the last transactions of a database's file say of the rows that they changed. From a record on that is no JSON object a server drops all that follow, and one that it cannot
/// apply it leaves out (OVS 3.1 and 3.5); it tells nobody but its log, and does not know these rows as they were then. ovsdb(5), Database File Format: each record has the changed rows by table and
/// id, null for a deleted one, and from OVS 2.15 on (<c>_is_diff</c>) of columns with several values only the difference, which does not tell what was added from what was removed.
/// </summary>
/// <param name="Rows">The rows that were changed last.</param>
public sealed record FileTail(IReadOnlyList<TailRow> Rows)
{
    /// <summary>Of so many rows something is said, those that were changed last.</summary>
    public const int MostRows = 64;

    private enum ColumnKind
    {
        Other,
        Plain,
        StringMap,
    }

    /// <summary>What records say that follow each other at the end of a file.</summary>
    /// <param name="schema">The file's schema (RFC 7047, section 3.2).</param>
    /// <param name="records">Whole records, the last one last.</param>
    public static FileTail Of(JsonObject schema, IEnumerable<JsonObject> records)
    {
        var rows = new OrderedDictionary<(string Table, Guid Row), TailRow>();
        foreach (var record in records)
        {
            foreach (var (table, changes) in record)
            {
                // Names that begin with an underscore are of the record itself: _date, _comment, _is_diff.
                if (
                    !table.StartsWith('_')
                    && changes is JsonObject changed
                    && Member(Member(schema["tables"], table), "columns") is JsonObject columns
                )
                {
                    Apply(rows, table, columns, changed);
                }
            }
        }

        return new FileTail([.. rows.Values.TakeLast(MostRows)]);
    }

    private static void Apply(
        OrderedDictionary<(string Table, Guid Row), TailRow> rows,
        string table,
        JsonObject columns,
        JsonObject changed
    )
    {
        foreach (var (id, change) in changed)
        {
            if (!Guid.TryParseExact(id, "D", out var row))
            {
                continue;
            }

            var values = new Dictionary<string, JsonNode>();
            var pairs = new Dictionary<(string Column, string Key), string>();
            if (rows.Remove((table, row), out var before) && before.Exists)
            {
                values = new Dictionary<string, JsonNode>(before.Values);
                pairs = new Dictionary<(string Column, string Key), string>(before.Pairs);
            }

            if (change is JsonObject cells)
            {
                Read(columns, cells, values, pairs);
                rows.Add((table, row), new TailRow(table, row, true, values, pairs));
            }
            else
            {
                rows.Add(
                    (table, row),
                    new TailRow(
                        table,
                        row,
                        false,
                        new Dictionary<string, JsonNode>(),
                        new Dictionary<(string Column, string Key), string>()
                    )
                );
            }
        }
    }

    private static void Read(
        JsonObject columns,
        JsonObject cells,
        Dictionary<string, JsonNode> values,
        Dictionary<(string Column, string Key), string> pairs
    )
    {
        foreach (var (column, value) in cells)
        {
            if (value is null)
            {
                continue;
            }

            switch (KindOf(Member(columns[column], "type")))
            {
                case ColumnKind.Plain:
                    values[column] = value;
                    break;

                case ColumnKind.StringMap:
                    foreach (var (key, text) in OvsdbValue.Strings(value))
                    {
                        pairs[(column, key)] = text;
                    }

                    break;
            }
        }
    }

    // <type> and <base-type> of RFC 7047, section 3.2.
    private static ColumnKind KindOf(JsonNode? type) =>
        type switch
        {
            JsonObject members when members["value"] is { } value => BaseOf(members["key"]) == "string" && BaseOf(value) == "string"
                ? ColumnKind.StringMap
                : ColumnKind.Other,
            JsonObject members => members["max"] is null || OvsdbValue.Number(members["max"]) == 1
                ? KindOfBase(BaseOf(members["key"]))
                : ColumnKind.Other,
            _ => KindOfBase(BaseOf(type)),
        };

    private static ColumnKind KindOfBase(string? type) => type is "string" or "integer" or "boolean" ? ColumnKind.Plain : ColumnKind.Other;

    private static JsonNode? Member(JsonNode? node, string name) => (node as JsonObject)?[name];

    private static string? BaseOf(JsonNode? type) => type is JsonObject members ? OvsdbValue.Text(members["type"]) : OvsdbValue.Text(type);
}
