using System.Text.Json.Nodes;

namespace OvndbOcf.Ovsdb.Wire;

/// <summary>
/// What became of one operation of a transaction (RFC 7047, sections 4.1.3 and 5.2). Which members are set depends on the operation.
/// </summary>
public sealed class OperationResult
{
    private OperationResult(bool executed, OvsdbError? error, JsonObject? members)
    {
        Executed = executed;
        Error = error;
        Count = members?["count"] is JsonValue count && count.TryGetValue<long>(out var number) ? number : null;
        Uuid = members?["uuid"] is { } value && OvsdbValue.TryReadUuid(value, out var uuid) ? uuid : null;
        Rows = Objects(members?["rows"]);
    }

    /// <summary>Whether it was carried out: false after another operation failed.</summary>
    public bool Executed { get; }

    /// <summary>Why it failed; null if it did not.</summary>
    public OvsdbError? Error { get; }

    /// <summary>The number of rows that an update, mutate or delete met (sections 5.2.3 to 5.2.5); null otherwise.</summary>
    public long? Count { get; }

    /// <summary>The row that an insert made (section 5.2.1); null otherwise.</summary>
    public Guid? Uuid { get; }

    /// <summary>The rows that a select found, column name to value (section 5.2.2); empty otherwise.</summary>
    public IReadOnlyList<JsonObject> Rows { get; }

    /// <summary>Reads one element of a transaction's result; null if it has no such shape.</summary>
    internal static OperationResult? Read(JsonNode? node) =>
        node switch
        {
            null => new OperationResult(false, null, null),
            JsonObject members when members.ContainsKey("error") => OvsdbError.Read(members) is { } error
                ? new OperationResult(true, error, null)
                : null,
            JsonObject members => new OperationResult(true, null, members),
            _ => null,
        };

    private static List<JsonObject> Objects(JsonNode? node)
    {
        List<JsonObject> objects = [];
        if (node is JsonArray array)
        {
            foreach (var element in array)
            {
                if (element is JsonObject members)
                {
                    objects.Add(members);
                }
            }
        }

        return objects;
    }
}
