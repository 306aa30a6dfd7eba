using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ctl.Checks.Gathering;
using OvndbOcf.Ctl.Checks.Rules;
using OvndbOcf.Ctl.Views;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Servers;

namespace OvndbOcf.Ctl.Cluster;

/// <summary>A resource of this agent in the cluster's configuration.</summary>
/// <param name="Id">Its name.</param>
/// <param name="CloneId">The name of the clone or bundle around it; its own where there is none.</param>
/// <param name="Parameters">Its parameters, name to value.</param>
internal sealed record CibResource(string Id, string CloneId, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Whether a person means it by that name.</summary>
    public bool IsMeantBy(string name) => name == Id || name == CloneId;
}

/// <summary>What commands need of the cluster's configuration and status.</summary>
internal sealed record Cib
{
    /// <summary>The resources of this agent.</summary>
    public required IReadOnlyList<CibResource> Resources { get; init; }

    /// <summary>The names of the nodes.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>Those that are remote nodes.</summary>
    public IReadOnlyList<RemoteNode> RemoteNodes { get; init; } = [];

    /// <summary>The properties of OVN's databases, name to value.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The resources that move an address: address to resource.</summary>
    public required IReadOnlyDictionary<string, string> Addresses { get; init; }

    /// <summary>The attributes that nodes have until they leave: node to name to value.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Attributes { get; init; }

    /// <summary>Constraints that a move or ban by a person left behind: primitive resource to the ids of those that mean it, or a group, clone or bundle around it.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Moves { get; init; }

    /// <summary>The nodes that location constraints keep resources off for good, in every role: resource to nodes. What a move or ban by a person left behind is not among them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Bans { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What keeps resources from running, or from being promoted, by their target role: primitive resource to what is said of it.</summary>
    public IReadOnlyDictionary<string, HaltView> Disabled { get; init; } = new Dictionary<string, HaltView>();

    /// <summary>The commands that end what has Pacemaker leave resources alone: primitive resource to command.</summary>
    public IReadOnlyDictionary<string, string> Unmanaged { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the cluster has quorum; null if it does not say.</summary>
    public bool? HasQuorum { get; init; }

    /// <summary>Whether Pacemaker leaves all resources alone.</summary>
    public bool IsInMaintenance { get; init; }

    /// <summary>What there is of that in a CIB; null if the text is none.</summary>
    public static Cib? Read(string? xml) => CibReader.Parse(xml) is { } configuration ? From(configuration) : null;

    /// <summary>A node's attribute; null if there is none.</summary>
    public string? Attribute(string node, string name) => Attributes.GetValueOrDefault(node)?.GetValueOrDefault(name);

    /// <summary>All resources of that name, or whose clone or bundle has it; without a name all there are.</summary>
    public IReadOnlyList<CibResource> FindAll(string? name) => [.. Resources.Where(resource => name is null || resource.IsMeantBy(name))];

    /// <summary>The one with that name, or without one the only one; null if there is none, or several are to choose from.</summary>
    public CibResource? Find(string? name) => Choose(name).Chosen;

    /// <summary>The same, where there has to be one.</summary>
    /// <exception cref="CtlException">There is none, or several are to choose from.</exception>
    public CibResource Require(string? name)
    {
        var (chosen, problem) = Choose(name);
        return chosen ?? throw new CtlException(problem!, ExitStatus.Usage);
    }

    private (CibResource? Chosen, string? Problem) Choose(string? name) =>
        ResourceChoice.Choose(Resources, resource => resource.Id, (resource, id) => resource.IsMeantBy(id), name);

    private static Cib From(ClusterConfiguration configuration) =>
        new()
        {
            Resources =
            [
                .. configuration
                    .Primitives.Where(primitive => IsOf(primitive, AgentDescription.Name))
                    .Select(primitive => new CibResource(primitive.Id, primitive.Container?.Id ?? primitive.Id, primitive.Parameters)),
            ],
            Nodes = [.. configuration.Nodes.Concat(configuration.RemoteNodes.Select(node => node.Name)).Order(StringComparer.Ordinal)],
            RemoteNodes = configuration.RemoteNodes,
            Properties = configuration.OvnProperties,
            Addresses = AddressesIn(configuration),
            Attributes = configuration.NodeAttributes,
            Moves = MovesIn(configuration),
            Bans = BansIn(configuration),
            Disabled = DisabledIn(configuration),
            Unmanaged = UnmanagedIn(configuration),
            HasQuorum = configuration.HasQuorum,
            IsInMaintenance = configuration.Flag("maintenance-mode") == true,
        };

    private static bool IsOf(PrimitiveResource primitive, string type) =>
        primitive.Id.Length > 0 && primitive.Agent.EndsWith(":" + type, StringComparison.Ordinal);

    private static Dictionary<string, string> AddressesIn(ClusterConfiguration configuration)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var primitive in configuration.Primitives.Where(primitive => IsOf(primitive, "IPaddr2")))
        {
            if (primitive.Parameters.TryGetValue("ip", out var address))
            {
                found.TryAdd(address, primitive.Id);
            }
        }

        return found;
    }

    private static Dictionary<string, IReadOnlyList<string>> MovesIn(ClusterConfiguration configuration) =>
        configuration
            .Primitives.DistinctBy(primitive => primitive.Id)
            .ToDictionary(
                primitive => primitive.Id,
                primitive => (IReadOnlyList<string>)[.. configuration.LeftBehind(primitive).Select(constraint => constraint.Id)],
                StringComparer.Ordinal
            );

    private static Dictionary<string, HaltView> DisabledIn(ClusterConfiguration configuration)
    {
        var found = new Dictionary<string, HaltView>(StringComparer.Ordinal);
        foreach (var primitive in configuration.Primitives)
        {
            if (TargetRole.Of(configuration, primitive) is var (text, command))
            {
                found[primitive.Id] = new HaltView(text, command ?? "ovndbctl check");
            }
        }

        return found;
    }

    private static Dictionary<string, string> UnmanagedIn(ClusterConfiguration configuration)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var primitive in configuration.Primitives)
        {
            if (Checks.Rules.Unmanaged.Of(configuration, primitive) is [(_, { } command), ..])
            {
                found[primitive.Id] = command;
            }
        }

        return found;
    }

    private static Dictionary<string, IReadOnlyList<string>> BansIn(ClusterConfiguration configuration) =>
        configuration
            .Locations.Where(constraint =>
                constraint is { Role: null, Node: not null, Score: <= -Score.Infinity } && !constraint.IsLeftBehind
            )
            .GroupBy(constraint => constraint.Resource, constraint => constraint.Node!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group], StringComparer.Ordinal);
}
