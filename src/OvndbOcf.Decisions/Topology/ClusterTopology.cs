using System.Net;
using System.Net.Sockets;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ovsdb;

namespace OvndbOcf.Decisions.Topology;

/// <summary>Whom a backup follows.</summary>
/// <param name="Address">Where the active servers are.</param>
/// <param name="IsNodesOwn">Whether that is the promoted node's own address, where nobody else can answer; otherwise it is <c>master_ip</c>.</param>
public sealed record FollowedAddress(IPAddress Address, bool IsNodesOwn);

/// <summary>Why backups cannot replicate from a node's own address.</summary>
public enum NoOwnAddress
{
    /// <summary>They are not to: <c>replicate_from=master_ip</c>.</summary>
    NotWanted,

    /// <summary><c>master_ip</c> is missing or wrong.</summary>
    UnknownMasterIp,

    /// <summary>The node has none in <c>replication_network</c>.</summary>
    NotInNetwork,

    /// <summary>The node has none that is known to reach the others.</summary>
    NotFound,
}

/// <summary>
/// Who connects where: clients to the active servers, backups to them, and this node among them. Pure. The only place that knows what load-balancer mode (<c>listen_on_master_ip_only=no</c>) and
/// <c>replicate_from</c> mean.
/// </summary>
/// <param name="masterIp">The virtual or load-balanced address of the active servers; null if it is missing or wrong.</param>
/// <param name="isOnMasterIpOnly">Whether servers listen on that address alone; in load-balancer mode only active ones listen, on all addresses.</param>
/// <param name="followsNodes">Whether backups replicate from the promoted node's own address where it has one; otherwise from <paramref name="masterIp"/>.</param>
/// <param name="replicationNetwork">The network that a person chose for the nodes' own addresses; null for none.</param>
/// <param name="node">Looks up this node's addresses; used only where the answer depends on them.</param>
public sealed class ClusterTopology(
    IPAddress? masterIp,
    bool isOnMasterIpOnly,
    bool followsNodes,
    IPNetwork? replicationNetwork,
    Func<NodeAddresses> node
)
{
    // Any port will do for an address that never answers.
    private const int NobodyPort = 6641;

    /// <summary>The address that comes to the node of the active servers; null in load-balancer mode, where no node has it, and if it is unknown.</summary>
    public IPAddress? VirtualAddress => isOnMasterIpOnly ? masterIp : null;

    /// <summary>Whether backups replicate from the promoted node's own address where it has one, and not from <c>master_ip</c> anyway.</summary>
    public bool FollowsNodes => followsNodes;

    /// <summary>Whether backups connect by a listener of their own on a node that has an address for it, so that clients can be sent away before them.</summary>
    public bool SeparatesBackups => followsNodes && isOnMasterIpOnly;

    /// <summary>Whether only the active server takes connections to a backup's source: at <c>master_ip</c> a load balancer may, or a node that has been demoted.</summary>
    public bool IsOfActiveAlone(IPAddress source) => !source.Equals(masterIp);

    /// <summary>This node's own address, from which backups replicate while it is promoted; null where they use <c>master_ip</c>: <see cref="WhyNoOwnAddress"/>.</summary>
    public IPAddress? OwnAddress =>
        followsNodes && masterIp is not null ? Topology.OwnAddress.Choose(masterIp, replicationNetwork, node()) : null;

    /// <summary>Why there is no <see cref="OwnAddress"/>; null if there is one.</summary>
    public NoOwnAddress? WhyNoOwnAddress =>
        !followsNodes ? NoOwnAddress.NotWanted
        : masterIp is null ? NoOwnAddress.UnknownMasterIp
        : OwnAddress is not null ? null
        : replicationNetwork is null ? NoOwnAddress.NotFound
        : NoOwnAddress.NotInNetwork;

    /// <summary>Where a backup that follows nobody is pointed at, such as <c>tcp:192.0.2.254:6641</c>; with an address, where it reaches the active server there.</summary>
    public static Remote SourceOf(DatabaseParameters database, IPAddress? address) =>
        address is null
            ? Remote.Server(isTls: false, IPAddress.Parse(NoSource.NeverAnswers), NobodyPort)
            : Remote.Server(database.IsTls, address, database.Port);

    /// <summary>Whom backups follow: the promoted node if its address is on record, or whoever is behind <c>master_ip</c>; null if neither is usable.</summary>
    /// <param name="record">The latest promotion; null if there is none by which anybody could be followed.</param>
    public FollowedAddress? Follow(PromotionRecord? record) =>
        record is { Address: { } address } && followsNodes ? new FollowedAddress(address, IsNodesOwn: true)
        : masterIp is not null ? new FollowedAddress(masterIp, IsNodesOwn: false)
        : null;

    /// <summary>Where clients reach the active server, such as <c>tcp:10.0.0.9:6641</c>; null if the address is unknown.</summary>
    public Remote? RemoteOfClients(DatabaseParameters database) =>
        masterIp is null ? null : Remote.Server(database.IsTls, masterIp, database.Port);

    /// <summary>Where an active server listens for clients, such as <c>ptcp:6641:10.0.0.9</c>, or <c>ptcp:6641:0.0.0.0</c> in load-balancer mode; null if the address is unknown.</summary>
    public Remote? ListenerForClients(DatabaseParameters database) =>
        AddressForClients is { } address ? Remote.Listener(database.IsTls, address, database.Port) : null;

    /// <summary>
    /// Where an active server listens for backups, such as <c>ptcp:6641:10.0.0.2</c>. Null where backups connect as clients do: to <c>master_ip</c>, or in load-balancer mode to the listener on all
    /// addresses.
    /// </summary>
    public Remote? ListenerForBackups(DatabaseParameters database) =>
        isOnMasterIpOnly && OwnAddress is { } address ? Remote.Listener(database.IsTls, address, database.Port) : null;

    /// <summary>
    /// The remotes of an active server for its clients: the connections in the database, and for TCP the port itself, so that clients get in before there are any.
    /// TLS remotes come from the database alone.
    /// </summary>
    public IReadOnlyList<string> RemotesOfActive(DatabaseParameters database)
    {
        var connections = ClientRemotes.ByData(database);
        return !database.IsTls && ListenerForClients(database) is { } listener ? [listener.ToString(), connections] : [connections];
    }

    /// <summary>The remotes of a backup, which is started with them: its clients' port on an address that is yet to come. In load-balancer mode nobody may find it listening at all.</summary>
    public IReadOnlyList<string> RemotesOfBackup(DatabaseParameters database) =>
        isOnMasterIpOnly && !database.IsTls && ListenerForClients(database) is { } listener ? [listener.ToString()] : [];

    /// <summary>Where an active server has to listen, by whatever remote: for its clients, and for backups.</summary>
    public IReadOnlyList<IPEndPoint> EndsOfActive(DatabaseParameters database) =>
        [
            .. new[] { ListenerForClients(database), ListenerForBackups(database) }
                .OfType<Remote>()
                .Select(listener => new IPEndPoint(listener.Address!, listener.Port)),
        ];

    private IPAddress? AddressForClients =>
        masterIp is null || isOnMasterIpOnly ? masterIp
        : masterIp.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any
        : IPAddress.Any;
}
