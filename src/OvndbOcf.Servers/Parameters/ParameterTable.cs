using OvndbOcf.Ocf;

namespace OvndbOcf.Servers.Parameters;

/// <summary>
/// Every parameter of the agent: those of OVN's shell agent with their names and defaults, and the directories that ovn-ctl
/// takes from its environment.
/// </summary>
public static class ParameterTable
{
    /// <summary>Where OVN's own packages install ovn-ctl.</summary>
    public const string OvnCtlDefault = "/usr/share/ovn/scripts/ovn-ctl";

    /// <summary>Where Open vSwitch installed it before OVN was a project of its own; older guides name it.</summary>
    public const string OvnCtlBeforeSplit = "/usr/share/openvswitch/scripts/ovn-ctl";

    /// <summary>All of them, in the order in which tools show them.</summary>
    public static IReadOnlyList<ParameterDefinition> All { get; } =
    [
        new(
            "master_ip",
            ParameterKind.Text,
            null,
            true,
            false,
            "virtual IP address of the active servers",
            "The address that clients connect to: that of the IPaddr2 resource beside the promoted instance, or of the load balancer where "
                + "listen_on_master_ip_only is no. Backups replicate through it only where replicate_from is master_ip, or a node has no address of its own. IPv4 or IPv6."
        ),
        new(
            "manage_northd",
            ParameterKind.Boolean,
            "no",
            false,
            true,
            "run ovn-northd beside the active servers",
            "yes: ovn-northd runs on the promoted node and nowhere else. One that somebody paused is resumed. no: one that the agent started is stopped, and any other is left alone."
        ),
        new(
            "listen_on_master_ip_only",
            ParameterKind.Boolean,
            "yes",
            false,
            false,
            "listen on master_ip or on all addresses",
            "yes: the servers listen on master_ip, which IPaddr2 moves. no: load-balancer mode, where only the active servers listen, on all "
                + "addresses, so that the health check of an external load balancer finds them."
        ),
        .. Connection("nb", "Northbound", "6641"),
        .. Connection("sb", "Southbound", "6642"),
        new(
            "inactive_probe_interval",
            ParameterKind.WholeNumber,
            "5000",
            false,
            true,
            "inactivity probe to clients, ms",
            "After how many milliseconds of silence the active servers probe a client. 0 switches probing off: then dead clients stay connected. "
                + "Large clusters want more than the default."
        ),
        new(
            "inactive_probe_interval_to_master",
            ParameterKind.WholeNumber,
            "60000",
            false,
            true,
            "inactivity probe to the active server, ms",
            "After how many milliseconds of silence a backup probes the active server that it replicates from. 0 switches probing off: then a "
                + "backup does not notice an active server that vanished."
        ),
        .. Tls("nb", "Northbound", "ovnnb"),
        .. Tls("sb", "Southbound", "ovnsb"),
        new(
            "report_degraded",
            ParameterKind.Boolean,
            "no",
            false,
            true,
            "report reduced function by exit codes 190 and 191",
            "yes: a backup that cannot replicate, and active servers whose ovn-northd cannot be started, are degraded to Pacemaker, and crm_mon shows it. "
                + "no: they count as running, and the log has a warning. With yes, Pacemaker (seen with 2.1.5) may stop monitoring an instance that was degraded once, "
                + "until 'crm_resource --cleanup': where a role change is planned and then not carried out, it takes the remembered result for a monitor that still runs."
        ),
        new(
            "outdated_copies",
            ParameterKind.Text,
            "refuse",
            false,
            true,
            "what to do when only copies are left that lack data",
            "refuse: nobody is promoted until a copy comes back that has all acknowledged data, or a person allows it once (the attribute NAME-copy of the node, shown by "
                + "'crm_mon -A', says how). allow: the best of the copies that are there is promoted, and what it lacks is lost to clients.",
            ["refuse", "allow"]
        ),
        new(
            "set_aside_count",
            ParameterKind.WholeNumber,
            "5",
            false,
            true,
            "how many database files to keep that were set aside",
            "Before a copy that may hold rows of its own follows the active server, which resets it, its file is set aside in the database directory. So many are kept "
                + "of each database, the latest. 0 sets none aside: rows that only such a copy has are lost then."
        ),
        new(
            "max_open_files",
            ParameterKind.WholeNumber,
            "65536",
            false,
            true,
            "open files, and so clients, of each server",
            "How many files each server may have open (RLIMIT_NOFILE); each client's connection is one. The limit is raised to this number when a server starts, and while it runs, and never "
                + "lowered. Where the machine does not permit so many (LimitNOFILE of pacemaker.service, the limits of a container), it is raised as far as permitted, and the log says so."
        ),
        new(
            "replicate_from",
            ParameterKind.Text,
            "node",
            false,
            false,
            "address that backups replicate from: node or master_ip",
            "node: the active servers also listen on their node's own address (see replication_network), and backups replicate from there, so that everything gets through "
                + "to them before a planned move, which takes master_ip away first. master_ip: through master_ip, as OVN's shell agent does; a planned move can lose the last rows.",
            ["node", "master_ip"]
        ),
        new(
            "replication_network",
            ParameterKind.Text,
            null,
            false,
            false,
            "network of the addresses that backups replicate from",
            "A network such as 10.0.1.0/24, the same on all nodes: each node's own address in it is the one that backups replicate from. Where it is not set, that is the node's address in the "
                + "network of master_ip, and where master_ip is in no network of the nodes, the address that Corosync uses. Needed where that is wrong, and in a bundle or on a remote node "
                + "with master_ip outside its networks."
        ),
        new(
            "ovn_ctl",
            ParameterKind.Text,
            OvnCtlDefault,
            false,
            true,
            "path of ovn-ctl",
            "The script that starts OVN's daemons. Where it is absent, " + OvnCtlBeforeSplit + " is taken."
        ),
        Directory("ovn_rundir", "/var/run/ovn", "run directory", "pid files and sockets", "OVN_RUNDIR", "run-directory"),
        Directory("ovn_dbdir", null, "database directory", "database files", "OVN_DBDIR", "database-directory"),
        // Daemons of several deployments can write to the same log files.
        Directory("ovn_logdir", null, "log directory", "log files of OVN's daemons", "OVN_LOGDIR", null),
        Directory(
            "ovn_sysconfdir",
            null,
            "configuration directory",
            "a folder ovn with OVN's configuration",
            "OVN_SYSCONFDIR",
            "configuration-directory"
        ),
    ];

