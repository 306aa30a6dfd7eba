using OvndbOcf.Ctl.Judging;
using OvndbOcf.Ctl.Views;

namespace OvndbOcf.Ctl.Metrics;

/// <summary>What was found out in one run.</summary>
/// <param name="Begin">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Version">The version of this command.</param>
/// <param name="Resources">The resources of this agent; null if the cluster's configuration could not be read.</param>
internal sealed record Findings(DateTimeOffset Begin, TimeSpan Duration, string Version, IReadOnlyList<ResourceFindings>? Resources);

/// <summary>What was found out about one resource.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="View">What follows from them.</param>
internal sealed record ResourceFindings(ClusterFacts Facts, ClusterView View)
{
    /// <summary>The facts with their view.</summary>
    public static ResourceFindings Of(ClusterFacts facts) => new(facts, ViewBuilder.Build(facts));

    /// <summary>What the node on which the command runs shows; null if that is no node of the cluster, or nothing could be seen there.</summary>
    public NodeView? Here => Facts.Local is null ? null : View.Nodes.FirstOrDefault(node => node.IsLocal);
}
