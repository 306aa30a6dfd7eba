using OvndbOcf.Servers.Actions;

namespace OvndbOcf.Agent;

/// <summary>The actions that work on the servers, by the names that OCF 1.1 gives them.</summary>
internal static class AgentActions
{
    /// <summary>Name, description and code of each.</summary>
    public static IReadOnlyList<(string Name, string Description, Func<AgentContext, Task<ActionResult>> Run)> All { get; } =
    [
        ("start", "start both database servers as backups", Changing(StartAction.RunAsync)),
        ("stop", "stop both database servers, and ovn-northd where it is managed", Changing(StopAction.RunAsync)),
        ("monitor", "tell the state of the instance by the exit status", MonitorAction.RunAsync),
        ("status", "the same as monitor", MonitorAction.RunAsync),
        ("promote", "make both databases active", Changing(PromoteAction.RunAsync)),
        ("demote", "make both databases backups", Changing(DemoteAction.RunAsync)),
        ("notify", "follow a promotion on another node", Changing(NotifyAction.RunAsync)),
        ("reload-agent", "apply parameters that can change without a restart", Changing(ReloadAction.RunAsync)),
        ("validate-all", "report every mistake in the configuration", ValidateAction.RunAsync),
    ];

    // What the last monitor found may not hold any more, whatever else the action does.
    private static Func<AgentContext, Task<ActionResult>> Changing(Func<AgentContext, Task<ActionResult>> run) =>
        context =>
        {
            context.MonitorCache.Forget();
            return run(context);
        };
}
