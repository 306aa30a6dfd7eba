using System.Net;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>Looks up this node's addresses, and what follows from them.</summary>
public static class NodeAddress
{
    // Looked for once: an action takes seconds at most.
    private static readonly Lazy<NodeAddresses> Found = new(Find);

    /// <summary>What is known of this node's addresses.</summary>
    public static NodeAddresses All => Found.Value;

    /// <summary>Who connects where, with this node's addresses.</summary>
    public static ClusterTopology Topology(AgentParameters parameters) => parameters.TopologyOn(static () => Found.Value);

    /// <summary>Whether this node has the address now.</summary>
    public static bool IsLocal(IPAddress address) => (InterfaceAddresses.Find() ?? []).Any(own => own.Address.Equals(address));

    private static NodeAddresses Find() => new(InterfaceAddresses.Find() ?? [], CorosyncAddress.Find(), FloatingAddresses.Find());
}
