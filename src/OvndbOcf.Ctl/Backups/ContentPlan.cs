using System.Text.Json.Nodes;
using OvndbOcf.Ctl.Snapshots;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Backups;

/// <summary>
/// How the content of the active database becomes that of a file, in one transaction. Pure. Rows keep their UUIDs, unlike with <c>ovsdb-client restore</c>, so that ovn-northd and hypervisors have nothing to do for
/// those that stay the same. What belongs to the running cluster stays: connections and TLS, the marker of the promotion, counters of changes.
/// </summary>
internal sealed class ContentPlan
{
    private static readonly string[] KeptTables = ["Connection", "SSL"];

    // ovn-nb(5) and ovn-sb(5): how far ovn-northd and hypervisors are; set back, a client that waits for them would wait for the wrong number.
    private static readonly string[] KeptColumns =
    [
        "connections",
        "ssl",
        "nb_cfg",
        "nb_cfg_timestamp",
        "sb_cfg",
        "sb_cfg_timestamp",
        "hv_cfg",
        "hv_cfg_timestamp",
    ];

    private readonly DatabaseParameters _database;
    private readonly RowIndex _wanted;
    private readonly RowIndex _present;
    private readonly List<JsonObject> _operations = [];
    private readonly List<TableChange> _changes = [];

    private ContentPlan(DatabaseParameters database, Rows file, Rows active) =>
        (_database, _wanted, _present) = (database, new RowIndex(file), new RowIndex(active));

    /// <summary>Why it cannot be done; null if it can.</summary>
    public string? Refusal { get; private init; }

    /// <summary>The tables that change.</summary>
    public IReadOnlyList<TableChange> Changes => _changes;

    /// <summary>The operations of the transaction; none if nothing changes.</summary>
    public IReadOnlyList<JsonObject> Operations => _operations.Count == 0 ? [] : [IsAsRead(), .. _operations];

    /// <summary>The tables of a schema that are read for it.</summary>
    public static IReadOnlyList<TableShape> Read(IEnumerable<TableShape> tables) =>
        [.. tables.Where(table => !KeptTables.Contains(table.Name, StringComparer.Ordinal))];

    /// <summary>Decides.</summary>
    /// <param name="database">Which database.</param>
    /// <param name="schema">The schema of the active database.</param>
    /// <param name="file">The rows of the file, with all its columns.</param>
    /// <param name="active">The rows of the active database.</param>
    public static ContentPlan Decide(DatabaseParameters database, JsonObject schema, Rows file, Rows active)
    {
        var served = TableShape.Of(schema);
        var plan = new ContentPlan(database, file, active) { Refusal = Unknown(served, file) };
        foreach (var table in plan.Refusal is null ? Read(served) : [])
        {
            if (table.Name == database.GlobalTable)
            {
                plan.Keep(table.Name, Defaults(schema, table, KeptColumns));
            }
            else
            {
                plan.Replace(table.Name, Defaults(schema, table, []));
            }
        }

        return plan;
    }

    // An older schema lacks something, which gets its default. What a newer one has would be lost.
    private static string? Unknown(IReadOnlyList<TableShape> served, Rows file)
    {
        var known = served.ToDictionary(table => table.Name, StringComparer.Ordinal);
        foreach (var (table, rows) in file.ByTable)
        {
            foreach (var row in rows)
            {
                if (!known.TryGetValue(table, out var shape))
                {
                    return $"the active database has no table {table}, of which the backup has rows: upgrade OVN first";
                }

                if (
                    row.FirstOrDefault(value =>
                        value is { Key: [not '_', ..], Value: { } content }
                        && !shape.Columns.Contains(value.Key, StringComparer.Ordinal)
                        && !RowRestoreOperations.IsDefault(content)
                    ) is
                    { Key: { } column }
                )
                {
                    return $"the active database has no column {column} in {table}, of which the backup has values: upgrade OVN first";
                }
            }
        }

        return null;
    }

    /// <summary>Each column that is written, with its default.</summary>
    private static JsonObject Defaults(JsonObject schema, TableShape table, string[] kept)
    {
        var defaults = new JsonObject();
        foreach (var column in table.Columns.Except(kept, StringComparer.Ordinal))
        {
            defaults[column] = ColumnDefault.Of(schema["tables"]![table.Name]!["columns"]![column]!["type"]!);
        }

        return defaults;
    }

