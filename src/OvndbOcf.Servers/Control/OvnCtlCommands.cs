using System.Net;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>The argument lists for ovn-ctl (ovn-ctl(8)). Each server has its own commands, so that both can be handled side by side.</summary>
internal static class OvnCtlCommands
{
    // OpenSSL's own default for TLS 1.3 (SSL_CTX_set_ciphersuites(3)), which a server has that is told nothing.
    private const string UsualCipherSuites = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";

    /// <summary>Starts a server as a backup of nobody: what is in its copy has to be looked at before it may follow anybody.</summary>
    /// <param name="topology">Tells where it listens.</param>
    /// <param name="database">Whose server.</param>
    /// <param name="schema">The schema that its file has; null for that of this node's OVN.</param>
    public static IReadOnlyList<string> StartBackup(ClusterTopology topology, DatabaseParameters database, FormerSchema? schema = null)
    {
        var db = database.Prefix;

        // By the connections in its data a server listens while it is active: those replicate to backups, where an operator's row would let clients read a copy, and the row for
        // backups (BackupListenerRow) would have others follow it.
        List<string> arguments =
        [
            $"start_{db}_ovsdb",
            .. SyncFrom(database, null),
            $"--db-{db}-port={database.Port}",
            $"--db-{db}-use-remote-in-db=no",
        ];
        if (topology.VirtualAddress is { } address)
        {
            arguments.Add($"--db-{db}-addr={Remote.Bracketed(address)}");
            if (database.Protocol == DatabaseProtocol.Tcp)
            {
                arguments.Add($"--db-{db}-create-insecure-remote=yes");
            }
        }
        else
        {
            // In load-balancer mode nobody may find a backup listening at all.
            arguments.Add($"--db-{db}-create-insecure-remote=no");
        }

        if (database.Protocol == DatabaseProtocol.Ssl)
        {
            arguments.Add($"--ovn-{db}-db-ssl-key={database.Tls.PrivateKey}");
            arguments.Add($"--ovn-{db}-db-ssl-cert={database.Tls.Certificate}");
            arguments.Add($"--ovn-{db}-db-ssl-ca-cert={database.Tls.CaCertificate}");
        }

        if (schema is not null)
        {
            arguments.Add($"--db-{db}-schema={schema.File}");
        }

        if (schema is { LacksCipherSuites: true })
        {
            arguments.Add($"--ovn-{db}-db-ssl-ciphersuites={UsualCipherSuites}");
        }

        return arguments;
    }

    /// <summary>Makes a running server a backup of the active one at an address, or points a backup at it; without an address, of nobody.</summary>
    public static IReadOnlyList<string> Demote(AgentParameters parameters, DatabaseParameters database, IPAddress? source) =>
        [
            $"demote_ovn{database.Prefix}",
            .. SyncFrom(database, source),
            $"--db-{database.Prefix}-probe-interval-to-active={parameters.ActiveProbeInterval}",
        ];

    /// <summary>Makes a backup active.</summary>
    public static IReadOnlyList<string> Promote(DatabaseParameters database) => [$"promote_ovn{database.Prefix}"];

    /// <summary>Starts ovn-northd alone.</summary>
    public static IReadOnlyList<string> StartNorthd { get; } = ["--ovn-manage-ovsdb=no", "start_northd"];

    private static string[] SyncFrom(DatabaseParameters database, IPAddress? address)
    {
        var db = database.Prefix;
        var source = ClusterTopology.SourceOf(database, address);
        return
        [
            $"--db-{db}-sync-from-addr={Remote.Bracketed(source.Address!)}",
            $"--db-{db}-sync-from-port={source.Port}",
            $"--db-{db}-sync-from-proto={(source.IsTls ? "ssl" : "tcp")}",
        ];
    }
}
