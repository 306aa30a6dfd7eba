using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Copies;

/// <summary>What has to be done before a copy may follow the active server, which resets it.</summary>
public enum ResyncStep
{
    /// <summary>Nothing: the active server has all that is in it.</summary>
    Nothing,

    /// <summary>It may hold rows that no other copy has: its file has to be set aside first.</summary>
    SetAside,

    /// <summary>It must not follow: its schema is older than the active's, and the server would end up empty, or writable.</summary>
    StayAway,
}

/// <summary>Decides what a copy may lose by following the active server. Pure, total; what is unknown may be lost.</summary>
public static class ResyncSafety
{
    /// <summary>The decision for one database.</summary>
    /// <param name="copy">The copy before the reset, while its server takes no writes.</param>
    /// <param name="database">Of which database.</param>
    /// <param name="record">The promotion of the active server to follow; null where it is not known to be this agent's.</param>
    /// <param name="node">The node of the copy, by the name that promotions record.</param>
    /// <param name="wasWritable">Whether its server was active though nobody had promoted it.</param>
    /// <param name="noted">What the node remembers of the copy; null if it remembers nothing.</param>
    public static ResyncStep Decide(
        DatabaseCopy copy,
        OvnDatabase database,
        PromotionRecord? record,
        string node,
        bool wasWritable,
        NotedPromotion? noted
    )
    {
        if (!copy.IsReadable)
        {
            return ResyncStep.SetAside;
        }

        if (record is not null && CopyEvaluator.IsSchemaTooOld(copy, database, record))
        {
            return ResyncStep.StayAway;
        }

        if (!copy.HasContent && copy.Marker is null)
        {
            return ResyncStep.Nothing;
        }

        if (wasWritable || record is null || copy.Marker is not { } marker)
        {
            return ResyncStep.SetAside;
        }

        // A marker that came back with a restored backup tells of a promotion before the rows that were written since.
        if (noted is not null && !marker.IsOf(noted.Promotion))
        {
            return ResyncStep.SetAside;
        }

        return HasNothingOfItsOwn(marker, record, copy.Holder ?? node) ? ResyncStep.Nothing : ResyncStep.SetAside;
    }

    private static bool HasNothingOfItsOwn(PromotionMarker marker, PromotionRecord record, string node)
    {
        if (marker.IsOf(record.Marker.Id))
        {
            // A backup of this very promotion. Its own node would be the active server.
            return record.Marker.Node != node;
        }

        // Of the promotion before, a copy may have received more than the one that was promoted, unless the record says that this one had everything. No time of a change tells:
        // compaction and the conversion of a schema write to the file, too.
        return record.Complete && marker.Id == record.Previous;
    }
}
