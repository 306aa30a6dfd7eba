using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Pacemaker;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Which version of the agent each node has, as its instance publishes it.</summary>
internal static class AgentVersions
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Asks the attribute daemon.</summary>
    public static async Task<Fact<IReadOnlyDictionary<string, string>>> ReadAsync(string resource) =>
        From(await new PacemakerTools(ClusterSource.Tools).ReadAttributeAsync($"copy-{resource}", Timeout).ConfigureAwait(false));

    /// <summary>What its answer says, by node.</summary>
    /// <param name="published">The answer; null if there was none.</param>
    internal static Fact<IReadOnlyDictionary<string, string>> From(IReadOnlyDictionary<string, string>? published) =>
        published is null
            ? Fact<IReadOnlyDictionary<string, string>>.Unknown(
                "what the instances publish is not known: the attribute daemon does not answer"
            )
            : Fact<IReadOnlyDictionary<string, string>>.Of(
                published
                    .Select(node => (node.Key, Version: PublishedCopy.ParseAgent(node.Value)))
                    .Where(node => node.Version is not null)
                    .ToDictionary(node => node.Key, node => node.Version!)
            );
}
