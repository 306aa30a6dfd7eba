namespace OvndbOcf.Ctl;

/// <summary>A command cannot go on; the message is for the operator, cause first, then what to do.</summary>
internal sealed class CtlException(string message, int status = ExitStatus.Unknown) : Exception(message)
{
    /// <summary>The exit status.</summary>
    public int Status { get; } = status;
}
