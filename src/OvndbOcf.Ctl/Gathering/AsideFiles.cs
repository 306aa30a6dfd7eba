using OvndbOcf.Decisions.Databases;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Gathering;

/// <summary>The files that the agent set aside on this node.</summary>
internal static class AsideFiles
{
    private const string Infix = ".aside-";
    private const string Partial = ".partial";

    /// <summary>The files of a database, the one first that was set aside last; null if its directory cannot be read.</summary>
    public static IReadOnlyList<FileInfo>? Find(AgentParameters parameters, OvnDatabase database)
    {
        var path = DatabaseFile.Find(parameters, parameters.Of(database));
        try
        {
            return
            [
                .. new DirectoryInfo(Path.GetDirectoryName(path)!)
                    .EnumerateFiles(Path.GetFileName(path) + Infix + "*")
                    .Where(file => file.LinkTarget is null && !file.Name.EndsWith(Partial, StringComparison.Ordinal))
                    .OrderByDescending(file => file.LastWriteTimeUtc),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
