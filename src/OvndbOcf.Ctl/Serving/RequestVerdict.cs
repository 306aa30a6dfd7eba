namespace OvndbOcf.Ctl.Serving;

/// <summary>What is to be done about what a client has sent so far.</summary>
internal enum RequestVerdict
{
    /// <summary>Wait for the rest.</summary>
    Incomplete,

    /// <summary>Answer with the metrics.</summary>
    Metrics,

    /// <summary>Nothing else is here.</summary>
    NotFound,

    /// <summary>Nothing else can be done with it than to read it.</summary>
    MethodNotAllowed,

    /// <summary>No request of HTTP/1.</summary>
    Bad,

    /// <summary>More than a request for metrics can need.</summary>
    TooLarge,
}

/// <summary>Judges a request (RFC 9112). Pure.</summary>
internal static class RequestJudge
{
    /// <summary>How much of a request is read; what scrapers send takes some hundred bytes.</summary>
    public const int HeadMaxBytes = 8192;

    private const string Path = "/metrics";

    /// <summary>What is to be done about the bytes that have come.</summary>
    public static RequestVerdict Judge(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        return end >= 0 ? JudgeLine(received[..received.IndexOf("\r\n"u8)])
            : received.Length >= HeadMaxBytes ? RequestVerdict.TooLarge
            : RequestVerdict.Incomplete;
    }

    private static RequestVerdict JudgeLine(ReadOnlySpan<byte> line)
    {
        // METHOD TARGET VERSION
        if (
            System.Text.Encoding.Latin1.GetString(line).Split(' ') is not [{ Length: > 0 } method, { Length: > 0 } target, var version]
            || !version.StartsWith("HTTP/1.", StringComparison.Ordinal)
        )
        {
            return RequestVerdict.Bad;
        }

        return target.Split('?', 2)[0] != Path ? RequestVerdict.NotFound
            : method != "GET" ? RequestVerdict.MethodNotAllowed
            : RequestVerdict.Metrics;
    }
}
