namespace OvndbOcf.Ovsdb.Json;

/// <summary>What a scan for the end of a message found.</summary>
internal enum FrameStatus
{
    /// <summary>Well formed so far; the end has not arrived.</summary>
    Incomplete,

    /// <summary>A whole message.</summary>
    Complete,

    /// <summary>Cannot become a JSON object any more.</summary>
    Garbage,

    /// <summary>Exceeds the limit of bytes or of depth.</summary>
    TooLarge,
}
