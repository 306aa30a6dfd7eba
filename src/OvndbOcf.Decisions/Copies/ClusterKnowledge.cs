namespace OvndbOcf.Decisions.Copies;

/// <summary>What the cluster's configuration says of promotions.</summary>
/// <param name="IsReadable">Whether it could be read; if not, nothing else here means anything.</param>
/// <param name="Latest">The latest promotion by this agent; null if there is none on record.</param>
/// <param name="LastActive">
/// The node that OVN's shell agent promoted last, or this agent, by <c>OVN_REPL_INFO</c>; null if there is none, or another resource of this agent wrote it.
/// </param>
public sealed record ClusterKnowledge(bool IsReadable, PromotionRecord? Latest, string? LastActive)
{
    /// <summary>The configuration could not be read.</summary>
    public static ClusterKnowledge Unreadable { get; } = new(false, null, null);

    /// <summary>
    /// From the properties in OVN's set. All resources share <c>OVN_REPL_INFO</c>: where it names the node of another resource's latest promotion, that resource wrote it, and it
    /// says nothing of this one.
    /// </summary>
    /// <param name="latest">The latest promotion of this resource.</param>
    /// <param name="lastActive">The value of <c>OVN_REPL_INFO</c>.</param>
    /// <param name="others">The latest promotions of other resources of this agent.</param>
    public static ClusterKnowledge From(PromotionRecord? latest, string? lastActive, IEnumerable<PromotionRecord> others) =>
        new(true, latest, lastActive != latest?.Marker.Node && others.Any(other => other.Marker.Node == lastActive) ? null : lastActive);

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
