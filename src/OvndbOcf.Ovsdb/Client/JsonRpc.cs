using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ovsdb.Client;

/// <summary>Writes and reads JSON-RPC messages (RFC 7047, section 4).</summary>
internal static class JsonRpc
{
    /// <summary>A request.</summary>
    public static ReadOnlySpan<byte> Request(long id, string method, JsonArray parameters) =>
        Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters });

    /// <summary>The reply to a server's probe (section 4.1.11): its parameters come back as the result.</summary>
    public static ReadOnlySpan<byte> EchoReply(JsonRpcMessage request) =>
        Bytes(new JsonObject
        {
            ["id"] = request.Id is null ? null : OvsdbValue.Detached(request.Id),
            ["result"] = request.Parameters is null ? null : OvsdbValue.Detached(request.Parameters),
            ["error"] = null,
        });

    /// <summary>Reads a message; null if it is none.</summary>
    public static JsonRpcMessage? Read(ReadOnlySpan<byte> message)
    {
        try
        {
            return JsonNode.Parse(message) is JsonObject members
                ? new JsonRpcMessage(members["id"], OvsdbValue.Text(members["method"]), members["params"], members["result"], members["error"])
                : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // Not JSON, a member twice, or bytes that are not UTF-8.
            return null;
        }
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
