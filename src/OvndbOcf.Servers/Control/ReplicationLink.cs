using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Parameters;

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
        if (
            seen.State != ServerState.Replicating
            || EndpointOf(seen.Source) is not { } endpoint
            || DaemonFinder.FindServer(ServerPaths.Of(parameters.Directories, database)).Server is not { } process
        )
        {
            return seen;
        }

        return TcpConnections.IsConnected(process.Id, endpoint.Address!, endpoint.Port) == false
            ? seen with
            {
                State = ServerState.Disconnected,
            }
            : seen;
    }

    /// <summary>This backup's end of its connection to the active server, such as <c>10.0.0.3:40112</c>; null if it does not replicate by one.</summary>
    public static string? LocalEnd(ServerObservation seen, AgentParameters parameters, DatabaseParameters database) =>
        seen.State == ServerState.Replicating
        && EndpointOf(seen.Source) is { } endpoint
        && DaemonFinder.FindServer(ServerPaths.Of(parameters.Directories, database)).Server is { } process
            ? TcpConnections.LocalEnd(process.Id, endpoint.Address!, endpoint.Port)?.ToString()
            : null;

    /// <summary>The address and port of a source, such as <c>ssl:10.0.0.9:6641</c>; null if it is none.</summary>
    public static OvsdbEndpoint? EndpointOf(string? source)
    {
        var plain =
            source is not null && source.StartsWith("ssl:", StringComparison.Ordinal) ? string.Concat("tcp:", source.AsSpan(4)) : source;
        return OvsdbEndpoint.TryParse(plain ?? string.Empty, out var endpoint) && endpoint.Address is not null ? endpoint : null;
    }
}
