namespace OvndbOcf.Decisions.Copies;

/// <summary>The marker of a promotion that is about to be carried out or completed.</summary>
public static class NextPromotion
{
    /// <summary>
    /// The marker to write. One that an earlier, interrupted attempt on this node wrote to both databases is taken up again; otherwise the number is greater than that of any promotion that could have
    /// been carried out.
    /// </summary>
    /// <param name="copies">This node's copies.</param>
    /// <param name="latest">The latest promotion on record, whether copies are measured by it or not; null if there is none.</param>
    /// <param name="node">This node.</param>
    /// <param name="now">The time.</param>
    /// <param name="id">The id of a new promotion.</param>
    /// <param name="isActive">Whether both servers are active already.</param>
    /// <param name="recorded">The number of the latest promotion of these copies that this node remembers to have been on record; 0 if it remembers none.</param>
    public static PromotionMarker For(
        CopyPair copies,
        PromotionRecord? latest,
        string node,
        DateTimeOffset now,
        Guid id,
        bool isActive,
        long recorded
    )
    {
        var onRecord = latest?.Marker.Number ?? 0;
        if (
            isActive
            && copies.Northbound.Marker is { Closed: false } mine
            && mine == copies.Southbound.Marker
            && mine.Node == node
            && (mine.Number > onRecord || mine == latest!.Marker)
        )
        {
            return mine;
        }

        // A record that was lost or rolled back makes a promotion of this node look as if it had never been on record.
        var recordedEver = Math.Max(onRecord, recorded);
        var known = Math.Max(
            recordedEver,
            Math.Max(Known(copies.Northbound, recordedEver, node), Known(copies.Southbound, recordedEver, node))
        );

        return new PromotionMarker(NumberAfter(known), id, node, now, Closed: false);
    }

    /// <summary>The number of the promotion that comes after one with that number.</summary>
    // Only somebody who writes markers by hand gets to the last number. It stays a readable marker.
    public static long NumberAfter(long number) => number == long.MaxValue ? number : number + 1;

    /// <summary>
    /// Whether a copy holds everything of the latest promotion: by its closing marker where the record is closed, too, or because it is the active server's own. After a restart of the machine the
    /// latter is no proof, as the server leaves it to the kernel when its file is written.
    /// </summary>
    /// <param name="copies">The copies, before the next promotion.</param>
    /// <param name="latest">The latest promotion; null if there is none by which copies could be measured.</param>
    /// <param name="node">The node of the copies.</param>
    /// <param name="boot">The boot of its machine; null if unknown.</param>
    public static bool IsComplete(CopyPair copies, PromotionRecord? latest, string node, Guid? boot)
    {
        if (latest is null)
        {
            return false;
        }

        return copies.AreClosedBy(latest.Marker)
            || (
                latest.Marker.Node == node
                && boot is not null
                && boot == latest.Boot
                && copies.Northbound.Marker?.Id == latest.Marker.Id
                && copies.Southbound.Marker?.Id == latest.Marker.Id
            );
    }

    // This node's own promotions that never reached the record do not count, or each attempt would get a greater number: a copy of the last one would then pass for newer than the promotion of another
    // node that came after it.
    // By the name that it had then, too.
    private static long Known(DatabaseCopy copy, long recorded, string node) =>
        copy.Marker is not { } marker
        || (!marker.Closed && (marker.Node == node || marker.Node == copy.Holder) && marker.Number - 1 == recorded)
            ? 0
            : marker.Number;
}