    /// <summary>
    /// Another node may have become active since the rows were read, and the transaction reach that one: it must not get the marker of the former promotion. This holds it back.
    /// </summary>
    private JsonObject IsAsRead() =>
        OvsdbOperation.Wait(
            _database.GlobalTable,
            OvsdbOperation.Where(),
            ["external_ids"],
            [
                .. _present
                    .Of(_database.GlobalTable)
                    .Select(row => new JsonObject { ["external_ids"] = row.Values["external_ids"]?.DeepClone() }),
            ],
            equal: true,
            TimeSpan.Zero
        );

    private void Replace(string table, JsonObject defaults)
    {
        var (inserted, updated, deleted) = (0, 0, 0);
        foreach (var row in _present.Of(table).Where(row => _wanted.Find(table, row.Id) is null))
        {
            deleted++;
            _operations.Add(OvsdbOperation.Delete(table, OvsdbOperation.Where(OvsdbOperation.IsRow(row.Id))));
        }

        foreach (var row in _wanted.Of(table))
        {
            if (_present.Find(table, row.Id) is not { } now)
            {
                inserted++;
                _operations.Add(RowRestoreOperations.Insert(table, row.Id, Values(row, defaults)));
            }
            else if (Update(table, now, WithDefaults(Values(row, defaults), defaults)))
            {
                updated++;
            }
        }

        Count(table, inserted, updated, deleted);
    }

    /// <summary>The one row that tells of the database as a whole stays, with what belongs to the cluster.</summary>
    private void Keep(string table, JsonObject defaults)
    {
        if (_wanted.Of(table).FirstOrDefault() is not { } row)
        {
            return;
        }

        var values = Values(row, defaults);
        var now = _present.Of(table).FirstOrDefault();
        if (values["external_ids"] is { } ids)
        {
            values["external_ids"] = WithMarkerOf(ids, now?.Values["external_ids"]);
        }

        if (now is null)
        {
            _operations.Add(RowRestoreOperations.Insert(table, row.Id, values));
            Count(table, 1, 0, 0);
        }
        else if (Update(table, now, WithDefaults(values, defaults)))
        {
            Count(table, 0, 1, 0);
        }
    }

    private bool Update(string table, IdentifiedRow now, JsonObject values)
    {
        foreach (
            var column in values
                .Select(value => value.Key)
                .Where(column => JsonNode.DeepEquals(values[column], now.Values[column]))
                .ToList()
        )
        {
            values.Remove(column);
        }

        if (values.Count == 0)
        {
            return false;
        }

        _operations.Add(OvsdbOperation.Update(table, OvsdbOperation.Where(OvsdbOperation.IsRow(now.Id)), values));
        return true;
    }

    private void Count(string table, int inserted, int updated, int deleted)
    {
        if (inserted + updated + deleted > 0)
        {
            _changes.Add(new TableChange(table, inserted, updated, deleted));
        }
    }

    private static JsonObject Values(IdentifiedRow row, JsonObject defaults)
    {
        var values = new JsonObject();
        foreach (var (column, value) in row.Values.Where(value => defaults.ContainsKey(value.Key)))
        {
            values[column] = value?.DeepClone();
        }

        return values;
    }

    // A row that is there has a value in columns that the backup does not know, and today's would be beside those of another time.
    private static JsonObject WithDefaults(JsonObject values, JsonObject defaults)
    {
        foreach (var (column, value) in defaults.Where(value => !values.ContainsKey(value.Key)))
        {
            values[column] = value?.DeepClone();
        }

        return values;
    }

    private static JsonArray WithMarkerOf(JsonNode wanted, JsonNode? present)
    {
        var pairs = OvsdbValue
            .Strings(wanted)
            .Where(pair => pair.Key != PromotionMarker.Key)
            .Select(pair => (pair.Key, pair.Value))
            .ToList();
        if (OvsdbValue.Strings(present).TryGetValue(PromotionMarker.Key, out var marker))
        {
            pairs.Add((PromotionMarker.Key, marker));
        }

        // The order in which ovsdb-server has them, so that equal ones are seen to be.
        return OvsdbValue.Map([.. pairs.OrderBy(pair => pair.Key, StringComparer.Ordinal)]);
    }
}
