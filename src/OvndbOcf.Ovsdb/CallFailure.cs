namespace OvndbOcf.Ovsdb;

/// <summary>Why a call to a server gave no result.</summary>
public enum CallFailure
{
    /// <summary>Nobody listens there: no socket file, or the connection was refused.</summary>
    CannotConnect,

    /// <summary>
    /// The attempt failed on this side (not permitted, path too long, out of descriptors), which says nothing about the server.
    /// </summary>
    LocalFailure,

    /// <summary>
    /// The deadline passed. The server may be slow, hung or stopped; its queue of connections may be full; the request may still be
    /// carried out.
    /// </summary>
    TimedOut,

    /// <summary>The server closed the connection before its answer was complete.</summary>
    Closed,

    /// <summary>What came back is not a reply of the protocol, or is too large.</summary>
    Unreadable,

    /// <summary>The server answered the request with an error.</summary>
    ErrorReply,
}
