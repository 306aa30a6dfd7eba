using System.Text;
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
        var parameters = new string[arguments.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = Quoted(arguments[i]);
        }

        return Encoding.UTF8.GetBytes($$"""{"id":0,"method":{{Quoted(method)}},"params":[{{string.Join(',', parameters)}}]}""");
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

    // Whatever may have to be escaped has the platform lay out tables of all of Unicode first, which takes a monitor as long as all else that it does. Its question needs none.
    private static string Quoted(string text) =>
        text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '/')
            ? $"\"{text}\""
            : $"\"{JsonEncodedText.Encode(text)}\"";

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
