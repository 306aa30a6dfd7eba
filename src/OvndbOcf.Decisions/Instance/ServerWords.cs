namespace OvndbOcf.Decisions.Instance;

/// <summary>What a server was seen to be, for operators.</summary>
public static class ServerWords
{
    /// <summary>A verb and what follows it, such as <c>is hung (process 325 is stopped by a signal)</c>; the server's name goes before it.</summary>
    public static string Describe(ServerObservation server)
    {
        var state = server.State switch
        {
            ServerState.NotRunning => "is not running",
            ServerState.Active => "is active",
            ServerState.Replicating => "is a backup",
            ServerState.Disconnected => $"is a backup without connection to {server.Source ?? "its source"}",
            ServerState.ReplicationFailed => "is a backup that cannot replicate",
            ServerState.Busy => "is busy",
            ServerState.Hung => "is hung",
            _ => "is in an unclear state",
        };
        return server.Detail.Length == 0 ? state : $"{state} ({server.Detail})";
    }
}
