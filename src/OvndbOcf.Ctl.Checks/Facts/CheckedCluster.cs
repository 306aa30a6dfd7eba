using System.Net;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Checks.Facts;

/// <summary>The resource of this agent that is checked, with its parameters as the agent itself reads them.</summary>
/// <param name="Primitive">The resource.</param>
/// <param name="Parameters">Its parameters; defaults stand in for wrong ones.</param>
/// <param name="Problems">What is wrong with them by themselves.</param>
internal sealed record CheckedResource(PrimitiveResource Primitive, AgentParameters Parameters, IReadOnlyList<ParameterProblem> Problems);

/// <summary>Everything that rules look at.</summary>
/// <param name="Configuration">The configuration.</param>
/// <param name="Resource">The resource that is checked.</param>
/// <param name="Others">Other resources of this agent.</param>
/// <param name="State">What the cluster does.</param>
/// <param name="Node">This node.</param>
internal sealed record CheckedCluster(
    ClusterConfiguration Configuration,
    CheckedResource Resource,
    IReadOnlyList<CheckedResource> Others,
    Fact<ClusterState> State,
    NodeFacts Node
)
{
    /// <summary>Whether the configuration is the one in force; otherwise the last one on this node's disk.</summary>
    public bool IsLive { get; init; } = true;

    /// <summary>The versions of the agent by node, as its instances publish them; without nodes whose instance says nothing of it.</summary>
    public Fact<IReadOnlyDictionary<string, string>> AgentVersions { get; init; }

    /// <summary>The resource that is checked.</summary>
    public PrimitiveResource Primitive => Resource.Primitive;

    /// <summary>Its parameters.</summary>
    public AgentParameters Parameters => Resource.Parameters;

    /// <summary>Who connects where. What depends on the node's addresses may be asked only where these are known.</summary>
    public ClusterTopology Topology => Parameters.TopologyOn(() => Node.Addresses.Value);

    /// <summary>The resources that hold a virtual address, with that address.</summary>
    public IEnumerable<(PrimitiveResource Resource, IPAddress Address)> VirtualAddresses =>
        Configuration
            .Primitives.Select(primitive => (primitive, Address: AddressOf(primitive)))
            .Where(pair => pair.Address is not null)
            .Select(pair => (pair.primitive, pair.Address!));

    /// <summary>The resource that holds <c>master_ip</c>; null if there is none, or if the address is not in the cluster's hands.</summary>
    public PrimitiveResource? AddressResource =>
        Topology.VirtualAddress is { } address ? VirtualAddresses.FirstOrDefault(pair => pair.Address.Equals(address)).Resource : null;

    /// <summary>An option of the clone or bundle that the checked resource is in; null if none is set.</summary>
    public string? CloneOption(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (
                (Primitive.Container?.Meta.TryGetValue(name, out var value) ?? false)
                || (Primitive.Container?.Kind == ContainerKind.Bundle && Primitive.Meta.TryGetValue(name, out value))
                || Configuration.ResourceDefaults.TryGetValue(name, out value)
            )
            {
                return value;
            }
        }

        return null;
    }

    private static IPAddress? AddressOf(PrimitiveResource primitive) =>
        primitive.Agent.EndsWith(":IPaddr2", StringComparison.Ordinal) || primitive.Agent.EndsWith(":IPaddr", StringComparison.Ordinal)
            ? primitive.Parameters.TryGetValue("ip", out var text) && IPAddress.TryParse(text, out var address)
                ? address
                : null
            : primitive.Agent.EndsWith(":IPv6addr", StringComparison.Ordinal)
                ? primitive.Parameters.TryGetValue("ipv6addr", out var six) && IPAddress.TryParse(six.Split('/')[0], out var address6)
                    ? address6
                    : null
                : null;
}
