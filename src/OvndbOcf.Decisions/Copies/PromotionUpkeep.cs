namespace OvndbOcf.Decisions.Copies;

/// <summary>What the promoted instance has to do so that its data and the cluster's record tell of its promotion.</summary>
public enum UpkeepStep
{
    /// <summary>Nothing: they do, or nothing can be said of them.</summary>
    Nothing,

    /// <summary>Nothing yet: another node's promotion is on record, and it is not certain that nobody is promoted there.</summary>
    Wait,

    /// <summary>Write the record again: it is missing or older than this node knows.</summary>
    WriteRecord,

    /// <summary>Write a new marker and its record, as for a promotion of the node that is promoted already.</summary>
    PromoteAgain,
}

/// <summary>What the promoted instance sees of its promotion.</summary>
/// <param name="Copies">Its copies; both servers are active.</param>
/// <param name="Cluster">What the cluster knows.</param>
/// <param name="Remembered">The record that this instance wrote last, as its node remembers it; null if it remembers none.</param>
/// <param name="Node">Its node, by the name that promotions record.</param>
/// <param name="OtherIsPromoted">Whether the node whose promotion is on record says that it is promoted; null if that is not known.</param>
/// <param name="OtherFor">For how long another node's promotion has been on record.</param>
public sealed record UpkeepView(
    CopyPair Copies,
    ClusterKnowledge Cluster,
    PromotionRecord? Remembered,
    string Node,
    bool? OtherIsPromoted,
    TimeSpan OtherFor
);

/// <summary>The decision.</summary>
/// <param name="Step">What to do.</param>
/// <param name="Base">The promotion that it is about: to be written, or to come before the new one; null where there is none.</param>
/// <param name="Cause">What was seen, for the log; empty where nothing is to be done.</param>
public sealed record PromotionUpkeep(UpkeepStep Step, PromotionRecord? Base, string Cause)
{
    /// <summary>Whether nobody knows any more who has been cut off: then every node is outdated that is not seen connected.</summary>
    public bool OutdatesUnseen { get; init; }

    /// <summary>
    /// For how long another node's promotion has to be on record before it is taken back. A promotion that Pacemaker asked for is told by that node at its first monitor, and after a
    /// partition Pacemaker demotes one of two promoted instances.
    /// </summary>
    public static readonly TimeSpan TakeBackAfter = TimeSpan.FromSeconds(10);

    private static readonly PromotionUpkeep None = new(UpkeepStep.Nothing, null, string.Empty);

    /// <summary>The decision for an instance that Pacemaker monitors as promoted. Pure, total; what is unknown changes nothing.</summary>
    public static PromotionUpkeep Decide(UpkeepView view)
    {
        if (!view.Copies.Northbound.IsReadable || !view.Copies.Southbound.IsReadable || !view.Cluster.IsReadable)
        {
            return None;
        }

        var onRecord = view.Cluster.Latest;
        var mine = Mine(view, onRecord);
        if (onRecord is not null && onRecord.Marker.Node != view.Node && onRecord.Marker.Number >= (mine?.Marker.Number ?? 0))
        {
            return mine is null ? None : TakeBack(view, mine);
        }

        if (mine is null)
        {
            return None;
        }

        var (northbound, southbound) = (view.Copies.Northbound.Marker, view.Copies.Southbound.Marker);
        if (mine.Marker.Closed || northbound != mine.Marker || southbound != mine.Marker)
        {
            // One that was closed is not opened again: a copy that was cut off since must not pass for complete when the promotion is closed once more.
            var isClosed = mine.Marker.Closed || northbound is { Closed: true } || southbound is { Closed: true };
            return new PromotionUpkeep(
                UpkeepStep.PromoteAgain,
                mine,
                $"promotion {mine.Marker.Number} {(isClosed ? "was closed by a demotion that did not finish" : "is no longer in the data: a backup was restored, or the marker was removed")}"
            );
        }

        return view.Cluster.Record is { } record && record.ToString() == mine.ToString()
            ? None
            : new PromotionUpkeep(
                UpkeepStep.WriteRecord,
                mine,
                $"the cluster's record of promotion {mine.Marker.Number} is missing or older than this node knows"
            )
            {
                OutdatesUnseen = view.Remembered?.Marker.Id != mine.Marker.Id && onRecord?.Marker.Id != mine.Marker.Id,
            };
    }

    private static PromotionUpkeep TakeBack(UpkeepView view, PromotionRecord mine)
    {
        var other = view.Cluster.Latest!.Marker;
        var cause = $"promotion {other.Number} of {other.Node} is on record, though this node is the promoted instance";
        return view.OtherIsPromoted == false && view.OtherFor >= TakeBackAfter
            ? new PromotionUpkeep(UpkeepStep.PromoteAgain, mine, cause)
            : new PromotionUpkeep(UpkeepStep.Wait, null, cause);
    }

    /// <summary>
    /// This instance's promotion: what it remembers, and what is on record. Where both tell of the same one, a node that either calls outdated is: a needless mark clears itself, a missing one
    /// could promote a stale copy. Where neither tells anything, the markers do, and everybody is outdated who was not seen connected.
    /// </summary>
    private static PromotionRecord? Mine(UpkeepView view, PromotionRecord? onRecord)
    {
        var recorded = onRecord?.Marker.Node == view.Node ? onRecord : null;
        var remembered = view.Remembered?.Marker.Node == view.Node ? view.Remembered : null;
        if (recorded is not null && remembered is not null)
        {
            return recorded.Marker.Id == remembered.Marker.Id
                    ? recorded with
                    {
                        Outdated = [.. recorded.Outdated.Union(remembered.Outdated).Order(StringComparer.Ordinal)],
                    }
                : recorded.Marker.Number > remembered.Marker.Number ? recorded
                : remembered;
        }

        return recorded ?? remembered ?? ByMarkers(view.Copies, view.Node);
    }

    private static PromotionRecord? ByMarkers(CopyPair copies, string node) =>
        copies.Northbound.Marker is { Closed: false } marker && marker == copies.Southbound.Marker && marker.Node == node
            ? new PromotionRecord(marker)
            : null;
}
