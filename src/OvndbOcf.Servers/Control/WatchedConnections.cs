using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>Which connections a steady state depends on, and whether they are as they were.</summary>
internal static class WatchedConnections
{
    /// <summary>Those by which backups replicate, as the active servers see them.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="address">The address that backups connect to; null if that may be any.</param>
    /// <param name="backups">The backups' ends, of connections that are there and of others.</param>
    /// <param name="northbound">The connections that the Northbound server has, remote end to local end.</param>
    /// <param name="southbound">The same of the Southbound server.</param>
    public static IReadOnlyList<WatchedConnection> OfActive(
        AgentParameters parameters,
        IPAddress? address,
        IEnumerable<LinkEnds> backups,
        IReadOnlyDictionary<IPEndPoint, IPEndPoint> northbound,
        IReadOnlyDictionary<IPEndPoint, IPEndPoint> southbound
    )
    {
        List<WatchedConnection> watched = [];
        foreach (var ends in backups.Distinct())
        {
            Add(ends.Northbound, northbound, parameters.Northbound.Port);
            Add(ends.Southbound, southbound, parameters.Southbound.Port);
        }

        return watched;

        void Add(string end, IReadOnlyDictionary<IPEndPoint, IPEndPoint> established, int port)
        {
            if (!IPEndPoint.TryParse(end, out var remote))
            {
                return;
            }

            if (established.TryGetValue(remote, out var local))
            {
                watched.Add(new WatchedConnection(local, remote, true));
            }
            else if (address is not null)
            {
                watched.Add(new WatchedConnection(new IPEndPoint(address, port), remote, false));
            }
        }
    }

    /// <summary>Those by which this backup replicates; null if it does not have both.</summary>
    /// <param name="servers">What was seen of the servers.</param>
    public static IReadOnlyList<WatchedConnection>? OfBackup(ServerPair servers) =>
        servers is { Northbound.Link: { } northbound, Southbound.Link: { } southbound }
            ? [new(northbound.Local, northbound.Source, true), new(southbound.Local, southbound.Source, true)]
            : null;

    /// <summary>Whether each is as it was.</summary>
    public static bool AreStill(IReadOnlyList<WatchedConnection> connections)
    {
        if (connections.Count == 0)
        {
            return true;
        }

        using var diagnostics = new SocketDiagnostics();
        ConnectionTable? table = null;
        foreach (var connection in connections)
        {
            // A kernel that cannot look up single connections says that there is none.
            var isThere =
                diagnostics.IsEstablished(connection.Local, connection.Remote)
                || (connection.IsThere && (table ??= ConnectionTable.Read()).IsEstablished(connection.Local, connection.Remote));
            if (isThere != connection.IsThere)
            {
                return false;
            }
        }

        return true;
    }
}
