using System.Globalization;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Gives a damaged database file another name, so that the server starts with an empty database and gets its data from the active one. What it holds is no worse for it, and
/// the rules of freshness see to it that the empty copy is not promoted while there is a better one.
/// </summary>
internal static class DamagedFile
{
    private const string Infix = ".damaged-";

    /// <summary>
    /// Looks at the file of a server that does not run, and sets it aside if it is damaged. Done if the server may be started with what is there then; with what the end of the file
    /// says, or null where nothing is known of that.
    /// </summary>
    /// <param name="database">Whose file.</param>
    /// <param name="path">The file; it need not be there.</param>
    /// <param name="log">Is told what was done.</param>
    /// <param name="deadline">When to stop looking; half of the time is left for the start.</param>
    public static (Outcome Outcome, FileTail? Tail) Examine(DatabaseParameters database, string path, OcfLog log, Deadline deadline)
    {
        DatabaseFileFinding finding;
        try
        {
            if (!File.Exists(path))
            {
                return (Outcome.Done, null);
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            finding = DatabaseFileCheck.Inspect(file, Deadline.After(deadline.Remaining / 2));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return (Outcome.Failed($"{database.Label}: {path} cannot be read: {exception.Message}; check the disk"), null);
        }

        switch (finding.Condition)
        {
            case DatabaseFileCondition.Damaged:
                return (SetAside(database, path, finding.Detail, log), null);

            case DatabaseFileCondition.Clustered:
                return (Outcome.Failed(ClusteredFiles.Refusal(database, path)), null);
        }

        if (finding.Detail.Length > 0)
        {
            log.Info($"{database.Label}: {path}: {finding.Detail}");
        }

        return (Outcome.Done, finding.Tail);
    }

    /// <summary>Gives the file of a server that does not run another name.</summary>
    /// <param name="database">Whose file.</param>
    /// <param name="path">The file.</param>
    /// <param name="detail">What is wrong with it.</param>
    /// <param name="log">Is told what was done.</param>
    public static Outcome SetAside(DatabaseParameters database, string path, string detail, OcfLog log)
    {
        try
        {
            var target = FreeName.Like(
                path + Infix + DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)
            );
            File.Move(path, target, overwrite: false);
            log.Error(
                $"{database.Label}: {path} is damaged: {detail}; the file is set aside as {target}, and the server starts empty and copies the active server's data; check the disk"
            );
            return Outcome.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Failed(
                $"{database.Label}: {path} is damaged and cannot be renamed: {exception.Message}; check the disk ({detail})"
            );
        }
    }
}
