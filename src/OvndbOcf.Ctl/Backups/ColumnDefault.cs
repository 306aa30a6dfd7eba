using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ctl.Backups;

/// <summary>What a column has in a row for which nobody said anything (RFC 7047, section 5.2.1). Pure.</summary>
internal static class ColumnDefault
{
    /// <summary>By the column's type (section 3.2): nothing where it may be empty, otherwise one zero value.</summary>
    public static JsonNode Of(JsonNode type)
    {
        var members = type as JsonObject ?? [];
        var key = members["key"] ?? type;
        var isEmpty = members["min"] is { } min && OvsdbValue.Number(min) == 0;
        return members["value"] is { } value
                ? new JsonArray("map", isEmpty ? new JsonArray() : new JsonArray(new JsonArray(Atom(key), Atom(value))))
            : isEmpty ? OvsdbValue.Set()
            : Atom(key);
    }

    private static JsonNode Atom(JsonNode type) =>
        OvsdbValue.Text((type as JsonObject)?["type"] ?? type) switch
        {
            "integer" or "real" => 0,
            "boolean" => false,
            "uuid" => OvsdbValue.Uuid(Guid.Empty),
            _ => "",
        };
}
