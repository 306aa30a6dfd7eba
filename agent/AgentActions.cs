using OvndbOcf.Servers.Actions;

namespace OvndbOcf.Agent;

/// <summary>The actions that work on the servers, by the names that OCF 1.1 gives them.</summary>
internal static class AgentActions
{
    /// <summary>Name, description and code of each.</summary>
    public static IReadOnlyList<(string Name, string Description, Func<AgentContext, Task<ActionResult>> Run)> All { get; } =
    [
        ("start", "start both database servers as backups", StartAction.RunAsync),
        ("stop", "stop both database servers, and ovn-northd where it is managed", StopAction.RunAsync),
        ("monitor", "tell the state of the instance by the exit status", MonitorAction.RunAsync),
        ("status", "the same as monitor", MonitorAction.RunAsync),
        ("promote", "make both databases active", PromoteAction.RunAsync),
        ("demote", "make both databases backups", DemoteAction.RunAsync),
        ("notify", "follow a promotion on another node", NotifyAction.RunAsync),
        ("reload-agent", "apply parameters that can change without a restart", ReloadAction.RunAsync),
        ("validate-all", "report every mistake in the configuration", ValidateAction.RunAsync),
    ];
}
