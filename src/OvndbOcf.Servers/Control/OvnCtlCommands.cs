using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>The argument lists for ovn-ctl (ovn-ctl(8)). Each server has its own commands, so that both can be handled side by side.</summary>
public static class OvnCtlCommands
{
    // Any port will do for an address that never answers.
    private const string NobodyPort = "6641";

    /// <summary>Starts a server as a backup of <paramref name="source"/>.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="database">Whose server.</param>
    /// <param name="source">The address to replicate from.</param>
    public static IReadOnlyList<string> StartBackup(AgentParameters parameters, DatabaseParameters database, Decisions.ReplicationSource source)
    {
        var db = database.Prefix;
        List<string> arguments = [$"start_{db}_ovsdb", .. SyncFrom(parameters, database, source), $"--db-{db}-port={database.Port}"];
        if (parameters.ListenOnMasterIpOnly)
        {
            arguments.Add($"--db-{db}-addr={parameters.ListenAddress}");
            if (database.Protocol == DatabaseProtocol.Tcp)
            {
                arguments.Add($"--db-{db}-create-insecure-remote=yes");
            }
        }
        else
        {
            // In load-balancer mode nobody may find a backup listening, by neither its own remote nor those in the replicated data.
            arguments.Add($"--db-{db}-create-insecure-remote=no");
            arguments.Add($"--db-{db}-use-remote-in-db=no");
        }

        if (database.Protocol == DatabaseProtocol.Ssl)
        {
            arguments.Add($"--ovn-{db}-db-ssl-key={database.Tls.PrivateKey}");
            arguments.Add($"--ovn-{db}-db-ssl-cert={database.Tls.Certificate}");
            arguments.Add($"--ovn-{db}-db-ssl-ca-cert={database.Tls.CaCertificate}");
        }

        return arguments;
    }

    /// <summary>Makes a running server a backup of <paramref name="source"/>, or points a backup at it.</summary>
    public static IReadOnlyList<string> Demote(AgentParameters parameters, DatabaseParameters database, Decisions.ReplicationSource source) =>
    [
        $"demote_ovn{database.Prefix}",
        .. SyncFrom(parameters, database, source),
        $"--db-{database.Prefix}-probe-interval-to-active={parameters.ActiveProbeInterval}",
    ];

    /// <summary>Makes a backup active.</summary>
    public static IReadOnlyList<string> Promote(DatabaseParameters database) => [$"promote_ovn{database.Prefix}"];

    /// <summary>Stops a server.</summary>
    public static IReadOnlyList<string> Stop(DatabaseParameters database) => [$"stop_{database.Prefix}_ovsdb"];

    /// <summary>Starts ovn-northd alone.</summary>
    public static IReadOnlyList<string> StartNorthd { get; } = ["--ovn-manage-ovsdb=no", "start_northd"];

    /// <summary>Stops ovn-northd alone.</summary>
    public static IReadOnlyList<string> StopNorthd { get; } = ["--ovn-manage-ovsdb=no", "stop_northd"];

    /// <summary>The remote that a backup of that source names, such as <c>tcp:10.0.0.9:6641</c>.</summary>
    public static string SourceRemote(AgentParameters parameters, DatabaseParameters database, Decisions.ReplicationSource source) =>
        source == Decisions.ReplicationSource.Active && parameters.ActiveTarget(database) is { } active
            ? active
            : $"tcp:{AgentParameters.NeverAnswers}:{NobodyPort}";

    private static string[] SyncFrom(AgentParameters parameters, DatabaseParameters database, Decisions.ReplicationSource source)
    {
        var db = database.Prefix;
        return source == Decisions.ReplicationSource.Active && parameters.MasterIp is { } address
            ?
            [
                $"--db-{db}-sync-from-addr={AgentParameters.InRemote(address)}",
                $"--db-{db}-sync-from-port={database.Port}",
                $"--db-{db}-sync-from-proto={database.ProtocolName}",
            ]
            :
            [
                $"--db-{db}-sync-from-addr={AgentParameters.NeverAnswers}",
                $"--db-{db}-sync-from-port={NobodyPort}",
                $"--db-{db}-sync-from-proto=tcp",
            ];
    }
}
