using System.Globalization;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Gives a damaged database file another name, so that the server starts with an empty database and gets its data from the active one. What it holds is no worse for it, and
/// the rules of freshness see to it that the empty copy is not promoted while there is a better one.
/// </summary>
public static class DamagedFile
{
    private const string Infix = ".damaged-";

    /// <summary>Looks at the file of a server that does not run. Done if there is nothing wrong with it, or nothing is left of what was.</summary>
    /// <param name="database">Whose file.</param>
    /// <param name="path">The file; it need not be there.</param>
    /// <param name="log">Is told what was done.</param>
    /// <param name="deadline">When to stop looking; half of the time is left for the start.</param>
    public static Outcome SetAside(DatabaseParameters database, string path, OcfLog log, Deadline deadline)
    {
        LogFinding finding;
        try
        {
            if (!File.Exists(path))
            {
                return Outcome.Done;
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            finding = DatabaseLog.Inspect(file, Deadline.After(deadline.Remaining / 2));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Failed($"{database.Label}: {path} cannot be read: {exception.Message}; look at the disk");
        }

        if (finding.Condition != LogCondition.Damaged)
        {
            if (finding.Detail.Length > 0)
            {
                log.Info($"{database.Label}: {path}: {finding.Detail}");
            }

            return Outcome.Done;
        }

        try
        {
            var target = Free(path + Infix + DateTimeOffset.UtcNow.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture));
            File.Move(path, target, overwrite: false);
            log.Error($"{database.Label}: {path} is damaged: {finding.Detail}; it was set aside as {target}, and the server starts empty, to get its data from the active one");
            return Outcome.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Outcome.Failed($"{database.Label}: {path} is damaged and cannot be renamed: {exception.Message}; {finding.Detail}");
        }
    }

    private static string Free(string name) => Enumerable.Range(0, int.MaxValue)
        .Select(number => number == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{number}"))
        .First(candidate => !File.Exists(candidate));
}
