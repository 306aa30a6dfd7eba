using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>The file of a database.</summary>
public static class DatabaseFile
{
    // Where Debian's and most other builds of OVN keep it.
    private const string UsualDirectory = "/var/lib/ovn";

    /// <summary>
    /// Its path: as the running server names it on its command line, or else by the directory of the parameters, or the usual one.
    /// </summary>
    public static string Find(AgentParameters parameters, DatabaseParameters database)
    {
        var name = $"ovn{database.Prefix}_db.db";
        if (DaemonFinder.FindServer(ServerPaths.Of(parameters.Directories, database)).Daemon is { } server)
        {
            foreach (var argument in ProcessTable.CommandLine(server.Id))
            {
                if (argument.StartsWith('/') && Path.GetFileName(argument) == name)
                {
                    return argument;
                }
            }
        }

        return Path.Combine(DirectoryOf(parameters), name);
    }

    /// <summary>The directory of the parameters, or the usual one.</summary>
    public static string DirectoryOf(AgentParameters parameters) => parameters.Directories.Database ?? UsualDirectory;

    /// <summary>The path of what is written to: where a link in its place leads to, or else the path itself.</summary>
    public static string Resolve(string path) => Look(path)?.FullName ?? path;

    /// <summary>When it was last written, to the millisecond; null if it cannot be found out. A server that only reads does not write to it.</summary>
    public static DateTimeOffset? LastChange(string path) =>
        Look(path) is { } file
            ? DateTimeOffset.FromUnixTimeMilliseconds(new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds())
            : null;

    /// <summary>Its length in bytes; null if it cannot be found out. It grows with each transaction.</summary>
    public static long? Length(string path) => Look(path)?.Length;

    private static FileInfo? Look(string path)
    {
        try
        {
            // A link has a length and a time of its own, which never change.
            var file = new FileInfo(path);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return file.Exists ? file : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
