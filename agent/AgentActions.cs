using OvndbOcf.Servers.Actions;

namespace OvndbOcf.Agent;

/// <summary>The actions that work on the servers, by the names that OCF 1.1 gives them.</summary>
internal static class AgentActions
{
    /// <summary>Name, description and code of each.</summary>
    public static IReadOnlyList<(string Name, string Description, Func<OcfActions, Task<ActionResult>> Run)> All { get; } =
    [
        ("start", "start both database servers as backups", actions => actions.StartAsync()),
        ("stop", "stop both database servers, and ovn-northd where it is managed", actions => actions.StopAsync()),
        ("monitor", "tell the state of the instance by the exit status", actions => actions.MonitorAsync()),
        ("status", "the same as monitor", actions => actions.MonitorAsync()),
        ("promote", "make both databases active", actions => actions.PromoteAsync()),
        ("demote", "make both databases backups", actions => actions.DemoteAsync()),
        ("notify", "follow a promotion on another node", actions => actions.NotifyAsync()),
        ("reload-agent", "apply parameters that can change without a restart", actions => actions.ReloadAsync()),
        ("validate-all", "report every mistake in the configuration", actions => actions.ValidateAsync()),
    ];
}
