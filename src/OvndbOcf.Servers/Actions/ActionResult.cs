using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Actions;

/// <summary>What an action tells Pacemaker.</summary>
/// <param name="Code">The exit status.</param>
/// <param name="Reason">The exit reason: which database, what was seen, what to do. Null where all is well.</param>
public sealed record ActionResult(OcfExitCode Code, string? Reason = null)
{
    /// <summary>Success, with nothing to say.</summary>
    public static ActionResult Success { get; } = new(OcfExitCode.Success);

    /// <summary>A failure with its reason.</summary>
    public static ActionResult Error(string reason) => new(OcfExitCode.GenericError, reason);
}
