using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Snapshots;

/// <summary>A table of a schema (RFC 7047, section 3.2).</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">The columns that a file keeps.</param>
internal sealed record TableShape(string Name, IReadOnlyList<string> Columns)
{
    // Where a row says what people call it; the first that has something counts.
    private static readonly string[] Names =
    [
        "name",
        "logical_port",
        "hostname",
        "target",
        "vip",
        "logical_ip",
        "ip_prefix",
        "ip",
        "cidr",
        "mac",
        "address",
        "match",
    ];

    /// <summary>The columns that may have a name.</summary>
    public IReadOnlyList<string> Naming => [.. Names.Where(Columns.Contains)];

    /// <summary>What people call a row; null if nothing in it is a name.</summary>
    public static string? NameOf(JsonObject row) =>
        Names
            .Select(column => OvsdbValue.Elements(row[column]) is [var value, ..] ? OvsdbValue.Text(value) : null)
            .FirstOrDefault(name => !string.IsNullOrEmpty(name));

    /// <summary>The tables of a schema, in the order of their names.</summary>
    public static IReadOnlyList<TableShape> Of(JsonObject schema) =>
        [
            .. (schema["tables"] as JsonObject ?? [])
                .Select(table => new TableShape(
                    table.Key,
                    [
                        .. ((table.Value as JsonObject)?["columns"] as JsonObject ?? [])
                            .Where(column => (column.Value as JsonObject)?["ephemeral"] is not JsonValue flag || !flag.GetValue<bool>())
                            .Select(column => column.Key)
                            .Order(StringComparer.Ordinal),
                    ]
                ))
                .OrderBy(table => table.Name, StringComparer.Ordinal),
        ];

    /// <summary>The tables of both schemas with the columns of both.</summary>
    public static IReadOnlyList<TableShape> Common(IEnumerable<TableShape> ones, IEnumerable<TableShape> others) =>
        [
            .. ones.Join(
                others,
                one => one.Name,
                other => other.Name,
                (one, other) => one with { Columns = [.. one.Columns.Intersect(other.Columns, StringComparer.Ordinal)] },
                StringComparer.Ordinal
            ),
        ];
}
