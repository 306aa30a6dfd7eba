namespace OvndbOcf.Decisions.Connections;

/// <summary>What has to change so that a running server listens as the parameters say. Pure. Removals come first: an old listener may hold the port of a new one.</summary>
/// <param name="Remove">Remotes to remove.</param>
/// <param name="Add">Remotes to add.</param>
public sealed record ListenerPlan(IReadOnlyList<string> Remove, IReadOnlyList<string> Add)
{
    /// <summary>
    /// The plan. Only what the agent or ovn-ctl made the server listen on is removed: remotes that an operator added stay. Where the server does not say what it has, everything is done: adding a remote
    /// twice, or removing one that is not there, changes nothing.
    /// </summary>
    /// <param name="present">What the server listens on; null if it does not say.</param>
    /// <param name="wanted">What it shall listen on.</param>
    /// <param name="agents">What the agent and ovn-ctl made it listen on, with these or with earlier parameters.</param>
    public static ListenerPlan For(IReadOnlyList<string>? present, IReadOnlyList<string> wanted, IReadOnlyCollection<string> agents) =>
        new(
            [.. agents.Distinct().Where(remote => !wanted.Contains(remote) && present?.Contains(remote) != false)],
            [.. wanted.Distinct().Where(remote => present?.Contains(remote) != true)]
        );
}
