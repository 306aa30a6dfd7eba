using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Copies;

/// <summary>Compares a copy with what the cluster knows. Pure, total; what is unknown counts as the worst.</summary>
public static class CopyEvaluator
{
    /// <summary>How a node's two copies compare together: as the worse of them.</summary>
    public static CopyState Evaluate(CopyPair copies, ClusterKnowledge cluster, string node)
    {
        var northbound = Evaluate(copies.Northbound, OvnDatabase.Northbound, cluster, node);
        var southbound = Evaluate(copies.Southbound, OvnDatabase.Southbound, cluster, node);
        return northbound < southbound ? northbound : southbound;
    }

    /// <summary>How a node's copy of one database compares.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="database">Of which database.</param>
    /// <param name="cluster">What the cluster knows.</param>
    /// <param name="node">The node, by the name that promotions record.</param>
    public static CopyState Evaluate(DatabaseCopy copy, OvnDatabase database, ClusterKnowledge cluster, string node)
    {
        if (!copy.IsReadable || !cluster.IsReadable || cluster.IsRecordUnknown)
        {
            return CopyState.Unknown;
        }

        var names = new Names(copy.Holder ?? node, node);
        return cluster.Record is { } record ? Measure(copy, database, record, names) : Judge(copy, cluster, names.Self);
    }

    /// <summary>Whether the copy's schema is older than that of the active server, so that it cannot follow it.</summary>
    public static bool IsSchemaTooOld(DatabaseCopy copy, OvnDatabase database, PromotionRecord record) =>
        copy.Schema is { } mine && record.Schema(database) is { } actives && mine < actives;

    private static CopyState Measure(DatabaseCopy copy, OvnDatabase database, PromotionRecord record, Names names)
    {
        if (copy.Marker is not { } marker)
        {
            return copy.HasContent ? CopyState.Unmarked : CopyState.Empty;
        }

        var latest = record.Marker;
        if (marker.Number != latest.Number)
        {
            // A greater number is a promotion that was cut short on the way to the cluster's record, or whose record was rolled back: newer than anything on record.
            return marker.Number > latest.Number
                    ? ByMarker(marker, names.Self, otherwise: copy.IsLeftBehind ? CopyState.Outdated : CopyState.Current)
                : IsSchemaTooOld(copy, database, record) ? CopyState.SchemaTooOld
                : CopyState.Outdated;
        }

        if (!marker.IsOf(latest.Id))
        {
            return CopyState.Foreign;
        }

        if (latest.Node == names.Holder && latest.Closed && marker != latest)
        {
            // The closing marker was on disk before the record said so: this is an older file, such as of a snapshot.
            return CopyState.Outdated;
        }

        if (latest.Node == names.Self)
        {
            return CopyState.LastActive;
        }

        if (latest.Closed && marker == latest)
        {
            // Proven by data and record together, whatever happened to its connection before. A closing marker alone proves nothing: the record stays open where something
            // was written after the marker, or the demotion did not come to its end, and says another one where a later attempt did.
            return CopyState.Complete;
        }

        // The configuration of a node that returns alone may be older than the mark. By the name that it had, until the active node can be supposed to know it by the new one; by that as soon as it does.
        if (
            copy.IsLeftBehind
            || record.Outdated.Contains(names.Holder, StringComparer.Ordinal)
            || record.Outdated.Contains(names.Node, StringComparer.Ordinal)
        )
        {
            return CopyState.Outdated;
        }

        return IsSchemaTooOld(copy, database, record) ? CopyState.SchemaTooOld : CopyState.Current;
    }

    private static CopyState Judge(DatabaseCopy copy, ClusterKnowledge cluster, string? self)
    {
        if (!copy.HasContent && copy.Marker is null)
        {
            return CopyState.New;
        }

        // OVN's shell agent leaves no marker: where it named somebody, markers tell of a time before.
        return cluster.LastActive is { } lastActive
            ? lastActive == self
                ? CopyState.LastActive
                : CopyState.Unverified
            : copy.Marker is { } marker
                ? ByMarker(marker, self, otherwise: CopyState.Unverified)
                : CopyState.Unverified;
    }

    // What a marker says by itself, of a promotion that nothing on record knows of.
    private static CopyState ByMarker(PromotionMarker marker, string? self, CopyState otherwise) =>
        marker.Node == self ? CopyState.LastActive
        : marker.Closed ? CopyState.Closed
        : otherwise;

    /// <summary>Under which name a copy was last current, and that of its node now.</summary>
    private readonly record struct Names(string Holder, string Node)
    {
        // A name alone makes no copy the last active one: files may have been copied to a node of another name, and a name may be given anew.
        public string? Self => Holder == Node ? Node : null;
    }
}
