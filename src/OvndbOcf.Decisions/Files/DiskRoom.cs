using OvndbOcf.Linux;

namespace OvndbOcf.Decisions.Files;

/// <summary>Whether one more file can be set aside.</summary>
public enum RoomToSetAside
{
    /// <summary>It cannot.</summary>
    None,

    /// <summary>It can, and what was set aside before stays for now.</summary>
    Enough,

    /// <summary>It can once those files are gone that would have to go behind it anyway, as there are enough newer ones.</summary>
    WithoutSurplus,
}

/// <summary>Whether a disk has room for what is written to it.</summary>
public static class DiskRoom
{
    /// <summary>With fewer free bytes, a disk counts as full.</summary>
    public const long Least = 1 << 20;

    // Of what may come while a copy is being written.
    private const long Reserve = 16 << 20;

    // To follow is to write the whole copy once more. A file holds it several times, between two compactions.
    private const int CopiesInFile = 4;

    /// <summary>
    /// Whether a disk has room for a copy like the one in a file on it. An ovsdb-server that cannot write what it replicates gives up being a backup and becomes active, with half a copy
    /// or none: it is better not pointed at anybody. Where that cannot be found out, it is taken to have.
    /// </summary>
    /// <param name="space">The room on the disk; null if that is not known.</param>
    /// <param name="length">The bytes of the file.</param>
    public static bool IsEnoughToFollow(DiskSpace? space, long length) =>
        space is not { } known || (!known.IsReadOnly && known.Free >= Least + (length / CopiesInFile));

    /// <summary>How many free bytes it takes to set aside a file of that length, and to receive another copy of that length beside it.</summary>
    public static long NeededToSetAside(long length) => (2 * length) + Reserve;

    /// <summary>Whether one more file can be set aside. Its rows are worth more than those of the oldest one, which goes as soon as it is there.</summary>
    /// <param name="free">The free bytes.</param>
    /// <param name="length">The bytes of the file.</param>
    /// <param name="surplus">The bytes of the files that go then.</param>
    public static RoomToSetAside ForOneMore(long free, long length, long surplus) =>
        free >= NeededToSetAside(length) ? RoomToSetAside.Enough
        : free + surplus >= NeededToSetAside(length) ? RoomToSetAside.WithoutSurplus
        : RoomToSetAside.None;
}
