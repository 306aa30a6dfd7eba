using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.UnitTests.Freshness.Model;

/// <summary>One transaction: an acknowledged write of a client, or a marker. With those before it, it is all that a copy holds.</summary>
internal sealed class Entry
{
    private readonly Entry? _before;
    private readonly int _length;

    /// <summary>A client's write, or a marker.</summary>
    public Entry(Entry? before, PromotionMarker? marker)
    {
        _before = before;
        _length = before is null ? 1 : before._length + 1;
        Marker = marker ?? before?.Marker;
        LastWrite = marker is null ? this : before?.LastWrite;
    }

    private Entry(Entry? before, PromotionMarker? marker, Entry? _)
    {
        _before = before;
        _length = before is null ? 1 : before._length + 1;
        Marker = marker;
        LastWrite = this;
    }

    /// <summary>A client's write that leaves the data with another marker, or none: a restored backup, cleared <c>external_ids</c>.</summary>
    public static Entry Rewrite(Entry? before, PromotionMarker? marker) => new(before, marker, null);

    /// <summary>The latest marker in the copy.</summary>
    public PromotionMarker? Marker { get; }

    /// <summary>The latest of the clients' writes in the copy: what a copy is worth.</summary>
    public Entry? LastWrite { get; }

    /// <summary>Whether a copy holds all writes of another.</summary>
    public static bool HoldsWrites(Entry? copy, Entry? of) => of?.LastWrite is not { } write || write.IsIn(copy);

    /// <summary>Whether a copy holds everything of another, markers and all.</summary>
    public static bool Holds(Entry? copy, Entry? of) => of is null || of.IsIn(copy);

    /// <summary>What follows a copy on the way to a later one that holds it.</summary>
    public static Entry? Next(Entry? copy, Entry? later)
    {
        var length = copy?._length ?? 0;
        while (later is not null && later._length > length + 1)
        {
            later = later._before;
        }

        return later is not null && later._length > length ? later : copy;
    }

    /// <summary>Whether a copy holds this entry, and so everything before it.</summary>
    public bool IsIn(Entry? copy)
    {
        while (copy is not null && copy._length > _length)
        {
            copy = copy._before;
        }

        return ReferenceEquals(copy, this);
    }
}
