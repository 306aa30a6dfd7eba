using System.Text.Json.Nodes;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Snapshots;

/// <summary>A row that can be told from all others.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Id">Its UUID.</param>
/// <param name="Values">Its columns, name to value.</param>
internal sealed record IdentifiedRow(string Table, Guid Id, JsonObject Values)
{
    /// <summary>The row as views show it.</summary>
    public RowView View { get; } = new(Id, TableShape.NameOf(Values));

    /// <summary>The rows that a column refers to; of a map those among its keys and values.</summary>
    public IReadOnlyList<Guid> Targets(string column) =>
        Values[column] is JsonArray { Count: 2 } pair && OvsdbValue.Text(pair[0]) == "map" && pair[1] is JsonArray entries
            ? [.. entries.OfType<JsonArray>().SelectMany(entry => entry).SelectMany(OvsdbValue.Uuids)]
            : OvsdbValue.Uuids(Values[column]);

    /// <summary>Table and name, or UUID, for messages.</summary>
    public override string ToString() => $"{Table} {View.Name ?? Id.ToString()}";
}

/// <summary>Rows that are looked up by table and UUID.</summary>
internal sealed class RowIndex
{
    private readonly Dictionary<string, Dictionary<Guid, IdentifiedRow>> _tables = new(StringComparer.Ordinal);

    /// <summary>Of rows as they were read; those without a UUID are left out.</summary>
    public RowIndex(Rows rows)
    {
        foreach (var (table, content) in rows.ByTable)
        {
            var byId = _tables[table] = new Dictionary<Guid, IdentifiedRow>(content.Count);
            foreach (var row in content)
            {
                if (OvsdbValue.TryReadUuid(row["_uuid"], out var id))
                {
                    byId[id] = new IdentifiedRow(table, id, row);
                }
            }
        }
    }

    /// <summary>The rows of a table.</summary>
    public IReadOnlyCollection<IdentifiedRow> Of(string table) => _tables.TryGetValue(table, out var rows) ? rows.Values : [];

    /// <summary>A row; null if it is not there.</summary>
    public IdentifiedRow? Find(string table, Guid id) => _tables.GetValueOrDefault(table)?.GetValueOrDefault(id);
}
