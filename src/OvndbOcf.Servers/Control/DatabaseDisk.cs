using OvndbOcf.Processes;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

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
    public string? Trouble => Space switch
    {
        null => null,
        { IsReadOnly: true } => $"the disk with {Directory} is read-only",
        _ when IsFull => $"the disk with {Directory} is full",
        { } space when space.Free < Wanted => $"the disk with {Directory} is nearly full: {space.Free >> 20} MiB are free, {Wanted >> 20} MiB are wanted",
        _ => null,
    };

    /// <summary>Looks at it. ovn-ctl keeps both databases in one directory.</summary>
    public static DatabaseDisk Of(AgentParameters parameters)
    {
        var (northbound, southbound) = (DatabaseFile.Find(parameters, parameters.Northbound), DatabaseFile.Find(parameters, parameters.Southbound));
        var directory = DirectoryOf(northbound);
        return new DatabaseDisk(directory, DiskSpace.Of(directory), (DatabaseFile.Length(northbound) ?? 0) + (DatabaseFile.Length(southbound) ?? 0));
    }

    /// <summary>Looks whether it is full, at no more than the cost of one call of the kernel: where ovn-ctl was told to keep the files, whatever running servers say.</summary>
    public static bool IsFullNow(AgentParameters parameters) =>
        new DatabaseDisk(DatabaseFile.DirectoryOf(parameters), DiskSpace.Of(DatabaseFile.DirectoryOf(parameters)), 0).IsFull;

    /// <summary>The directory whose disk a file is on: that of the file which a link leads to.</summary>
    internal static string DirectoryOf(string path) => Path.GetDirectoryName(DatabaseFile.Resolve(path))!;
}
