using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>What an active server listens on for its clients. In load-balancer mode the agent adds it at run time.</summary>
public static class ClientRemotes
{
    /// <summary>The remote by which a server listens on whatever the connections in its database say.</summary>
    public static string ByData(DatabaseParameters database) => $"db:{database.SchemaName},{database.GlobalTable},connections";

    /// <summary>
    /// The remotes of an active server: the connections in the database, and for TCP the port itself, so that clients get in before there are any.
    /// TLS remotes come from the
    /// database alone.
    /// </summary>
    public static IReadOnlyList<string> OfActive(AgentParameters parameters, DatabaseParameters database)
    {
        var connections = ByData(database);
        return database.Protocol == DatabaseProtocol.Tcp && parameters.ListenTarget(database) is { } target ? [target, connections] : [connections];
    }
}
