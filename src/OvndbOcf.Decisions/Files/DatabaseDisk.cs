using OvndbOcf.Linux;

namespace OvndbOcf.Decisions.Files;

/// <summary>The disk that the databases are on, as it was when it was looked at.</summary>
/// <param name="Directory">Where they are.</param>
/// <param name="Space">The room on it; null if that is not known.</param>
/// <param name="Length">The bytes of both files together.</param>
public sealed record DatabaseDisk(string Directory, DiskSpace? Space, long Length)
{
    private const long Plenty = 64 << 20;

    /// <summary>Below so many free bytes it is nearly full: to compact a file, the server writes all that is in it once more beside it.</summary>
    public long Wanted => Math.Max(Plenty, Length);

    /// <summary>Whether what is written to it fails, or is about to. Where that is not known, it is taken not to be.</summary>
    public bool IsFull => Space is { } space && (space.IsReadOnly || space.Free < DiskRoom.Least);

    /// <summary>What is wrong with it, in words; null if nothing is.</summary>
    public string? Trouble =>
        Space switch
        {
            null => null,
            { IsReadOnly: true } => $"the disk with {Directory} is read-only",
            _ when IsFull => $"the disk with {Directory} is full",
            { } space when space.Free < Wanted =>
                $"the disk with {Directory} is nearly full: {space.Free >> 20} MiB are free, {Wanted >> 20} MiB are wanted",
            _ => null,
        };
}
