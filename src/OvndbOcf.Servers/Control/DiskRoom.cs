using OvndbOcf.Processes;

namespace OvndbOcf.Servers.Control;

/// <summary>Whether a disk has room for what is written to it.</summary>
public static class DiskRoom
{
    /// <summary>With fewer free bytes, a disk counts as full.</summary>
    public const long Least = 1 << 20;

    // To follow is to write the whole copy once more. A file holds it several times, between two compactions.
    private const int CopiesInFile = 4;

    /// <summary>
    /// Whether the file's disk has room for a copy like the one in it. An ovsdb-server that cannot write what it replicates gives up being a backup and becomes active, with half a copy
    /// or none: it is better not pointed at anybody. Where that cannot be found out, it is taken to have.
    /// </summary>
    public static bool IsEnoughToFollow(string path) =>
        DiskSpace.Of(DatabaseDisk.DirectoryOf(path)) is not { } space || (!space.IsReadOnly && IsEnough(DatabaseFile.Length(path) ?? 0, space.Free));

    /// <summary>Whether so many free bytes are enough beside a file of that length.</summary>
    internal static bool IsEnough(long length, long free) => free >= Least + (length / CopiesInFile);
}
