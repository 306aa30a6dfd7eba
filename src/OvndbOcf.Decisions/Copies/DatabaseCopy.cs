using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Copies;

/// <summary>What is in one node's copy of one database.</summary>
/// <param name="IsReadable">Whether it could be read; if not, nothing else here means anything.</param>
/// <param name="Marker">The latest promotion whose data it holds; null if there is no marker in it.</param>
/// <param name="HasContent">Whether anybody ever set it up: its global row is there. A new database and one that was reset for a first dump have none.</param>
/// <param name="Schema">Its schema version; null if unknown.</param>
/// <param name="LastChange">When its file was last written, by this node's clock; null if unknown.</param>
public sealed record DatabaseCopy(bool IsReadable, PromotionMarker? Marker, bool HasContent, Version? Schema, DateTimeOffset? LastChange)
{
    /// <summary>
    /// The name that its node had in the cluster when the copy was last known to be what the active servers have; null if nothing is known of that. What is on record of that name holds of the copy, too, whatever the node is called now.
    /// </summary>
    public string? Holder { get; init; }

    /// <summary>A copy that could not be read.</summary>
    public static DatabaseCopy Unreadable { get; } = new(false, null, false, null, null);

    /// <summary>The promotion whose active server its node saw living on when this copy's server was stopped (<see cref="NotedPromotion.LeftBehind"/>); null if there is none.</summary>
    public Guid? LeftBehind { get; init; }

    /// <summary>Whether the active server went on without it after all that is in it. Nothing comes after a closing marker.</summary>
    public bool IsLeftBehind => LeftBehind is { } left && Marker is { Closed: false } marker && marker.IsOf(left);
}

/// <summary>What is in one node's copies of both databases.</summary>
/// <param name="Northbound">The Northbound database.</param>
/// <param name="Southbound">The Southbound database.</param>
public sealed record CopyPair(DatabaseCopy Northbound, DatabaseCopy Southbound)
{
    /// <summary>The copy of one database.</summary>
    public DatabaseCopy Of(OvnDatabase database) => database == OvnDatabase.Northbound ? Northbound : Southbound;

    /// <summary>The number of the older of both promotions; 0 if one has no marker.</summary>
    public long Number => Math.Min(Northbound.Marker?.Number ?? 0, Southbound.Marker?.Number ?? 0);

    /// <summary>When anything in them was last changed; null if unknown.</summary>
    public DateTimeOffset? LastChange =>
        (Northbound.LastChange, Southbound.LastChange) switch
        {
            ({ } northbound, { } southbound) => northbound > southbound ? northbound : southbound,
            var (northbound, southbound) => northbound ?? southbound,
        };

    /// <summary>Whether that is a closing marker, and both hold it.</summary>
    public bool AreClosedBy(PromotionMarker closing) => closing.Closed && Northbound.Marker == closing && Southbound.Marker == closing;
}
