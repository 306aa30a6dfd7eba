using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Servers;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>The resources of this agent in a configuration. Pure, but for where OVN's directories are by the environment.</summary>
internal static class CheckedResources
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<CheckedResource> In(ClusterConfiguration configuration) =>
        [
            .. configuration
                .Primitives.Where(primitive =>
                    primitive.Agent.StartsWith("ocf:", StringComparison.Ordinal)
                    && primitive.Agent.EndsWith(":" + AgentDescription.Name, StringComparison.Ordinal)
                )
                .Select(Read),
        ];

    /// <summary>The one that a person means, by the name of the resource, of its clone, or of its bundle, null for the only one; or why there is none.</summary>
    public static (CheckedResource? Chosen, string? Problem) Choose(IReadOnlyList<CheckedResource> all, string? name) =>
        ResourceChoice.Choose(all, resource => resource.Primitive.Id, (resource, id) => resource.Primitive.IsMeantBy(id), name);

    /// <summary>Reads the parameters as the agent does.</summary>
    public static CheckedResource Read(PrimitiveResource primitive)
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
}
