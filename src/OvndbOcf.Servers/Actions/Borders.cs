using System.Net;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>All that actions reach outside of the agent, beside files of this node: for <see cref="OcfActions"/> alone, which gives each part what that part needs.</summary>
/// <param name="Servers">Both servers.</param>
/// <param name="Northd">ovn-northd.</param>
/// <param name="Scores">The promotion scores.</param>
/// <param name="Attributes">The node attributes.</param>
/// <param name="Configuration">The cluster's configuration.</param>
/// <param name="Nodes">The cluster's nodes.</param>
/// <param name="CountChanges">How many changes the action has asked of the cluster.</param>
/// <param name="LeaveBehind">Starts a process that goes on when the action has ended; why that was not possible, null if it was.</param>
/// <param name="TakesConnections">Whether somebody takes a TCP connection there by the deadline.</param>
/// <param name="Clock">The clock.</param>
internal sealed record Borders(
    BothServers Servers,
    INorthd Northd,
    IPromotionScores Scores,
    INodeAttributes Attributes,
    IClusterConfiguration Configuration,
    IClusterNodes Nodes,
    Func<int> CountChanges,
    Func<string, string?> LeaveBehind,
    Func<IPEndPoint, Deadline, bool> TakesConnections,
    TimeProvider Clock
)
{
    /// <summary>This node's servers and its cluster.</summary>
    public static Borders Of(
        OcfEnvironment environment,
        AgentParameters parameters,
        ClusterTopology topology,
        ResourceMemory memory,
        OcfLog log
    )
    {
        var ovnCtl = new OvnCtl(parameters, log);
        var cluster = new PacemakerTools(environment.Variable("HA_SBIN_DIR") ?? "/usr/sbin");
        return new Borders(
            new BothServers(
                new DatabaseServer(parameters, topology, parameters.Northbound, ovnCtl, memory, log),
                new DatabaseServer(parameters, topology, parameters.Southbound, ovnCtl, memory, log),
                deadline => ServerInquiry.Observe(parameters, deadline)
            ),
            new Northd(parameters, topology, ovnCtl, memory, log),
            cluster,
            cluster,
            cluster,
            cluster,
            () => cluster.Changes,
            ProcessLeftBehind.Start,
            SourceReach.TakesConnections,
            TimeProvider.System
        );
    }
}
