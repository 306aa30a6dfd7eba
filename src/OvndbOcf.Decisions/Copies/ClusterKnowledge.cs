namespace OvndbOcf.Decisions.Copies;

/// <summary>What the cluster's configuration says of promotions.</summary>
/// <param name="IsReadable">Whether it could be read; if not, nothing else here means anything.</param>
/// <param name="Latest">The latest promotion by this agent; null if there is none on record.</param>
/// <param name="LastActive">
/// The node that OVN's shell agent promoted last, or this agent, by <c>OVN_REPL_INFO</c>; null if there is none, or another resource of this agent wrote it.
/// </param>
public sealed record ClusterKnowledge(bool IsReadable, PromotionRecord? Latest, string? LastActive)
{
    /// <summary>
    /// Whether a promotion is on record in a form that this version of the agent does not understand: the copies cannot be measured, and none is promoted. Only the promoted instance, which knows its own
    /// promotion, puts that on record instead.
    /// </summary>
    public bool IsRecordUnknown { get; init; }

    /// <summary>The configuration could not be read.</summary>
    public static ClusterKnowledge Unreadable { get; } = new(false, null, null);

    /// <summary>
    /// From the properties in OVN's set. All resources share <c>OVN_REPL_INFO</c>: where it names the node of another resource's latest promotion, that resource wrote it, and it
    /// says nothing of this one.
    /// </summary>
    /// <param name="record">What is on record of this resource; null if nothing is.</param>
    /// <param name="lastActive">The value of <c>OVN_REPL_INFO</c>; null if it is not set.</param>
    /// <param name="others">What is on record of other resources of this agent.</param>
    public static ClusterKnowledge From(string? record, string? lastActive, IEnumerable<string> others)
    {
        // What somebody has emptied is not there.
        record = string.IsNullOrWhiteSpace(record) ? null : record;
        var latest = PromotionRecord.Parse(record);
        if (lastActive is null || lastActive == latest?.Marker.Node)
        {
            return new ClusterKnowledge(true, latest, lastActive) { IsRecordUnknown = record is not null && latest is null };
        }

        List<PromotionRecord?> read = [.. others.Where(other => !string.IsNullOrWhiteSpace(other)).Select(PromotionRecord.Parse)];
        var isOthers = read.Any(other => other?.Marker.Node == lastActive);
        return new ClusterKnowledge(true, latest, isOthers ? null : lastActive)
        {
            // One that is not understood may tell of that node.
            IsRecordUnknown = (record is not null && latest is null) || (!isOthers && read.Contains(null)),
        };
    }

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