    /// <summary>The default of a parameter that has one.</summary>
    /// <exception cref="ArgumentException">There is no such parameter, or it has no default.</exception>
    public static string DefaultOf(string name)
    {
        foreach (var parameter in All)
        {
            if (parameter.Name == name)
            {
                return parameter.Default ?? throw new ArgumentException($"{name} has no default", nameof(name));
            }
        }

        throw new ArgumentException($"no parameter {name}", nameof(name));
    }

    private static ParameterDefinition[] Connection(string prefix, string database, string port) =>
        [
            new(
                $"{prefix}_master_port",
                ParameterKind.WholeNumber,
                port,
                false,
                false,
                $"{database} port",
                $"The TCP port on which the active {database} server listens.",
                // Whatever their addresses: all active servers of a node listen on its own address, too, for backups.
                UniqueGroup: $"{prefix}-port"
            ),
            new(
                $"{prefix}_master_protocol",
                ParameterKind.Text,
                "tcp",
                false,
                false,
                $"{database} protocol",
                $"How clients and backups connect to the active {database} server: tcp, or ssl for TLS.",
                ["tcp", "ssl"]
            ),
        ];

    private static ParameterDefinition[] Tls(string prefix, string database, string file) =>
        [
            new(
                $"ovn_{prefix}_db_privkey",
                ParameterKind.Text,
                $"/etc/openvswitch/{file}-privkey.pem",
                false,
                false,
                $"{database} TLS private key",
                $"Absolute path of the {database} server's private key (PEM), on every node. Used where the protocol is ssl."
            ),
            new(
                $"ovn_{prefix}_db_cert",
                ParameterKind.Text,
                $"/etc/openvswitch/{file}-cert.pem",
                false,
                false,
                $"{database} TLS certificate",
                $"Absolute path of the {database} server's certificate (PEM), on every node. Used where the protocol is ssl."
            ),
            new(
                $"ovn_{prefix}_db_cacert",
                ParameterKind.Text,
                "/etc/openvswitch/cacert.pem",
                false,
                false,
                $"{database} TLS CA certificate",
                $"Absolute path of the CA certificate (PEM) that the {database} server checks its peers against, on every node. Used where the protocol is ssl."
            ),
        ];

    private static ParameterDefinition Directory(
        string name,
        string? defaultPath,
        string shortText,
        string contents,
        string variable,
        string? uniqueGroup
    ) =>
        new(
            name,
            ParameterKind.Text,
            defaultPath,
            false,
            false,
            shortText,
            $"Absolute path of the directory for {contents}. Where it is not set, the variable {variable} of Pacemaker's environment counts, then the default of ovn-ctl.",
            UniqueGroup: uniqueGroup
        );
}
