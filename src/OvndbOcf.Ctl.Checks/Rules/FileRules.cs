using OvndbOcf.Ctl.Checks.Facts;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>The databases' files on this node.</summary>
internal static class FileRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("raft-file", Severity.Error, Raft),
        new("disk-full", Severity.Error, DiskFull),
        new("disk-room", Severity.Warning, DiskRoom),
        new("file-history", Severity.Warning, History),
        new("northd-db-params", Severity.Warning, NorthdParameters),
    ];

    private static Verdict Raft(CheckedCluster cluster) =>
        Verdict.All(
            cluster.Node.Databases.Select(database =>
                database.IsClustered.Judge(isClustered =>
                    isClustered
                        ? Verdict.Of(
                            $"{database.Path} is of a clustered (RAFT) database: no server is started with it",
                            Shell.Then(
                                Shell.Command("ovsdb-tool", "cluster-to-standalone", database.Path + ".new", database.Path),
                                Shell.Command("mv", database.Path, database.Path + ".raft"),
                                Shell.Command("mv", database.Path + ".new", database.Path)
                            )
                        )
                        : Verdict.Fine
                )
            )
        );

    private static Verdict DiskFull(CheckedCluster cluster) =>
        cluster.Node.Disk.Judge(disk =>
            disk.IsFull ? Verdict.Of($"{disk.Trouble}: writes of clients fail, and a backup follows nobody; make room") : Verdict.Fine
        );

    private static Verdict DiskRoom(CheckedCluster cluster) =>
        cluster.Node.Disk.Judge(disk =>
            disk.Space is not { } space ? Verdict.Undecided($"how much room the disk with {disk.Directory} has")
            : !disk.IsFull && space.Free < Math.Max(disk.Wanted, Decisions.Files.DiskRoom.NeededToSetAside(disk.Length))
                ? Verdict.Of(
                    $"the disk with {disk.Directory} has {space.Free >> 20} MiB left, and the databases have {disk.Length >> 20} MiB: a copy cannot be set aside before it is overwritten, nor a file compacted; make room"
                )
            : Verdict.Fine
        );

    private static Verdict History(CheckedCluster cluster) =>
        Verdict.All(
            cluster.Node.Databases.Select(database =>
                database.History.Judge(history =>
                    history is { IsLong: true } found
                        ? Verdict.Of(
                            $"{database.Path} has {found.Length >> 20} MiB, for data of about {(found.DataLength >> 20) + 1} MiB: a server that restarts reads all of it",
                            Shell.Command("ovs-appctl", "-t", database.ControlSocket, "ovsdb-server/compact")
                        )
                        : Verdict.Fine
                )
            )
        );

    private static Verdict NorthdParameters(CheckedCluster cluster) =>
        cluster.Node.NorthdElsewhere.Judge(elsewhere =>
            elsewhere is null
                ? Verdict.Fine
                : Verdict.Of(
                    $"{cluster.Node.NorthdFile} is left over from clustered databases and points ovn-northd at other servers ({elsewhere}); the agent starts ovn-northd without it",
                    Shell.Command("mv", cluster.Node.NorthdFile, cluster.Node.NorthdFile + ".unused")
                )
        );
}
