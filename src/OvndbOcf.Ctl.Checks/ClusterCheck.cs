using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Ctl.Checks.Gathering;
using OvndbOcf.Ctl.Checks.Reports;
using OvndbOcf.Ctl.Checks.Rules;

namespace OvndbOcf.Ctl.Checks;

/// <summary>A check from the first question to the report.</summary>
internal static class ClusterCheck
{
    /// <summary>Checks a resource from this node.</summary>
    /// <param name="name">The name of the resource, of its clone, or of its bundle; null for the only one.</param>
    public static async Task<CheckReport> RunAsync(string? name)
    {
        var source = await ClusterSource.ReadAsync().ConfigureAwait(false);
        if (!source.Configuration.IsKnown)
        {
            return new CheckReport(null, null, [], source.Configuration.WhyUnknown);
        }

        var configuration = source.Configuration.Value;
        var all = CheckedResources.In(configuration);
        var (chosen, problem) = CheckedResources.Choose(all, name);
        if (chosen is not { } resource)
        {
            return new CheckReport(null, null, [], problem);
        }

        var versions = AgentVersions.ReadAsync(resource.Primitive.Id);
        var node = await NodeReader.ReadAsync(resource, configuration, source.State).ConfigureAwait(false);
        var cluster = new CheckedCluster(configuration, resource, [.. all.Where(other => other != resource)], source.State, node)
        {
            IsLive = source.IsLive,
            AgentVersions = await versions.ConfigureAwait(false),
        };
        return new CheckReport(resource.Primitive.Id, node.Name.IsKnown ? node.Name.Value : null, RuleBook.Apply(cluster), null);
    }
}
