using System.Buffers;
using System.Text.Json;

namespace OvndbOcf.Ovsdb.Unixctl;

/// <summary>
/// The messages of unixctl: JSON-RPC 1.0 requests whose parameters are strings, and replies whose result or error is a string
/// (ovs-appctl(8); JSON-RPC as in RFC 7047 section 4).
/// </summary>
internal static class UnixctlMessage
{
    /// <summary>A request; each connection carries only one, so its id is always 0.</summary>
    public static ReadOnlyMemory<byte> Request(string method, ReadOnlySpan<string> arguments)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("id"u8, 0);
            writer.WriteString("method"u8, method);
            writer.WriteStartArray("params"u8);
            foreach (var argument in arguments)
            {
                writer.WriteStringValue(argument);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Reads a message as the reply to <see cref="Request"/>.</summary>
    public static UnixctlReply Parse(ReadOnlySpan<byte> message)
    {
        try
        {
            return Read(message);
        }
        catch (JsonException exception)
        {
            return Unreadable(exception.Message);
        }
        catch (InvalidOperationException)
        {
            // GetString on bytes that are not UTF-8.
            return Unreadable("the reply's text is not UTF-8");
        }
    }

    private static UnixctlReply Read(ReadOnlySpan<byte> message)
    {
        string? result = null;
        string? error = null;
        var ours = false;
        var reader = new Utf8JsonReader(message);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                result = Text(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                error = Text(ref reader);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                ours = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var id) && id == 0;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return ours switch
        {
            false => Unreadable("the reply does not carry the request's id"),
            true when error is not null => new UnixctlReply(CallFailure.ErrorReply, error.TrimEnd()),
            true when result is not null => new UnixctlReply(null, result),
            _ => Unreadable("the reply has neither a result nor an error text"),
        };
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    private static UnixctlReply Unreadable(string text) => new(CallFailure.Unreadable, text);
}
