namespace OvndbOcf.Ctl.Cluster;

/// <summary>A resource of this agent in the cluster's configuration.</summary>
/// <param name="Id">Its name.</param>
/// <param name="CloneId">The name of the clone or bundle around it; its own where there is none.</param>
/// <param name="Parameters">Its parameters, name to value.</param>
internal sealed record CibResource(string Id, string CloneId, IReadOnlyDictionary<string, string> Parameters);

/// <summary>What commands need of the cluster's configuration and status.</summary>
internal sealed record Cib
{
    /// <summary>The resources of this agent.</summary>
    public required IReadOnlyList<CibResource> Resources { get; init; }

    /// <summary>The names of the nodes.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>The properties of OVN's databases, name to value.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The resources that move an address: address to resource.</summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }

    /// <summary>The attributes that nodes have until they leave: node to name to value.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Attributes { get; init; }

    /// <summary>Constraints that a move or ban by a person left behind: resource to the ids of the constraints.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Moves { get; init; }

    /// <summary>Whether the cluster has quorum; null if it does not say.</summary>
    public bool? HasQuorum { get; init; }

    /// <summary>Whether Pacemaker leaves all resources alone.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>A node's attribute; null if there is none.</summary>
    public string? Attribute(string node, string name) => Attributes.GetValueOrDefault(node)?.GetValueOrDefault(name);
}
