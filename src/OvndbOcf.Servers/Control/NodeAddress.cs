using System.Net;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Pacemaker;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// This node's own address. Backups replicate from it: the virtual address leaves before the databases are given up, and
/// what was written last would not get through.
/// </summary>
public static class NodeAddress
{
    // Looked for once: an action takes seconds at most.
    private static readonly Lazy<NodeAddresses> Found = new(Find);

    /// <summary>What is known of this node's addresses.</summary>
    public static NodeAddresses All => Found.Value;

    /// <summary>The address from which backups are to replicate; null where they have to use <c>master_ip</c>.</summary>
    public static IPAddress? ForReplication(AgentParameters parameters) =>
        parameters is { ReplicateFromNode: true, MasterIp: { } address }
            ? OwnAddress.Choose(address, parameters.ReplicationNetwork, All)
            : null;

    /// <summary>
    /// The passive remote by which backups reach the active server there, such as <c>ptcp:6641:10.0.0.2</c>. Null where it needs none: in
    /// load-balancer mode clients and
    /// backups use the same listener.
    /// </summary>
    public static string? ReplicationListener(AgentParameters parameters, DatabaseParameters database) =>
        parameters.ListenOnMasterIpOnly && ForReplication(parameters) is { } address
            ? $"p{database.ProtocolName}:{database.Port}:{AgentParameters.InRemote(address)}"
            : null;

    /// <summary>Whether this node has the address now.</summary>
    public static bool IsLocal(IPAddress address) => (InterfaceAddresses.Find() ?? []).Any(own => own.Address.Equals(address));

    private static NodeAddresses Find() => new(InterfaceAddresses.Find() ?? [], CorosyncAddress.Find(), FloatingAddresses.Find());
}
