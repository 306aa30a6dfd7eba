using System.Text.Json.Nodes;

namespace OvndbOcf.Ovsdb.Wire;

/// <summary>An error that the server reports: <c>&lt;error&gt;</c> of RFC 7047, section 3.1.</summary>
/// <param name="Kind">The error string as one of the known ones.</param>
/// <param name="Name">The error string as it came.</param>
/// <param name="Details">The server's explanation for a person; null if there is none.</param>
public sealed record OvsdbError(OvsdbErrorKind Kind, string Name, string? Details)
{
    /// <summary>The error string and the explanation.</summary>
    public override string ToString() => Details is null ? Name : $"{Name}: {Details}";

    /// <summary>
    /// Reads an error object, or the bare string that ovsdb-server answers to some malformed requests; null if it is neither.
    /// </summary>
    internal static OvsdbError? Read(JsonNode? node) =>
        node switch
        {
            JsonObject members when members["error"] is JsonValue value && value.TryGetValue<string>(out var name) => new OvsdbError(
                KindOf(name),
                name,
                members["details"] is JsonValue text && text.TryGetValue<string>(out var details) ? details : null
            ),
            JsonValue value when value.TryGetValue<string>(out var name) => new OvsdbError(KindOf(name), name, null),
            _ => null,
        };

    private static OvsdbErrorKind KindOf(string name) =>
        name switch
        {
            "aborted" => OvsdbErrorKind.Aborted,
            "canceled" => OvsdbErrorKind.Canceled,
            "constraint violation" => OvsdbErrorKind.ConstraintViolation,
            "domain error" => OvsdbErrorKind.DomainError,
            "duplicate uuid-name" => OvsdbErrorKind.DuplicateUuidName,
            "I/O error" => OvsdbErrorKind.IoError,
            "not allowed" => OvsdbErrorKind.NotAllowed,
            "not owner" => OvsdbErrorKind.NotOwner,
            "not supported" => OvsdbErrorKind.NotSupported,
            "range error" => OvsdbErrorKind.RangeError,
            "referential integrity violation" => OvsdbErrorKind.ReferentialIntegrityViolation,
            "resources exhausted" => OvsdbErrorKind.ResourcesExhausted,
            "syntax error" => OvsdbErrorKind.SyntaxError,
            "timed out" => OvsdbErrorKind.TimedOut,
            "unknown column" => OvsdbErrorKind.UnknownColumn,
            "unknown database" => OvsdbErrorKind.UnknownDatabase,
            _ => OvsdbErrorKind.Other,
        };
}
