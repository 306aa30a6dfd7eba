namespace OvndbOcf.Servers.Control;

/// <summary>
/// Whether a disk has room for what replication writes to it. An ovsdb-server that cannot write what it replicates gives up being a backup and becomes active, with half a copy or
/// none: it is better not pointed at anybody.
/// </summary>
public static class DiskRoom
{
    private const long Least = 1 << 20;

    // To follow is to write the whole copy once more. A file holds it several times, between two compactions.
    private const int CopiesInFile = 4;

    /// <summary>Whether the file's disk has room for a copy like the one in it. Where that cannot be found out, it is taken to have.</summary>
    public static bool IsEnoughToFollow(string path)
    {
        try
        {
            return IsEnough(DatabaseFile.Length(path) ?? 0, new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return true;
        }
    }

    /// <summary>Whether so many free bytes are enough beside a file of that length.</summary>
    internal static bool IsEnough(long length, long free) => free >= Least + (length / CopiesInFile);
}
