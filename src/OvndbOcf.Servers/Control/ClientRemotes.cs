using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>What servers listen on, by their role and the parameters.</summary>
public static class ClientRemotes
{
    /// <summary>The remote by which a server listens on whatever the connections in its database say.</summary>
    public static string ByData(DatabaseParameters database) => $"db:{database.SchemaName},{database.GlobalTable},connections";

    /// <summary>
    /// The remotes of an active server for its clients: the connections in the database, and for TCP the port itself, so that clients get in before there are any.
    /// TLS remotes come from the
    /// database alone.
    /// </summary>
    public static IReadOnlyList<string> OfActive(AgentParameters parameters, DatabaseParameters database)
    {
        var connections = ByData(database);
        return database.Protocol == DatabaseProtocol.Tcp && parameters.ListenTarget(database) is { } target ? [target, connections] : [connections];
    }

    /// <summary>The remotes of a backup, which is started with them: its clients' port on an address that is yet to come. In load-balancer mode nobody may find it listening at all.</summary>
    public static IReadOnlyList<string> OfBackup(AgentParameters parameters, DatabaseParameters database) =>
        parameters.ListenOnMasterIpOnly && database.Protocol == DatabaseProtocol.Tcp && parameters.ListenTarget(database) is { } target ? [target] : [];
}
