namespace OvndbOcf.Ovsdb.Unixctl;

/// <summary>What came of a unixctl command.</summary>
/// <param name="Failure">Why there is no result; null if the command succeeded.</param>
/// <param name="Text">
/// The command's output; for <see cref="CallFailure.ErrorReply"/> the server's error text; for the other failures what happened, in a
/// few words.
/// </param>
public readonly record struct UnixctlReply(CallFailure? Failure, string Text)
{
    /// <summary>Whether the command succeeded.</summary>
    public bool Succeeded => Failure is null;
}
