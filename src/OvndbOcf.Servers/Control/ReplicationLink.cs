using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Looks whether a backup that says it replicates has a connection to its source. It goes on saying so after the source has died, until another one answers
/// (seen with OVS 3.1 and 3.5), so its word alone proves nothing.
/// </summary>
public static class ReplicationLink
{
    /// <summary>What was seen, corrected where there is no connection. Where that cannot be found out, the server's word stands.</summary>
    public static ServerObservation Verify(ServerObservation seen, AgentParameters parameters, DatabaseParameters database)
    {
        if (seen.State != ServerState.Replicating || seen.Source is not { } source || !TryRead(source, out var endpoint)
            || DaemonFinder.FindServer(ServerPaths.Of(parameters.Directories, database)).Server is not { } process)
        {
            return seen;
        }

        return TcpConnections.IsConnected(process.Id, endpoint.Address!, endpoint.Port) == false
            ? seen with { State = ServerState.Disconnected }
            : seen;
    }

    /// <summary>This backup's end of its connection to the active server, such as <c>10.0.0.3:40112</c>; null if it does not replicate by one.</summary>
    public static string? LocalEnd(ServerObservation seen, AgentParameters parameters, DatabaseParameters database) =>
        seen.State == ServerState.Replicating && seen.Source is { } source && TryRead(source, out var endpoint)
        && DaemonFinder.FindServer(ServerPaths.Of(parameters.Directories, database)).Server is { } process
            ? TcpConnections.LocalEnd(process.Id, endpoint.Address!, endpoint.Port)?.ToString()
            : null;

    private static bool TryRead(string source, out OvsdbEndpoint endpoint)
    {
        var plain = source.StartsWith("ssl:", StringComparison.Ordinal) ? string.Concat("tcp:", source.AsSpan(4)) : source;
        var isRead = OvsdbEndpoint.TryParse(plain, out var parsed) && parsed.Address is not null;
        endpoint = parsed!;
        return isRead;
    }
}
