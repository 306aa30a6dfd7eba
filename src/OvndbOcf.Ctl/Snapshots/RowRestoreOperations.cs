using System.Text.Json.Nodes;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Snapshots;

/// <summary>The transaction that brings rows back (RFC 7047, section 5.2). Pure.</summary>
internal static class RowRestoreOperations
{
    /// <summary>The operations.</summary>
    /// <param name="rules">The schema of the active database.</param>
    /// <param name="active">Its rows.</param>
    /// <param name="chosen">The rows that come back.</param>
    /// <param name="links">The references that other rows get back.</param>
    /// <param name="leftOut">Gets what does not come back.</param>
    public static IReadOnlyList<JsonObject> Build(
        DatabaseRules rules,
        RowIndex active,
        IReadOnlyDictionary<Guid, IdentifiedRow> chosen,
        IReadOnlyList<RowLink> links,
        ICollection<string> leftOut
    ) =>
        [
            // What was looked at has to be so still.
            .. links.Select(link => (link.Table, link.Row.Uuid)).Distinct().Select(owner => IsThere(owner.Table, owner.Uuid)),
            .. chosen
                .Values.Where(row =>
                    rules.Table(row.Table)!.IsNamedOnce && row.Values["name"] is { } name && OvsdbValue.Text(name) is not ""
                )
                .Select(row => IsFree(row.Table, row.Values["name"]!)),
            .. chosen.Values.Select(row => Insert(row, rules.Table(row.Table)!, active, chosen, leftOut)),
            .. links.Select(link =>
                OvsdbOperation.Mutate(
                    link.Table,
                    OvsdbOperation.Where(OvsdbOperation.IsRow(link.Row.Uuid)),
                    OvsdbOperation.Mutation(link.Column, "insert", OvsdbValue.Set(OvsdbValue.Uuid(link.To.Uuid)))
                )
            ),
        ];

    private static JsonObject IsThere(string table, Guid id) =>
        OvsdbOperation.Wait(
            table,
            OvsdbOperation.Where(OvsdbOperation.IsRow(id)),
            ["_uuid"],
            [new JsonObject { ["_uuid"] = OvsdbValue.Uuid(id) }],
            equal: true,
            TimeSpan.Zero
        );

    private static JsonObject IsFree(string table, JsonNode name) =>
        OvsdbOperation.Wait(
            table,
            OvsdbOperation.Where(OvsdbOperation.Condition("name", "==", name)),
            ["_uuid"],
            [],
            equal: true,
            TimeSpan.Zero
        );

    private static JsonObject Insert(
        IdentifiedRow row,
        TableRules rules,
        RowIndex active,
        IReadOnlyDictionary<Guid, IdentifiedRow> chosen,
        ICollection<string> leftOut
    )
    {
        var values = new JsonObject();
        foreach (var (column, value) in row.Values)
        {
            if (column[0] == '_' || value is null)
            {
                continue;
            }

            if (rules.Columns.Contains(column))
            {
                values[column] = WithoutLost(row, rules, column, active, chosen, leftOut);
            }
            else if (!IsDefault(value))
            {
                leftOut.Add($"{column} of {row}: the active database has no such column");
            }
        }

        return Insert(row.Table, row.Id, values);
    }

    /// <summary>
    /// Makes a row with that UUID, an extension of ovsdb-server (ovsdb-server(7), section 5.2.1): it is the same row as before, and everything that names it by its UUID goes on to.
    /// </summary>
    public static JsonObject Insert(string table, Guid id, JsonObject values)
    {
        var operation = OvsdbOperation.Insert(table, values);
        operation["uuid"] = id.ToString("D");
        return operation;
    }

    /// <summary>The value without weak references to rows that are gone, as the server would have it.</summary>
    private static JsonNode WithoutLost(
        IdentifiedRow row,
        TableRules rules,
        string column,
        RowIndex active,
        IReadOnlyDictionary<Guid, IdentifiedRow> chosen,
        ICollection<string> leftOut
    )
    {
        var value = row.Values[column]!;
        if (
            rules.References.FirstOrDefault(reference => reference.Column == column)
            is not { IsWeak: true, Form: not ReferenceForm.Map } weak
        )
        {
            return value.DeepClone();
        }

        var targets = row.Targets(column);
        var lost = targets.Where(id => !chosen.ContainsKey(id) && active.Find(weak.Table, id) is null).ToList();
        if (lost.Count == 0)
        {
            return value.DeepClone();
        }

        leftOut.Add($"{column} of {row} does not refer to {weak.Table} {string.Join(", ", lost)}, which is gone");
        return OvsdbValue.Set([.. targets.Except(lost).Select(JsonNode (id) => OvsdbValue.Uuid(id))]);
    }

    /// <summary>Whether a value is what a column has where nothing was written to it.</summary>
    public static bool IsDefault(JsonNode value) =>
        value is JsonArray { Count: 2 } pair && OvsdbValue.Text(pair[0]) is "set" or "map"
            ? pair[1] is JsonArray { Count: 0 }
            : OvsdbValue.Text(value) is "" || OvsdbValue.Number(value) is 0 || OvsdbValue.Boolean(value) is false;
}
