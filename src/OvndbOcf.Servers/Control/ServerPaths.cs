using OvndbOcf.Decisions.Databases;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>The files in the run directory by which one database's server is found, as ovn-ctl names them.</summary>
/// <param name="Control">The control socket (unixctl).</param>
/// <param name="Database">The database socket (OVSDB).</param>
/// <param name="PidFile">The pid file.</param>
public sealed record ServerPaths(string Control, string Database, string PidFile)
{
    /// <summary>The paths for a database.</summary>
    public static ServerPaths Of(OvnDirectories directories, DatabaseParameters database)
    {
        var name = Path.Combine(directories.Run, $"ovn{database.Prefix}_db");
        return new ServerPaths(name + ".ctl", name + ".sock", name + ".pid");
    }
}
