using OvndbOcf.Ovsdb.Wire;

namespace OvndbOcf.Ovsdb.Client;

/// <summary>
/// A request to an OVSDB server had no usable reply, or one that is an error as a whole. An error of one operation in a transaction is
/// not thrown but part of its <see cref="TransactionResult"/>.
/// </summary>
public sealed class OvsdbCallException : Exception
{
    internal OvsdbCallException(CallFailure failure, string message, OvsdbError? error = null)
        : base(message)
    {
        Failure = failure;
        Error = error;
    }

    /// <summary>What went wrong.</summary>
    public CallFailure Failure { get; }

    /// <summary>The server's error; set if <see cref="Failure"/> is <see cref="CallFailure.ErrorReply"/>.</summary>
    public OvsdbError? Error { get; }
}
