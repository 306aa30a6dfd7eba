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

    private readonly List<JsonObject> _operations = [];
    private readonly List<TableChange> _changes = [];

    private ContentPlan() { }

    /// <summary>Why it cannot be done; null if it can.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The tables that change.</summary>
    public IReadOnlyList<TableChange> Changes => _changes;

    /// <summary>The operations of the transaction.</summary>
    public IReadOnlyList<JsonObject> Operations => _operations;

    /// <summary>The tables of a schema that are read for it.</summary>
    public static IReadOnlyList<TableShape> Read(IEnumerable<TableShape> tables) =>
        [.. tables.Where(table => !KeptTables.Contains(table.Name, StringComparer.Ordinal))];

    /// <summary>Decides.</summary>
    /// <param name="database">Which database.</param>
    /// <param name="served">The tables of the active database.</param>
    /// <param name="file">The rows of the file, with all its columns.</param>
    /// <param name="active">The rows of the active database.</param>
    public static ContentPlan Decide(DatabaseParameters database, IReadOnlyList<TableShape> served, Rows file, Rows active)
    {
        var plan = new ContentPlan();
        var (wanted, present) = (new RowIndex(file), new RowIndex(active));
        plan.Refusal = Unknown(served, file);
        foreach (var table in plan.Refusal is null ? Read(served) : [])
        {
            var columns = table.Columns.ToHashSet(StringComparer.Ordinal);
            if (table.Name == database.GlobalTable)
            {
                plan.Keep(table.Name, wanted.Of(table.Name), present.Of(table.Name), columns);
            }
            else
            {
                plan.Replace(table.Name, wanted, present, columns);
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

    private void Replace(string table, RowIndex wanted, RowIndex present, HashSet<string> columns)
    {
        var (inserted, updated, deleted) = (0, 0, 0);
        foreach (var row in present.Of(table).Where(row => wanted.Find(table, row.Id) is null))
        {
            deleted++;
            _operations.Add(OvsdbOperation.Delete(table, OvsdbOperation.Where(OvsdbOperation.IsRow(row.Id))));
        }

        foreach (var row in wanted.Of(table))
        {
            if (present.Find(table, row.Id) is not { } now)
            {
                inserted++;
                _operations.Add(RowRestoreOperations.Insert(table, row.Id, Values(row, columns)));
            }
            else if (Update(table, now, Values(row, columns)))
            {
                updated++;
            }
        }

        Count(table, inserted, updated, deleted);
    }

    /// <summary>The one row that tells of the database as a whole stays, with what belongs to the cluster.</summary>
    private void Keep(string table, IEnumerable<IdentifiedRow> wanted, IEnumerable<IdentifiedRow> present, HashSet<string> columns)
    {
        if (wanted.FirstOrDefault() is not { } row)
        {
            return;
        }

        columns.ExceptWith(KeptColumns);
        var values = Values(row, columns);
        var now = present.FirstOrDefault();
        if (values["external_ids"] is { } ids)
        {
            values["external_ids"] = WithMarkerOf(ids, now?.Values["external_ids"]);
        }

        if (now is null)
        {
            _operations.Add(RowRestoreOperations.Insert(table, row.Id, values));
            Count(table, 1, 0, 0);
        }
        else if (Update(table, now, values))
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

    private static JsonObject Values(IdentifiedRow row, HashSet<string> columns)
    {
        var values = new JsonObject();
        foreach (var (column, value) in row.Values.Where(value => columns.Contains(value.Key)))
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
