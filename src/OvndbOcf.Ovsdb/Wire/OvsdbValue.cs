using System.Text.Json.Nodes;

namespace OvndbOcf.Ovsdb.Wire;

/// <summary>
/// OVSDB values that JSON has no form for (RFC 7047, section 5.1). Strings, integers, reals and booleans are plain JSON values.
/// Readers take whatever the server sends and leave out what has another shape.
/// </summary>
public static class OvsdbValue
{
    /// <summary>A row: <c>["uuid", "…"]</c> (<c>&lt;uuid&gt;</c>, section 5.1).</summary>
    public static JsonArray Uuid(Guid uuid) => new("uuid", uuid.ToString("D"));

    /// <summary>The row that an insert of the same transaction makes (<c>&lt;named-uuid&gt;</c>, section 5.1).</summary>
    public static JsonArray NamedUuid(string uuidName) => new("named-uuid", uuidName);

    /// <summary>A set: <c>["set", […]]</c> (<c>&lt;set&gt;</c>, section 5.1). Without elements it is the "no value" of optional columns.</summary>
    public static JsonArray Set(params ReadOnlySpan<JsonNode> elements)
    {
        var array = new JsonArray();
        foreach (var element in elements)
        {
            array.Add(Detached(element));
        }

        return new JsonArray("set", array);
    }

    /// <summary>A map of strings, such as external_ids: <c>["map", [[key, value], …]]</c> (<c>&lt;map&gt;</c>, section 5.1).</summary>
    public static JsonArray Map(params ReadOnlySpan<(string Key, string Value)> pairs)
    {
        var array = new JsonArray();
        foreach (var (key, value) in pairs)
        {
            array.Add((JsonNode)new JsonArray(key, value));
        }

        return new JsonArray("map", array);
    }

    /// <summary>Reads <c>["uuid", "…"]</c>.</summary>
    public static bool TryReadUuid(JsonNode? value, out Guid uuid)
    {
        uuid = default;
        return value is JsonArray { Count: 2 } pair && Text(pair[0]) == "uuid" && Guid.TryParseExact(Text(pair[1]), "D", out uuid);
    }

    /// <summary>The elements of a set. A value that is no set counts as its only element, as section 5.1 prescribes.</summary>
    public static IReadOnlyList<JsonNode> Elements(JsonNode? value)
    {
        List<JsonNode> elements = [];
        if (Content(value, "set") is { } array)
        {
            foreach (var element in array)
            {
                if (element is not null)
                {
                    elements.Add(element);
                }
            }
        }
        else if (value is not null)
        {
            elements.Add(value);
        }

        return elements;
    }

    /// <summary>The rows that a set of references, or a single reference, names.</summary>
    public static IReadOnlyList<Guid> Uuids(JsonNode? value)
    {
        List<Guid> uuids = [];
        foreach (var element in Elements(value))
        {
            if (TryReadUuid(element, out var uuid))
            {
                uuids.Add(uuid);
            }
        }

        return uuids;
    }

    /// <summary>The pairs of a map whose keys and values are strings.</summary>
    public static IReadOnlyDictionary<string, string> Strings(JsonNode? value)
    {
        Dictionary<string, string> pairs = [];
        if (Content(value, "map") is { } array)
        {
            foreach (var element in array)
            {
                if (element is JsonArray { Count: 2 } pair && Text(pair[0]) is { } key && Text(pair[1]) is { } text)
                {
                    pairs[key] = text;
                }
            }
        }

        return pairs;
    }

    /// <summary>The string, or null if the value is not one.</summary>
    public static string? Text(JsonNode? value) => value is JsonValue plain && plain.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The integer, or null if the value is not one.</summary>
    public static long? Number(JsonNode? value) => value is JsonValue plain && plain.TryGetValue<long>(out var number) ? number : null;

    /// <summary>The boolean, or null if the value is not one.</summary>
    public static bool? Boolean(JsonNode? value) => value is JsonValue plain && plain.TryGetValue<bool>(out var flag) ? flag : null;

    /// <summary>The node itself, or a copy if it is already part of something: a JSON node can have one parent only.</summary>
    internal static JsonNode Detached(JsonNode node) => node.Parent is null ? node : node.DeepClone();

    private static JsonArray? Content(JsonNode? value, string type) =>
        value is JsonArray { Count: 2 } pair && Text(pair[0]) == type ? pair[1] as JsonArray : null;
}
