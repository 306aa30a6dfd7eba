using System.Text.Json.Nodes;

namespace OvndbOcf.Ovsdb.Wire;

/// <summary>
/// Builds the operations of a transaction (RFC 7047, section 5.2). Arguments that are already part of something else are copied, so
/// that one condition can serve several operations.
/// </summary>
public static class OvsdbOperation
{
    /// <summary>Makes a row (section 5.2.1). Columns left out get their default.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="row">Column name to value.</param>
    /// <param name="uuidName">A name for the new row, to be used with <see cref="OvsdbValue.NamedUuid"/>; null for none.</param>
    public static JsonObject Insert(string table, JsonObject row, string? uuidName = null)
    {
        var operation = Operation("insert", table);
        operation["row"] = OvsdbValue.Detached(row);
        if (uuidName is not null)
        {
            operation["uuid-name"] = uuidName;
        }

        return operation;
    }

    /// <summary>Reads columns of the rows that meet all conditions (section 5.2.2); all columns if none is named.</summary>
    public static JsonObject Select(string table, JsonArray where, params ReadOnlySpan<string> columns)
    {
        var operation = Operation("select", table, where);
        if (!columns.IsEmpty)
        {
            operation["columns"] = Strings(columns);
        }

        return operation;
    }

    /// <summary>Sets columns in the rows that meet all conditions (section 5.2.3).</summary>
    public static JsonObject Update(string table, JsonArray where, JsonObject row)
    {
        var operation = Operation("update", table, where);
        operation["row"] = OvsdbValue.Detached(row);
        return operation;
    }

    /// <summary>Applies mutations, made by <see cref="Mutation"/>, to the rows that meet all conditions (section 5.2.4).</summary>
    public static JsonObject Mutate(string table, JsonArray where, params ReadOnlySpan<JsonArray> mutations)
    {
        var operation = Operation("mutate", table, where);
        operation["mutations"] = Array(mutations);
        return operation;
    }

    /// <summary>Deletes the rows that meet all conditions (section 5.2.5).</summary>
    public static JsonObject Delete(string table, JsonArray where) => Operation("delete", table, where);

    /// <summary>
    /// Holds the transaction back until the rows that meet all conditions have, in the named columns, exactly the given values, or no
    /// longer have them (section 5.2.6). If that takes too long, the operation fails with <see cref="OvsdbErrorKind.TimedOut"/>; with
    /// a timeout of zero it is a test at once.
    /// </summary>
    /// <param name="table">The table's name.</param>
    /// <param name="where">The conditions, made by <see cref="Where"/>.</param>
    /// <param name="columns">The columns to compare.</param>
    /// <param name="rows">The rows, each with these columns.</param>
    /// <param name="equal">True to wait until they are equal, false to wait until they differ.</param>
    /// <param name="timeout">The time the server may wait; keep it below the call's own deadline.</param>
    public static JsonObject Wait(
        string table,
        JsonArray where,
        ReadOnlySpan<string> columns,
        ReadOnlySpan<JsonObject> rows,
        bool equal,
        TimeSpan timeout
    )
    {
        var operation = Operation("wait", table, where);
        operation["columns"] = Strings(columns);
        operation["until"] = equal ? "==" : "!=";
        operation["rows"] = Array(rows);
        operation["timeout"] = (long)timeout.TotalMilliseconds;
        return operation;
    }

    /// <summary>Makes a successful commit wait until the data is on disk (section 5.2.7).</summary>
    public static JsonObject DurableCommit() => new() { ["op"] = "commit", ["durable"] = true };

    /// <summary>Leaves a comment in the database file with the transaction (section 5.2.9).</summary>
    public static JsonObject Comment(string text) => new() { ["op"] = "comment", ["comment"] = text };

    /// <summary>Conditions that must all hold (<c>where</c> of section 5.2); none means every row.</summary>
    public static JsonArray Where(params ReadOnlySpan<JsonArray> conditions) => Array(conditions);

    /// <summary>
    /// A condition on a column (<c>&lt;condition&gt;</c>, section 5.1): one of <c>==</c>, <c>!=</c>, <c>includes</c>, <c>excludes</c>,
    /// <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;=</c>, <c>&gt;</c>.
    /// </summary>
    public static JsonArray Condition(string column, string function, JsonNode value) => new(column, function, OvsdbValue.Detached(value));

    /// <summary>The condition that a row has this UUID.</summary>
    public static JsonArray IsRow(Guid uuid) => Condition("_uuid", "==", OvsdbValue.Uuid(uuid));

    /// <summary>
    /// A change of a column (<c>&lt;mutation&gt;</c>, section 5.1): one of <c>+=</c>, <c>-=</c>, <c>*=</c>, <c>/=</c>, <c>%=</c>,
    /// <c>insert</c>, <c>delete</c>.
    /// </summary>
    public static JsonArray Mutation(string column, string mutator, JsonNode value) => new(column, mutator, OvsdbValue.Detached(value));

    private static JsonObject Operation(string name, string table) => new() { ["op"] = name, ["table"] = table };

    private static JsonObject Operation(string name, string table, JsonArray where)
    {
        var operation = Operation(name, table);
        operation["where"] = OvsdbValue.Detached(where);
        return operation;
    }

    private static JsonArray Strings(ReadOnlySpan<string> strings)
    {
        var array = new JsonArray();
        foreach (var text in strings)
        {
            array.Add((JsonNode)text);
        }

        return array;
    }

    private static JsonArray Array<T>(ReadOnlySpan<T> nodes)
        where T : JsonNode
    {
        var array = new JsonArray();
        foreach (var node in nodes)
        {
            array.Add(OvsdbValue.Detached(node));
        }

        return array;
    }
}
