using System.Globalization;

namespace OvndbOcf.Decisions.Copies;

/// <summary>
/// What a node remembers beside a database's file, whatever becomes of the marker in the data, which goes back with a restored backup, and of the cluster's record, which goes back with the
/// configuration.
/// </summary>
/// <param name="Promotion">The promotion under which this node last opened the database for writes, or received it; <see cref="Guid.Empty"/>, which no marker has, if that is not known.</param>
/// <param name="Recorded">The number of the latest promotion of this copy, as opened or received here, that is known to have been on record; 0 if none is.</param>
public sealed record NotedPromotion(Guid Promotion, long Recorded)
{
    private const string Nobody = "-";

    /// <summary>The promotion whose active server lived on when this backup of it was last stopped; null if that is not known of any, or the backup has caught up since.</summary>
    public Guid? LeftBehind { get; init; }

    /// <summary>
    /// The name that the node had in the cluster when the copy was last known to be what the active servers have: as the promoted one's own, or as a backup's that had received the promotion on record. Null if nothing is
    /// known of that. The record knows nodes by name alone, and a node that has another one since must not lose what is on record of its copy.
    /// </summary>
    public string? Holder { get; init; }

    /// <summary>A note that cannot be read.</summary>
    public static NotedPromotion Unreadable { get; } = new(Guid.Empty, 0);

    /// <summary>The note before a promotion of this node is written into the data.</summary>
    /// <param name="before">The note until then; null if there was none.</param>
    /// <param name="promotion">The promotion.</param>
    public static NotedPromotion Opening(NotedPromotion? before, PromotionMarker promotion) =>
        new(promotion.Id, before?.Recorded ?? 0)
        {
            Holder = before?.Holder ?? promotion.Node,

            // It may not come to that; once it has, the data has another marker.
            LeftBehind = before?.LeftBehind,
        };

    /// <summary>The note when a promotion of this node is on record.</summary>
    public static NotedPromotion OnRecord(PromotionMarker promotion) => new(promotion.Id, promotion.Number) { Holder = promotion.Node };

    /// <summary>The note when a backup is seen to have received the promotion on record.</summary>
    /// <param name="before">The note until then; null if there was none.</param>
    /// <param name="promotion">The promotion.</param>
    /// <param name="node">The backup's node.</param>
    public static NotedPromotion Received(NotedPromotion? before, PromotionMarker promotion, string node) =>
        (before ?? new(promotion.Id, promotion.Number)) with
        {
            Holder = node,
        };

    /// <summary>
    /// The note before a backup follows. A promotion that is closed, or that is not on record, is not that of the active server: the record was lost or is another one, and nobody knows under which
    /// promotion the backup will receive.
    /// </summary>
    /// <param name="before">The note until then; null if there was none.</param>
    /// <param name="record">The promotion to follow; null where it is not known to be this agent's.</param>
    /// <param name="node">The backup's node.</param>
    public static NotedPromotion Following(NotedPromotion? before, PromotionRecord? record, string node) =>
        (
            record is { Marker: { Closed: false } promotion }
                ? new NotedPromotion(promotion.Id, promotion.Number)
                : new NotedPromotion(Guid.Empty, before?.Recorded ?? 0)
        ) with
        {
            Holder = before?.Holder ?? node,

            // Until it has caught up: it may never get that far.
            LeftBehind = before?.LeftBehind,
        };

    /// <summary>The note when a backup is stopped whose active server lives on; null if there is nothing to note.</summary>
    /// <param name="before">The note until then; null if there was none.</param>
    /// <param name="marker">The marker in the copy.</param>
    /// <param name="node">The node of the copy, by the name that promotions record.</param>
    public static NotedPromotion? Leaving(NotedPromotion? before, PromotionMarker marker, string node) =>
        // Nothing comes after a closing marker, and its own promotion does not go on without it.
        marker.Closed
        || marker.Node == node
            ? null
            : (before ?? new NotedPromotion(marker.Id, 0)) with
            {
                Holder = before?.Holder ?? node,
                LeftBehind = marker.Id,
            };

    /// <summary>The note when a backup has everything that its active server has.</summary>
    public NotedPromotion CaughtUp() => this with { LeftBehind = null };

    /// <summary>The text of the note: the id, the number, and where they are known the holder and the promotion that lived on.</summary>
    public override string ToString() =>
        (Holder, LeftBehind) switch
        {
            (null, null) => string.Create(CultureInfo.InvariantCulture, $"{Promotion:D} {Recorded}"),
            ({ } holder, null) => string.Create(CultureInfo.InvariantCulture, $"{Promotion:D} {Recorded} {holder}"),
            var (holder, left) => string.Create(CultureInfo.InvariantCulture, $"{Promotion:D} {Recorded} {holder ?? Nobody} {left:D}"),
        };

    /// <summary>Reads such a text.</summary>
    public static NotedPromotion Parse(string? text) =>
        text?.Split(' ') is [var id, var number, .. var rest]
        && Guid.TryParseExact(id, "D", out var promotion)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var recorded)
            ? rest switch
            {
                [] => new NotedPromotion(promotion, recorded),
                [{ Length: > 0 } holder] => new NotedPromotion(promotion, recorded) { Holder = holder },
                [{ Length: > 0 } holder, var word, ..] when Guid.TryParseExact(word, "D", out var left) => new NotedPromotion(
                    promotion,
                    recorded
                )
                {
                    Holder = holder == Nobody ? null : holder,
                    LeftBehind = left,
                },
                _ => Unreadable,
            }
            : Unreadable;
}
