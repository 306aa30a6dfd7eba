using System.Globalization;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Files;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Saves a database's file beside it before replication resets it: <c>ovnnb_db.db.aside-NODE-pN-TIME</c>, with the node, the promotion whose data it holds,
/// and the time of its last change. Only root may read it.
/// </summary>
internal sealed class SetAside
{
    private const long FlushEvery = 32 << 20;
    private const string Infix = ".aside-";
    private const string PartialSuffix = ".partial";

    private readonly int _keep;
    private readonly OcfLog _log;
    private readonly Func<string, long> _findFree;

    /// <summary>Keeps so many files of each database, the latest; 0 saves none.</summary>
    public SetAside(int keep, OcfLog log)
        : this(keep, log, directory => new DriveInfo(directory).AvailableFreeSpace) { }

    /// <summary>With another way to find the free bytes of a directory's disk.</summary>
    internal SetAside(int keep, OcfLog log, Func<string, long> findFree)
    {
        _keep = keep;
        _log = log;
        _findFree = findFree;
    }

    /// <summary>Saves the file, while nobody writes to it. What was saved before is not saved again.</summary>
    /// <param name="database">Whose file.</param>
    /// <param name="path">The file.</param>
    /// <param name="copy">What is in it.</param>
    /// <param name="node">The node, for the name.</param>
    /// <param name="followed">The promotion that the server is about to follow; null if that is not known, or it follows nobody.</param>
    /// <param name="deadline">When it has to be done.</param>
    public Outcome Save(
        DatabaseParameters database,
        string path,
        DatabaseCopy copy,
        string node,
        PromotionMarker? followed,
        Deadline deadline
    )
    {
        var whose = PromotionStory.Before(followed) + database.Label;
        if (_keep == 0)
        {
            _log.Warning(
                $"{whose}: rows that only this copy may have are about to be lost: set_aside_count is 0; set 1 or more to keep them"
            );
            return Outcome.Done;
        }

        var target = NameFor(path, copy, node);
        try
        {
            // A link was not put there by this agent; saving fails on it, and so does what would lose the rows.
            if (new FileInfo(target) is { Exists: true, LinkTarget: null })
            {
                return Outcome.Done;
            }

            var length = DatabaseFile.Length(path) ?? throw new FileNotFoundException("the file is missing");
            // What an earlier action began is continued or removed: its bytes are part of the room.
            var begun = new FileInfo(target + PartialSuffix) is { Exists: true, LinkTarget: null } partial ? partial.Length : 0;
            var free = _findFree(Path.GetDirectoryName(path)!) + begun;
            List<FileInfo> surplus = [.. Saved(path, target).Skip(_keep - 1)];
            switch (DiskRoom.ForOneMore(free, length, surplus.Sum(file => file.Length)))
            {
                case RoomToSetAside.None:
                    return Outcome.Failed(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{database.Label}: {path} may hold rows that no other copy has, and cannot be set aside: {free >> 20} MiB are free, {DiskRoom.NeededToSetAside(length) >> 20} MiB are needed; make room"
                        )
                    );

                case RoomToSetAside.WithoutSurplus:
                    Remove(surplus);
                    break;

                default:
                    break;
            }

            Copy(path, target, deadline);
            _log.Warning(
                $"{whose}: this copy may hold rows that no other copy has; the copy is set aside as {target}. "
                    + $"To read them: ovsdb-tool query {target} '[\"{database.SchemaName}\",{{\"op\":\"select\",\"table\":\"{database.GlobalTable}\",\"where\":[]}}]'"
            );
            Tidy(path, target);
            return Outcome.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException or ArgumentException)
        {
            return Outcome.Failed(
                $"{database.Label}: {path} may hold rows that no other copy has, and cannot be set aside: {exception.Message}"
            );
        }
    }

    /// <summary>The name that a copy is saved under. The same copy has the same name.</summary>
    internal static string NameFor(string path, DatabaseCopy copy, string node)
    {
        var time = copy.LastChange?.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture) ?? "unknown";
        var promotion = copy.Marker?.Number.ToString(CultureInfo.InvariantCulture) ?? "0";
        return $"{path}{Infix}{Plain(node)}-p{promotion}-{time}";
    }

    private static void Copy(string path, string target, Deadline deadline)
    {
        var partial = target + PartialSuffix;
        using (var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        using (var destination = OpenPartial(partial, source.Length))
        {
            if (destination.Length > 0 || !FileClone.TryClone(source.SafeFileHandle, destination.SafeFileHandle))
            {
                CopyRest(source, destination, deadline);
            }

            destination.Flush(flushToDisk: true);
        }

        File.Move(partial, target, overwrite: false);
    }

    /// <summary>
    /// What an earlier action could not finish is continued: the file, of which nothing has changed since, bears the same name. Not after a reboot: what had been written then may not have reached the disk.
    /// </summary>
    private static FileStream OpenPartial(string partial, long length)
    {
        if (
            new FileInfo(partial) is { Exists: true } begun
            && begun.Length <= length
            && DateTime.UtcNow - begun.LastWriteTimeUtc is var age
            && age >= TimeSpan.Zero
            && age < TimeSpan.FromMilliseconds(Environment.TickCount64)
            && PlainFile.TryOpenForAppend(partial) is { } handle
        )
        {
            return new FileStream(handle, FileAccess.Write);
        }

        File.Delete(partial);
        return new FileStream(
            partial,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }
        );
    }

    private static void CopyRest(FileStream source, FileStream destination, Deadline deadline)
    {
        source.Position = destination.Length;
        var buffer = new byte[1 << 20];
        long unsaved = 0;
        while (source.Read(buffer) is var count and > 0)
        {
            if (deadline.HasPassed)
            {
                throw new TimeoutException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{destination.Length >> 20} of {source.Length >> 20} MiB are copied, and the action's time is over; the next monitor continues"
                    )
                );
            }

            destination.Write(buffer, 0, count);

            // What the kernel only keeps in mind costs its time at the end, all at once and without a deadline.
            unsaved += count;
            if (unsaved >= FlushEvery)
            {
                destination.Flush(flushToDisk: true);
                unsaved = 0;
            }
        }
    }

    // The oldest beyond the count, though never the one that was just saved: clocks are set back at times. And what an interrupted attempt left.
    private void Tidy(string path, string target)
    {
        Remove(Find(path).Where(file => file.Name.EndsWith(PartialSuffix, StringComparison.Ordinal)));
        Remove([.. Saved(path, except: target).Skip(_keep - 1)]);
    }

    /// <summary>What is saved of a file, the latest first, by the time at which it was saved.</summary>
    private static IEnumerable<FileInfo> Saved(string path, string except) =>
        Find(path)
            .Where(file => !file.Name.EndsWith(PartialSuffix, StringComparison.Ordinal) && file.Name != Path.GetFileName(except))
            .OrderByDescending(file => file.LastWriteTimeUtc);

    private static IEnumerable<FileInfo> Find(string path) =>
        new DirectoryInfo(Path.GetDirectoryName(path)!)
            .GetFiles(Path.GetFileName(path) + Infix + "*")
            .Where(file => file.LinkTarget is null);

    private void Remove(IEnumerable<FileInfo> files)
    {
        foreach (var file in files)
        {
            file.Delete();
            _log.Info($"removed {file.FullName}: set_aside_count is {_keep}");
        }
    }

    // A node's name may hold anything but must not lead out of the directory.
    private static string Plain(string name) =>
        string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character : '_'));
}
