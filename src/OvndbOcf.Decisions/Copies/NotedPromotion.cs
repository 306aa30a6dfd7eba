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
    /// <summary>A note that cannot be read.</summary>
    public static NotedPromotion Unreadable { get; } = new(Guid.Empty, 0);

    /// <summary>The note before a promotion of this node is written into the data.</summary>
    /// <param name="before">The note until then; null if there was none.</param>
    /// <param name="promotion">The promotion.</param>
    public static NotedPromotion Opening(NotedPromotion? before, PromotionMarker promotion) => new(promotion.Id, before?.Recorded ?? 0);

    /// <summary>The note when a promotion of this node is on record.</summary>
    public static NotedPromotion OnRecord(PromotionMarker promotion) => new(promotion.Id, promotion.Number);

    /// <summary>
    /// The note before a backup follows. A promotion that is closed, or that is not on record, is not that of the active server: the record was lost or is another one, and nobody knows under which
    /// promotion the backup will receive.
    /// </summary>
    /// <param name="before">The note until then; null if there was none.</param>
    /// <param name="record">The promotion to follow; null where it is not known to be this agent's.</param>
    public static NotedPromotion Following(NotedPromotion? before, PromotionRecord? record) =>
        record is { Marker: { Closed: false } promotion } ? OnRecord(promotion) : new(Guid.Empty, before?.Recorded ?? 0);

    /// <summary>The text of the note: the id, and the number.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Promotion:D} {Recorded}");

    /// <summary>Reads such a text.</summary>
    public static NotedPromotion Parse(string? text) =>
        text?.Split(' ') is [var id, var number]
        && Guid.TryParseExact(id, "D", out var promotion)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var recorded)
            ? new NotedPromotion(promotion, recorded)
            : Unreadable;
}
