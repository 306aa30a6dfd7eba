using System.Globalization;
using System.Text;

namespace OvndbOcf.Ctl.Serving;

/// <summary>Answers as bytes; each is the last of its connection. Pure.</summary>
internal static class HttpAnswer
{
    private const string MetricsType = "text/plain; version=0.0.4; charset=utf-8";
    private const string PlainType = "text/plain; charset=utf-8";

    /// <summary>The metrics.</summary>
    public static byte[] Metrics(string text) => Write("200 OK", MetricsType, text);

    /// <summary>The metrics could not be found out.</summary>
    public static byte[] Failed(string why) => Write("503 Service Unavailable", PlainType, why + "\n");

    /// <summary>The answer to a request that is not one for the metrics; null for one that is, or is not complete.</summary>
    public static byte[]? Refusal(RequestVerdict verdict) =>
        verdict switch
        {
            RequestVerdict.NotFound => Write("404 Not Found", PlainType, "only /metrics is here\n"),
            RequestVerdict.MethodNotAllowed => Write("405 Method Not Allowed", PlainType, "only GET is possible\n", "Allow: GET\r\n"),
            RequestVerdict.Bad => Write("400 Bad Request", PlainType, "this is no request of HTTP/1\n"),
            RequestVerdict.TooLarge => Write("431 Request Header Fields Too Large", PlainType, "the request is too long\n"),
            _ => null,
        };

    private static byte[] Write(string status, string type, string body, string header = "")
    {
        var content = Encoding.UTF8.GetBytes(body);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {content.Length}\r\n{header}Connection: close\r\n\r\n"
        );
        return [.. Encoding.ASCII.GetBytes(head), .. content];
    }
}
