using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Snapshots;

/// <summary>A reference to rows that a column holds (RFC 7047, section 3.2, <c>&lt;base-type&gt;</c>).</summary>
/// <param name="Column">The column.</param>
/// <param name="Table">The table of those rows.</param>
/// <param name="IsWeak">Whether it goes by itself when the row goes; a strong one keeps the row.</param>
/// <param name="Form">How many rows the column can hold, and how.</param>
internal sealed record ColumnReference(string Column, string Table, bool IsWeak, ReferenceForm Form);

/// <summary>How a column holds references.</summary>
internal enum ReferenceForm
{
    /// <summary>One row at most.</summary>
    One,

    /// <summary>A set of rows.</summary>
    Set,

    /// <summary>A map with rows among its keys or values.</summary>
    Map,
}

/// <summary>What a schema says of a table beyond its columns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRoot">Whether its rows stay without a reference to them.</param>
/// <param name="Columns">The columns.</param>
/// <param name="References">The columns that refer to rows.</param>
/// <param name="Unique">Lists of columns whose values together are those of one row only, by the schema.</param>
internal sealed record TableRules(
    string Name,
    bool IsRoot,
    IReadOnlySet<string> Columns,
    IReadOnlyList<ColumnReference> References,
    IReadOnlyList<IReadOnlyList<string>> Unique
)
{
    /// <summary>Whether people and programs find its rows by their names, whether the schema has them once only or not: those of tables whose rows stand for themselves.</summary>
    public bool IsNamedOnce => IsRoot && Columns.Contains("name");

    /// <summary>Lists of columns whose values together should be those of one row only.</summary>
    public IEnumerable<IReadOnlyList<string>> OnceOnly =>
        IsNamedOnce && !Unique.Any(columns => columns is ["name"]) ? [.. Unique, ["name"]] : Unique;
}

/// <summary>The rules of a database's schema (RFC 7047, section 3.2). Pure.</summary>
internal sealed record DatabaseRules(IReadOnlyDictionary<string, TableRules> Tables)
{
    /// <summary>From a schema.</summary>
    public static DatabaseRules Of(JsonObject schema) =>
        new(
            (schema["tables"] as JsonObject ?? []).ToDictionary(
                table => table.Key,
                table => Of(table.Key, table.Value as JsonObject ?? []),
                StringComparer.Ordinal
            )
        );

    /// <summary>The table; null if there is none.</summary>
    public TableRules? Table(string name) => Tables.GetValueOrDefault(name);

    /// <summary>A table with those whose rows come and go with its own: strongly referred to, and not there without that.</summary>
    public IReadOnlySet<string> WithParts(string table)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { table };
        var open = new Queue<string>(found);
        while (open.TryDequeue(out var name))
        {
            foreach (var reference in Table(name)?.References ?? [])
            {
                if (!reference.IsWeak && Table(reference.Table) is { IsRoot: false } && found.Add(reference.Table))
                {
                    open.Enqueue(reference.Table);
                }
            }
        }

        return found;
    }

    /// <summary>The tables that have to be read to bring rows of some tables back: themselves, those that they refer to, and those that refer to them.</summary>
    public IReadOnlySet<string> Around(IReadOnlySet<string> tables) =>
        Tables
            .Values.Where(table =>
                tables.Contains(table.Name)
                || table.References.Any(reference => tables.Contains(reference.Table))
                || tables.Any(name => Table(name)?.References.Any(reference => reference.Table == table.Name) == true)
            )
            .Select(table => table.Name)
            .ToHashSet(StringComparer.Ordinal);

    private static TableRules Of(string name, JsonObject table)
    {
        var columns = table["columns"] as JsonObject ?? [];
        return new TableRules(
            name,
            OvsdbValue.Boolean(table["isRoot"]) == true,
            columns.Select(column => column.Key).ToHashSet(StringComparer.Ordinal),
            [.. columns.SelectMany(column => References(column.Key, column.Value?["type"]))],
            [
                .. (table["indexes"] as JsonArray ?? [])
                    .OfType<JsonArray>()
                    .Select(index => (IReadOnlyList<string>)[.. index.Select(OvsdbValue.Text).OfType<string>()]),
            ]
        );
    }

    private static IEnumerable<ColumnReference> References(string column, JsonNode? type)
    {
        if (type is not JsonObject members)
        {
            yield break;
        }

        var isMap = members["value"] is not null;
        foreach (var part in (JsonNode?[])[members["key"], members["value"]])
        {
            if (part is JsonObject target && OvsdbValue.Text(target["refTable"]) is { } table)
            {
                yield return new ColumnReference(
                    column,
                    table,
                    OvsdbValue.Text(target["refType"]) == "weak",
                    isMap ? ReferenceForm.Map
                        : OvsdbValue.Text(members["max"]) == "unlimited" || OvsdbValue.Number(members["max"]) > 1 ? ReferenceForm.Set
                        : ReferenceForm.One
                );
            }
        }
    }
}
