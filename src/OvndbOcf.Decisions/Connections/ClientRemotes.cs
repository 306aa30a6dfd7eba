using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Connections;

/// <summary>What a server listens on for its clients that is no address.</summary>
public static class ClientRemotes
{
    /// <summary>The remote by which a server listens on whatever the connections in its database say.</summary>
    public static string ByData(DatabaseParameters database) => $"db:{database.SchemaName},{database.GlobalTable},connections";
}
