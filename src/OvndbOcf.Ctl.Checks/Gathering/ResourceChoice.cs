using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Servers;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Chooses the resource to check. Pure.</summary>
/// <param name="Resource">The resource; null if there is none, or several and none was named.</param>
/// <param name="Others">The other resources of this agent.</param>
/// <param name="Problem">Why there is none, for people; null if there is one.</param>
internal sealed record ResourceChoice(CheckedResource? Resource, IReadOnlyList<CheckedResource> Others, string? Problem)
{
    /// <summary>Chooses it.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="name">The name of the resource, of its clone, or of its bundle; null for the only one.</param>
    public static ResourceChoice From(ClusterConfiguration configuration, string? name)
    {
        var all = configuration
            .Primitives.Where(primitive =>
                primitive.Agent.StartsWith("ocf:", StringComparison.Ordinal)
                && primitive.Agent.EndsWith(":" + AgentDescription.Name, StringComparison.Ordinal)
            )
            .Select(Read)
            .ToList();
        var names = string.Join(", ", all.Select(resource => resource.Primitive.Id));
        var chosen = all.Where(resource => name is null || resource.Primitive.IsMeantBy(name)).ToList();
        return (all, chosen) switch
        {
            ([], _) => Nothing("the cluster has no resource of this agent (ocf:ovn:ovndb-servers)"),
            (_, []) => Nothing($"no resource of this agent is called {name}; there is: {names}"),
            (_, [var one]) => new ResourceChoice(one, [.. all.Where(other => other != one)], null),
            _ => Nothing($"the cluster has several resources of this agent: name one of them with --resource: {names}"),
        };
    }

    /// <summary>Reads the parameters as the agent does.</summary>
    internal static CheckedResource Read(PrimitiveResource primitive)
    {
        var (parameters, problems) = ParameterReader.Read(
            OcfEnvironment.From(
                AgentDescription.Name,
                primitive
                    .Parameters.Select(parameter => KeyValuePair.Create("OCF_RESKEY_" + parameter.Key, (string?)parameter.Value))
                    .Concat(
                        OvnDirectories.EnvironmentNames.Select(name => KeyValuePair.Create(name, Environment.GetEnvironmentVariable(name)))
                    )
            )
        );
        return new CheckedResource(primitive, parameters, problems);
    }

    private static ResourceChoice Nothing(string why) => new(null, [], why);
}
