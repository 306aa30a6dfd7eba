namespace OvndbOcf.Servers.Freshness;

/// <summary>What the cluster's configuration says of promotions.</summary>
/// <param name="IsReadable">Whether it could be read; if not, nothing else here means anything.</param>
/// <param name="Latest">The latest promotion by this agent; null if there is none on record.</param>
/// <param name="LastActive">The last active node by <c>OVN_REPL_INFO</c>, which OVN's shell agent writes, too; null if there is none.</param>
public sealed record ClusterKnowledge(bool IsReadable, PromotionRecord? Latest, string? LastActive)
{
    /// <summary>The configuration could not be read.</summary>
    public static ClusterKnowledge Unreadable { get; } = new(false, null, null);

    /// <summary>
    /// The promotion that copies are measured by. None where OVN's shell agent promoted somebody since: it leaves no marker, and nobody can tell how
    /// the copies compare.
    /// </summary>
    public PromotionRecord? Record => Latest is { } latest && (LastActive is null || LastActive == latest.Marker.Node) ? latest : null;

    /// <summary>
    /// Whether active servers on the node are surely not those of the latest promotion: somebody else was promoted last. Where nothing is on record, as with servers that were
    /// active before the cluster took them over, they may be.
    /// </summary>
    public bool IsElsewhere(string node) => Record is { } record && record.Marker.Node != node;
}
