namespace OvndbOcf.Ovsdb;

/// <summary>
/// What is accepted from a server before its answer counts as unreadable. The servers are trusted, but a wrong process may listen
/// on the path, and a process that lives for milliseconds must not fill its memory.
/// </summary>
internal static class ProtocolLimits
{
    /// <summary>Bytes of one unixctl reply. A sync-status has some hundred, the longest answers (list-commands) a few thousand.</summary>
    public const int UnixctlMessageBytes = 1 << 20;

    /// <summary>Bytes of one OVSDB message: enough for selecting the whole of a large table.</summary>
    public const int OvsdbMessageBytes = 64 << 20;

    /// <summary>Nested arrays and objects in one message. RFC 7047 needs less than ten; System.Text.Json stops at 64 by default.</summary>
    public const int Depth = 64;

    /// <summary>Bytes of a socket's path, with the final NUL (unix(7), <c>sun_path</c>).</summary>
    public const int SocketPathBytes = 108;

    /// <summary>Milliseconds between attempts to connect to a server whose queue of connections is full.</summary>
    public const int ConnectRetryMilliseconds = 10;
}
