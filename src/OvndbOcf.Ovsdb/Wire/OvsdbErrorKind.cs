namespace OvndbOcf.Ovsdb.Wire;

/// <summary>
/// The error strings of RFC 7047, sections 4.1 and 5.2, and those that ovsdb-server adds to them.
/// </summary>
public enum OvsdbErrorKind
{
    /// <summary>A string that is none of the others.</summary>
    Other,

    /// <summary>"aborted": an <c>abort</c> operation (section 5.2.8).</summary>
    Aborted,

    /// <summary>"canceled": by a <c>cancel</c> request (section 4.1.4).</summary>
    Canceled,

    /// <summary>"constraint violation": of a column or index (sections 4.1.3 and 5.2).</summary>
    ConstraintViolation,

    /// <summary>"domain error": such as a division by zero in a mutation (section 5.2.4).</summary>
    DomainError,

    /// <summary>"duplicate uuid-name": used by two inserts (section 5.2.1).</summary>
    DuplicateUuidName,

    /// <summary>"I/O error": the transaction could not be written to disk (section 4.1.3).</summary>
    IoError,

    /// <summary>"not allowed": the server is read-only, as a backup is, or the client lacks the right (ovsdb-server).</summary>
    NotAllowed,

    /// <summary>"not owner": of the lock that an <c>assert</c> names (section 5.2.10).</summary>
    NotOwner,

    /// <summary>"not supported": a durable commit cannot be had (section 5.2.7).</summary>
    NotSupported,

    /// <summary>"range error": the result of a mutation does not fit (section 5.2.4).</summary>
    RangeError,

    /// <summary>"referential integrity violation" (section 4.1.3).</summary>
    ReferentialIntegrityViolation,

    /// <summary>"resources exhausted": the server is out of memory or the like (section 4.1.3).</summary>
    ResourcesExhausted,

    /// <summary>"syntax error": the request is not understood, or names a table that is not there (ovsdb-server).</summary>
    SyntaxError,

    /// <summary>"timed out": a <c>wait</c> operation (section 5.2.6).</summary>
    TimedOut,

    /// <summary>"unknown column" (ovsdb-server).</summary>
    UnknownColumn,

    /// <summary>"unknown database" (sections 4.1.2 and 4.1.3).</summary>
    UnknownDatabase,
}
