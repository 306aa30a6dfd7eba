using OvndbOcf.Decisions.Databases;

namespace OvndbOcf.Decisions.Connections;

/// <summary>What servers listen on, by their role and the parameters.</summary>
public static class ClientRemotes
{
    /// <summary>The remote by which a server listens on whatever the connections in its database say.</summary>
    public static string ByData(DatabaseParameters database) => $"db:{database.SchemaName},{database.GlobalTable},connections";

    /// <summary>
    /// The remotes of an active server for its clients: the connections in the database, and for TCP the port itself, so that clients get in before there are any.
    /// TLS remotes come from the database alone.
    /// </summary>
    /// <param name="database">The parameters of its database.</param>
    /// <param name="listenTarget">Where clients connect, such as <c>ptcp:6641:10.0.0.9</c>; null if the address is unknown.</param>
    public static IReadOnlyList<string> OfActive(DatabaseParameters database, string? listenTarget)
    {
        var connections = ByData(database);
        return database.Protocol == DatabaseProtocol.Tcp && listenTarget is { } target ? [target, connections] : [connections];
    }

    /// <summary>The remotes of a backup, which is started with them: its clients' port on an address that is yet to come. In load-balancer mode nobody may find it listening at all.</summary>
    /// <param name="database">The parameters of its database.</param>
    /// <param name="listenTarget">Where clients connect; null if the address is unknown.</param>
    /// <param name="onMasterIpOnly">Whether that is <c>master_ip</c> alone; in load-balancer mode it is all addresses.</param>
    public static IReadOnlyList<string> OfBackup(DatabaseParameters database, string? listenTarget, bool onMasterIpOnly) =>
        onMasterIpOnly && database.Protocol == DatabaseProtocol.Tcp && listenTarget is { } target ? [target] : [];
}
