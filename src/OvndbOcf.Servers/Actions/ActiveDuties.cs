using OvndbOcf.Decisions.Copies;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Actions;

/// <summary>What the promoted instance does for the cluster's record: keep it and the markers as they should be, and note in it which backups have been cut off.</summary>
internal sealed class ActiveDuties(
    ActionScope scope,
    PromotionHistory history,
    PromotionScore score,
    CopyAttributes attributes,
    PromotionKeeper keeper,
    LinkTracking links
)
{
    /// <summary>At a thorough monitor, and when a backup has started or stopped.</summary>
    /// <returns>The connections on which the outcome depends; null if the same may not be left to do the next time.</returns>
    public async Task<IReadOnlyList<WatchedConnection>?> PerformAsync()
    {
        var asking = attributes.ReadAsync();
        var cluster = await history.ReadAsync().ConfigureAwait(false);
        var published = await asking.ConfigureAwait(false);
        if (!cluster.IsReadable)
        {
            scope.Log.Warning(
                "the cluster's configuration cannot be read: the record of up-to-date backups stays as it is; check pacemaker-based"
            );
            return null;
        }

        await score.EnsureAsync(PromotionScores.Active).ConfigureAwait(false);
        var (record, isSettled) = await keeper.KeepAsync(cluster, published).ConfigureAwait(false);
        IReadOnlyList<WatchedConnection>? watched = [];
        if (record is { Marker.Closed: false } && record.Marker.Node == scope.Me.AttributeHost)
        {
            watched = await links.TrackAsync(record, published).ConfigureAwait(false);
        }

        return isSettled ? watched : null;
    }
}
