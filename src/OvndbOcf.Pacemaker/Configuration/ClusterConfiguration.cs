using System.Net;

namespace OvndbOcf.Pacemaker.Configuration;

/// <summary>What is around a primitive resource.</summary>
public enum ContainerKind
{
    /// <summary>A clone, promotable or not.</summary>
    Clone,

    /// <summary>A bundle.</summary>
    Bundle,
}

/// <summary>A clone or a bundle.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Kind">Which of them.</param>
/// <param name="Meta">Its meta attributes. Of a bundle those that Pacemaker makes of the attributes of its container, too: <c>promoted-max</c> and <c>clone-max</c>.</param>
public sealed record ResourceContainer(string Id, ContainerKind Kind, IReadOnlyDictionary<string, string> Meta);

/// <summary>An operation of a resource.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Such as <c>monitor</c>.</param>
/// <param name="Attributes">Its options, <c>interval</c>, <c>timeout</c>, <c>role</c> and <c>on-fail</c> among them.</param>
public sealed record ResourceOperation(string Id, string Name, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>How often it is run; zero for one that is run when needed, null if that is not readable.</summary>
    public TimeSpan? Interval => Attributes.TryGetValue("interval", out var text) ? Duration.TryParse(text) : TimeSpan.Zero;

    /// <summary>The role that it is for, by its name of today; null if it names none.</summary>
    public string? Role => Attributes.TryGetValue("role", out var role) ? RoleNames.Today(role) : null;
}

/// <summary>A primitive resource.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Agent">Its agent, such as <c>ocf:heartbeat:IPaddr2</c> or <c>stonith:fence_ipmilan</c>.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Meta">Its own meta attributes.</param>
/// <param name="Operations">Its operations.</param>
public sealed record PrimitiveResource(
    string Id,
    string Agent,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Meta,
    IReadOnlyList<ResourceOperation> Operations
)
{
    /// <summary>The clone or bundle that it is in; null if there is none.</summary>
    public ResourceContainer? Container { get; init; }

    /// <summary>The group that it is in; null if there is none.</summary>
    public string? Group { get; init; }

    /// <summary>The name by which constraints and operators mean it: that of the outermost thing that it is in.</summary>
    public string OuterId => Container?.Id ?? Group ?? Id;

    /// <summary>Whether a constraint that names this means it.</summary>
    public bool IsMeantBy(string id) => id == Id || id == Group || id == Container?.Id;
}

/// <summary>A resource in a constraint, with the role or action that the constraint is about.</summary>
/// <param name="Id">The resource.</param>
/// <param name="Role">The role, by its name of today, or the action; null if none is named.</param>
public sealed record ConstraintEnd(string Id, string? Role);

/// <summary>A colocation of two resources.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Dependent">What is placed by it.</param>
/// <param name="Primary">What it is placed with.</param>
/// <param name="Score">Its score; null if that is not readable.</param>
/// <param name="IsSet">Whether it is one of sets, whose order tells more than two ends can.</param>
public sealed record ColocationConstraint(string Id, ConstraintEnd Dependent, ConstraintEnd Primary, int? Score, bool IsSet = false);

/// <summary>An order of two resources.</summary>
/// <param name="Id">Its id.</param>
/// <param name="First">What comes first.</param>
/// <param name="Then">What comes then.</param>
/// <param name="Kind">Such as <c>Mandatory</c>.</param>
public sealed record OrderConstraint(string Id, ConstraintEnd First, ConstraintEnd Then, string Kind);

/// <summary>A constraint on where a resource may run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Resource">The resource, or a pattern.</param>
/// <param name="Role">The role that it is about, by its name of today; null for all.</param>
/// <param name="Node">The node; null where a rule says which.</param>
/// <param name="Score">Its score; null where a rule says it.</param>
public sealed record LocationConstraint(string Id, string Resource, string? Role, string? Node, int? Score)
{
    /// <summary>Whether a ban by a person left it behind. crm_resource(8) names them so, and pcs leaves it to that.</summary>
    public bool IsBanByHand => Id.StartsWith("cli-ban-", StringComparison.Ordinal);

    /// <summary>Whether a ban or a move by a person left it behind.</summary>
    public bool IsLeftBehind => IsBanByHand || Id.StartsWith("cli-prefer-", StringComparison.Ordinal);
}

/// <summary>A node on which pacemaker-remoted runs in place of Pacemaker and Corosync.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Server">The host name or address by which the cluster connects to it.</param>
/// <param name="Resource">The resource that it is, or that makes it: a guest node is what a virtual machine or container makes.</param>
public sealed record RemoteNode(string Name, string Server, string Resource)
{
    /// <summary>Whether it is a guest node: it is online when its virtual machine or container runs.</summary>
    public bool IsGuest => Resource != Name;

    /// <summary>Whether it is the machine with that host name and these addresses.</summary>
    public bool IsOn(string host, Func<IPAddress, bool> isLocal) =>
        IPAddress.TryParse(Server, out var address)
            ? isLocal(address)
            : new[] { host, host.Split('.')[0] }.Any(name =>
                string.Equals(name, Server, StringComparison.OrdinalIgnoreCase)
                || string.Equals(name, Name, StringComparison.OrdinalIgnoreCase)
            );
}

/// <summary>The cluster's configuration (CIB), as far as anything here looks at it, and what is in it of the cluster's status.</summary>
public sealed record ClusterConfiguration
{
    /// <summary>The primitive resources.</summary>
    public required IReadOnlyList<PrimitiveResource> Primitives { get; init; }

    /// <summary>The colocations.</summary>
    public required IReadOnlyList<ColocationConstraint> Colocations { get; init; }

    /// <summary>The orders.</summary>
    public required IReadOnlyList<OrderConstraint> Orders { get; init; }

    /// <summary>The location constraints.</summary>
    public required IReadOnlyList<LocationConstraint> Locations { get; init; }

    /// <summary>The cluster's properties, of all sets.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The nodes that are full members, without remote ones.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Defaults of meta attributes.</summary>
    public required IReadOnlyDictionary<string, string> ResourceDefaults { get; init; }

    /// <summary>Defaults of operations.</summary>
    public required IReadOnlyDictionary<string, string> OperationDefaults { get; init; }

    /// <summary>The properties of OVN's databases (<see cref="ClusterProperties.Set"/>), name to value.</summary>
    public IReadOnlyDictionary<string, string> OvnProperties { get; init; } = new Dictionary<string, string>();

    /// <summary>The remote nodes, guest nodes among them, which take no part in quorum.</summary>
    public IReadOnlyList<RemoteNode> RemoteNodes { get; init; } = [];

    /// <summary>The attributes that nodes have until they leave: node to name to value. Pacemaker's file has none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> NodeAttributes { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Whether the cluster has quorum; null if it does not say.</summary>
    public bool? HasQuorum { get; init; }

    /// <summary>An effective meta attribute of a resource, and the name of what has it: the resource, what it is in, or null for the defaults of all. Null if none is set.</summary>
    public (string Value, string? Owner)? Meta(PrimitiveResource resource, string name) =>
        resource.Meta.TryGetValue(name, out var own) ? (own, resource.Id)
        : resource.Container is { } container && container.Meta.TryGetValue(name, out var outer) ? (outer, container.Id)
        : ResourceDefaults.TryGetValue(name, out var common) ? (common, null)
        : null;

    /// <summary>The constraints that a ban or a move by a person left behind on a resource, or on what is around it.</summary>
    public IEnumerable<LocationConstraint> LeftBehind(PrimitiveResource resource) =>
        Locations.Where(constraint => constraint.IsLeftBehind && resource.IsMeantBy(constraint.Resource));
}
