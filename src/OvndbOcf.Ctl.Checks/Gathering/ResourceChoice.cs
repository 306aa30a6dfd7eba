using OvndbOcf.Servers;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Which of the cluster's resources of this agent a person means. Pure.</summary>
public static class ResourceChoice
{
    /// <summary>The one with a name, or without one the only one.</summary>
    /// <param name="all">All resources of this agent.</param>
    /// <param name="idOf">A resource's id.</param>
    /// <param name="isMeantBy">Whether it has a name, or its clone or bundle has.</param>
    /// <param name="name">The name; null for none.</param>
    /// <returns>The resource, or why there is none, for people.</returns>
    public static (T? Chosen, string? Problem) Choose<T>(
        IReadOnlyList<T> all,
        Func<T, string> idOf,
        Func<T, string, bool> isMeantBy,
        string? name
    )
        where T : class
    {
        var names = string.Join(", ", all.Select(idOf));
        return (all, all.Where(resource => name is null || isMeantBy(resource, name)).ToList()) switch
        {
            ([], _) => (
                null,
                $"the cluster has no resource of the agent {AgentDescription.Name}; create one, such as with pcs-examples/virtual-ip.sh"
            ),
            (_, []) => (null, $"the cluster has no resource {name} of the agent {AgentDescription.Name}; there are: {names}"),
            (_, [var only]) => (only, null),
            _ => (null, $"the cluster has several resources of the agent {AgentDescription.Name}: {names}; choose one with --resource"),
        };
    }
}
