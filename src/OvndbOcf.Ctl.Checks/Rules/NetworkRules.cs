using System.Net;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>Listeners, and ways between nodes.</summary>
internal static class NetworkRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("connection-all-addresses", Severity.Error, Wider),
        new("role-without-tls", Severity.Error, RoleWithoutTls),
        new("port-held", Severity.Error, Held),
        new("not-listening", Severity.Error, Silent),
        new("peer-unreachable", Severity.Error, Peers),
        new("address-unreachable", Severity.Error, AddressUnreachable),
    ];

    private static Verdict Wider(CheckedCluster cluster) =>
        Verdict.All(
            cluster.Node.Databases.Select(database =>
                cluster.Topology.ListenerForClients(database.Parameters)?.ToString() is not { } target
                    ? Verdict.Fine
                    : database.Connections.Judge(rows =>
                        ConnectionPlan.FindWider(rows, target) is { } wider
                            ? Verdict.Of(
                                $"{database.Parameters.Label}: the Connection row {wider.Target} takes all addresses, where the agent listens on single ones: the server cannot do both, and logs bind errors",
                                AtActive(
                                    cluster,
                                    database.Parameters,
                                    "remove",
                                    database.Parameters.GlobalTable,
                                    ".",
                                    "connections",
                                    $"{wider.Id}"
                                )
                            )
                            : Verdict.Fine
                    )
            )
        );

    // OVN's role-based access control goes by the name in a client's certificate, and refuses whoever has none (ovsdb-server(7), "RBAC").
    private static Verdict RoleWithoutTls(CheckedCluster cluster) =>
        Verdict.All(
            cluster.Node.Databases.Select(database =>
                database.Connections.Judge(rows =>
                    Verdict.Of(
                        rows.Where(row =>
                                row is { HasRole: true, IsForReplication: false }
                                && Remote.TryParse(row.Target) is { IsPassive: true, IsTls: false }
                            )
                            .Select(row => new Problem(
                                $"{database.Parameters.Label}: the Connection row {row.Target} has a role and no TLS: by it, ovn-controller can change nothing; take the role away on the promoted node, and with Open vSwitch before 3.3 move the databases once",
                                TakeRole(database, row.Id)
                            ))
                    )
                )
            )
        );

    // By the server's own socket: through the row itself nobody may change anything.
    private static string? TakeRole(DatabaseFacts database, Guid row) =>
        Shell.Command(
            $"ovn-{database.Parameters.Prefix}ctl",
            "--no-leader-only",
            $"--db=unix:{database.Socket}",
            "set",
            "Connection",
            $"{row}",
            "role=\"\""
        );

    // Wherever the active server is: a backup takes no writes. A row that nothing refers to is gone.
    private static string? AtActive(CheckedCluster cluster, DatabaseParameters database, params string[] command) =>
        cluster.Topology.RemoteOfClients(database) is not { } remote
            ? null
            : Shell.Command([
                $"ovn-{database.Prefix}ctl",
                "--no-leader-only",
                $"--db={remote}",
                .. database.Protocol == DatabaseProtocol.Ssl
                    ? new[]
                    {
                        $"--private-key={database.Tls.PrivateKey}",
                        $"--certificate={database.Tls.Certificate}",
                        $"--ca-cert={database.Tls.CaCertificate}",
                    }
                    : [],
                .. command,
            ]);

    private static Verdict Held(CheckedCluster cluster) =>
        Verdict.All(
            cluster.Node.Databases.Select(database =>
                database.PortHolder.Judge(holder =>
                    holder is null
                        ? Verdict.Fine
                        : Verdict.Of(
                            $"{database.Parameters.Label} port {database.Parameters.Port} is held by {holder}, so nothing is promoted here; stop that process, or change {database.Parameters.Prefix}_master_port",
                            Shell.Command("ss", "-ltnp", $"sport = :{database.Parameters.Port}")
                        )
                )
            )
        );

    // Only active servers have to listen.
    private static Verdict Silent(CheckedCluster cluster) =>
        cluster.State.Judge(state =>
            cluster.Node.Name.Judge(me =>
                !state.PromotedNodesOf(cluster.Primitive.Id).Contains(me)
                    ? Verdict.Fine
                    : cluster.Node.Addresses.Judge(addresses =>
                        Verdict.All(
                            cluster.Node.Databases.Select(database =>
                                database.Listeners.Judge(listeners => Silent(cluster, database, listeners, addresses))
                            )
                        )
                    )
            )
        );

    private static Verdict Silent(
        CheckedCluster cluster,
        DatabaseFacts database,
        IReadOnlyList<Linux.PortListener> listeners,
        NodeAddresses addresses
    )
    {
        var ends = cluster.Topology.EndsOfActive(database.Parameters);
        return PortConflict.FindSilent(ends, listeners, address => IsAny(address) || addresses.Has(address)) is { } silent
            ? Verdict.Of(
                $"{database.Parameters.Label}: nobody listens on {silent}, though this node is promoted: clients or backups cannot connect; see the log of the server",
                Shell.Command("ovs-appctl", "-t", database.ControlSocket, "ovsdb-server/list-remotes")
            )
            : Verdict.Fine;
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    // A backup does not listen on its own address: a machine that says that nobody listens is reached.
    private static Verdict Peers(CheckedCluster cluster) =>
        cluster.Node.Peers.Judge(peers =>
            cluster.State.Judge(state =>
            {
                var online = state.Nodes.Where(node => node.IsOnline).Select(node => node.Name).ToHashSet();
                var promoted = state.PromotedNodesOf(cluster.Primitive.Id);
                return Verdict.Of(
                    peers
                        .Where(peer =>
                            peer.Node is { } name
                            && online.Contains(name)
                            && (
                                peer.Reach is Reach.TimedOut or Reach.Unreachable
                                || (peer.Reach == Reach.Refused && promoted.Contains(name) && cluster.Topology.FollowsNodes)
                            )
                        )
                        .Select(peer => new Problem(
                            $"{peer.End} of {peer.Node} cannot be reached from this node ({Words(peer.Reach)}): backups cannot replicate; open the port between the nodes"
                        ))
                );
            })
        );

    private static Verdict AddressUnreachable(CheckedCluster cluster) =>
        cluster.Node.ClientPorts.Judge(ports =>
            cluster.State.Judge(state =>
                state.PromotedNodesOf(cluster.Primitive.Id).Count == 0
                    ? Verdict.Fine
                    : Verdict.Of(
                        ports
                            .Where(port => port.Reach != Reach.Connected)
                            .Select(port => new Problem(
                                $"{port.End} (master_ip) cannot be connected to from this node ({Words(port.Reach)}), though a node is promoted: clients reach nobody"
                            ))
                    )
            )
        );

    private static string Words(Reach reach) =>
        reach switch
        {
            Reach.Connected => "connected",
            Reach.Refused => "nobody listens",
            Reach.TimedOut => "no answer",
            Reach.Unreachable => "no way there",
            _ => throw new ArgumentOutOfRangeException(nameof(reach)),
        };
}
