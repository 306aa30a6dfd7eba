using OvndbOcf.Ctl.Cluster;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>Which of the cluster's resources is meant.</summary>
internal static class ResourceChoice
{
    /// <summary>The one with that name, or whose clone or bundle has it; without a name the only one.</summary>
    /// <param name="cib">The configuration.</param>
    /// <param name="name">The name; null for the only one.</param>
    /// <param name="throws">Whether it is a failure if there is none; otherwise the result is null.</param>
    /// <exception cref="CtlException">There is none, or several are to choose from.</exception>
    public static CibResource? Choose(Cib cib, string? name, bool throws)
    {
        var found = All(cib, name);
        return found is [var only] ? only
            : !throws ? null
            : throw new CtlException(
                found.Count > 1 ? $"the cluster has several resources of the agent ovndb-servers: {Names(cib)}; choose one with --resource"
                    : cib.Resources.Count == 0
                        ? "the cluster has no resource of the agent ovndb-servers; create one, such as with pcs-examples/virtual-ip.sh"
                    : $"the cluster has no resource {name} of the agent ovndb-servers; there are: {Names(cib)}",
                ExitStatus.Usage
            );
    }

    /// <summary>All of that name, or whose clone or bundle has it; without a name all there are.</summary>
    public static IReadOnlyList<CibResource> All(Cib cib, string? name) =>
        [.. cib.Resources.Where(resource => name is null || resource.Id == name || resource.CloneId == name)];

    private static string Names(Cib cib) => string.Join(", ", cib.Resources.Select(resource => resource.Id));
}
