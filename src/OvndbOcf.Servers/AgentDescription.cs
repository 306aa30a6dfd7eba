using OvndbOcf.Ocf;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers;

/// <summary>The agent as it describes itself.</summary>
public static class AgentDescription
{
    /// <summary>The agent's name: its file's, and the type of its resources.</summary>
    public const string Name = "ovndb-servers";

    /// <summary>Its version, as <c>1.2.3</c>.</summary>
    public static string Version { get; } = typeof(AgentDescription).Assembly.GetName().Version?.ToString(3) ?? "0";

    private static readonly TimeSpan PromotedInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnpromotedInterval = TimeSpan.FromSeconds(3);

    /// <summary>Its name, version, parameters and actions; timeouts are those of OVN's shell agent, intervals what a monitor that costs so little allows.</summary>
    public static AgentDefinition Definition { get; } =
        new(
            Name,
            Version,
            "OVN Northbound and Southbound databases, active/backup",
            "Runs OVN's two ovsdb-server processes on each node of the clone: active on the promoted node, backups that replicate from it on the others. "
                + "Use it as a promotable clone with notify=true, together with an IPaddr2 resource for master_ip that is colocated with the promoted instance "
                + "(or an external load balancer, see listen_on_master_ip_only).",
            ParameterTable.All,
            [
                new("start", Seconds(30)),
                new("stop", Seconds(20)),
                new("promote", Seconds(50)),
                new("demote", Seconds(50)),
                new("notify", Seconds(20)),
                new("monitor", Seconds(20), PromotedInterval, "Promoted"),
                new("monitor", Seconds(20), UnpromotedInterval, "Unpromoted"),
                new("reload-agent", Seconds(20)),
                new("meta-data", Seconds(5)),
                new("validate-all", Seconds(20)),
            ]
        );

    private static TimeSpan Seconds(int seconds) => TimeSpan.FromSeconds(seconds);
}
