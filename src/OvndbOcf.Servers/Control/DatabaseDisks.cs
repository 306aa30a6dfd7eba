using OvndbOcf.Decisions.Files;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>Looks at the disk that the databases are on.</summary>
public static class DatabaseDisks
{
    /// <summary>The disk. ovn-ctl keeps both databases in one directory.</summary>
    public static DatabaseDisk Of(AgentParameters parameters)
    {
        var (northbound, southbound) = (
            DatabaseFile.Find(parameters, parameters.Northbound),
            DatabaseFile.Find(parameters, parameters.Southbound)
        );
        var directory = DirectoryOf(northbound);
        return new DatabaseDisk(
            directory,
            DiskSpace.Of(directory),
            (DatabaseFile.Length(northbound) ?? 0) + (DatabaseFile.Length(southbound) ?? 0)
        );
    }

    /// <summary>Whether it is full, at no more than the cost of one call of the kernel: where ovn-ctl was told to keep the files, whatever running servers say.</summary>
    public static bool IsFullNow(AgentParameters parameters) =>
        new DatabaseDisk(DatabaseFile.DirectoryOf(parameters), DiskSpace.Of(DatabaseFile.DirectoryOf(parameters)), 0).IsFull;

    /// <summary>Whether a file's disk has room for a copy like the one in it (<see cref="DiskRoom"/>).</summary>
    public static bool HaveRoomToFollow(string path) =>
        DiskRoom.IsEnoughToFollow(DiskSpace.Of(DirectoryOf(path)), DatabaseFile.Length(path) ?? 0);

    /// <summary>The directory whose disk a file is on: that of the file which a link leads to.</summary>
    private static string DirectoryOf(string path) => Path.GetDirectoryName(DatabaseFile.Resolve(path))!;
}
