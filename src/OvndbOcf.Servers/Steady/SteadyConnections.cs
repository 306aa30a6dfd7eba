using System.Globalization;
using System.Net;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Freshness;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Steady;

/// <summary>Which connections a steady state depends on, and whether they are as they were.</summary>
public static class SteadyConnections
{
    /// <summary>Those by which backups replicate, as the active servers see them.</summary>
    public static IReadOnlyList<WatchedConnection> OfActive(AgentParameters parameters, IEnumerable<LinkEnds?> backups)
    {
        var table = ConnectionTable.Read();
        List<WatchedConnection> watched = [];
        foreach (var ends in backups.OfType<LinkEnds>().Distinct())
        {
            foreach (var (port, end) in ((int, string)[])[(parameters.Northbound.Port, ends.Northbound), (parameters.Southbound.Port, ends.Southbound)])
            {
                if (IPEndPoint.TryParse(end, out var remote))
                {
                    watched.Add(new WatchedConnection(port.ToString(CultureInfo.InvariantCulture), end, table.Has(port, remote)));
                }
            }
        }

        return watched;
    }

    /// <summary>Those by which this backup replicates; null if it does not have both.</summary>
    /// <param name="servers">What was seen of the servers.</param>
    /// <param name="ends">This backup's ends.</param>
    public static IReadOnlyList<WatchedConnection>? OfBackup(ServerPair servers, LinkEnds? ends) =>
        ends is not null && Remote(servers.Northbound) is { } northbound && Remote(servers.Southbound) is { } southbound
            ? [new(ends.Northbound, northbound, true), new(ends.Southbound, southbound, true)]
            : null;

    /// <summary>Whether each is as it was.</summary>
    public static bool AreStill(IReadOnlyList<WatchedConnection> connections)
    {
        if (connections.Count == 0)
        {
            return true;
        }

        var table = ConnectionTable.Read();
        return connections.All(connection => connection.IsThere == IsThere(connection, table));
    }

    private static bool IsThere(WatchedConnection connection, ConnectionTable table) =>
        IPEndPoint.TryParse(connection.Remote, out var remote)
        && (int.TryParse(connection.Local, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? table.Has(port, remote)
            : IPEndPoint.TryParse(connection.Local, out var local) && table.Has(local, remote));

    private static string? Remote(ServerObservation server) =>
        server.State == ServerState.Replicating && ReplicationLink.EndpointOf(server.Source) is { Address: { } address } endpoint
            ? new IPEndPoint(address, endpoint.Port).ToString() : null;
}
