using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ovsdb.Client;

/// <summary>Writes and reads JSON-RPC messages (RFC 7047, section 4).</summary>
internal static class JsonRpc
{
    // Nodes are looked into when somebody asks for them: a member that is there twice anywhere in a message must be found before that.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>A request.</summary>
    public static ReadOnlySpan<byte> Request(long id, string method, JsonArray parameters) =>
        Bytes(
            new JsonObject
            {
                ["id"] = id,
                ["method"] = method,
                ["params"] = parameters,
            }
        );

    /// <summary>The reply to a server's probe (section 4.1.11): its parameters come back as the result.</summary>
    public static ReadOnlySpan<byte> EchoReply(JsonRpcMessage request) =>
        Bytes(
            new JsonObject
            {
                ["id"] = request.Id is null ? null : OvsdbValue.Detached(request.Id),
                ["result"] = request.Parameters is null ? null : OvsdbValue.Detached(request.Parameters),
                ["error"] = null,
            }
        );

    /// <summary>Reads a message; null if it is none.</summary>
    public static JsonRpcMessage? Read(ReadOnlySpan<byte> message)
    {
        try
        {
            return HasReadableTexts(message) && JsonNode.Parse(message, documentOptions: Strict) is JsonObject members
                ? new JsonRpcMessage(
                    members["id"],
                    OvsdbValue.Text(members["method"]),
                    members["params"],
                    members["result"],
                    members["error"]
                )
                : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // Not JSON, a member twice, or half a surrogate pair.
            return null;
        }
    }

    // The parser leaves texts as they came, and fails when one is read that is not UTF-8 or names half a surrogate pair, wherever that is. Escapes of
    // surrogates are rare, so most messages are not read twice.
    private static bool HasReadableTexts(ReadOnlySpan<byte> message)
    {
        if (!Utf8.IsValid(message))
        {
            return false;
        }

        if (message.IndexOf("\\ud"u8) < 0 && message.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(message);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }

        return true;
    }

    private static ReadOnlySpan<byte> Bytes(JsonObject message)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            message.WriteTo(writer);
        }

        return buffer.WrittenSpan;
    }
}
