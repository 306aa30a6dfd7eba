using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Neighbours;
using OvndbOcf.Decisions.Topology;

namespace OvndbOcf.Servers.Parameters;

/// <summary>The agent's parameters, read and typed.</summary>
public sealed record AgentParameters
{
    /// <summary>The virtual or load-balanced address of the active servers; null if it is missing or wrong.</summary>
    public required IPAddress? MasterIp { get; init; }

    /// <summary>The Northbound server.</summary>
    public required DatabaseParameters Northbound { get; init; }

    /// <summary>The Southbound server.</summary>
    public required DatabaseParameters Southbound { get; init; }

    /// <summary>
    /// Whether ovn-northd runs beside the active servers; null if the parameter is wrong: then it is not started, and stopped where the servers are.
    /// </summary>
    public required bool? ManageNorthd { get; init; }

    /// <summary>Whether servers listen on <see cref="MasterIp"/> only; otherwise only active ones listen, on all addresses.</summary>
    public required bool ListenOnMasterIpOnly { get; init; }

    /// <summary>Inactivity probe of the active servers to their clients, in milliseconds, 0 for none.</summary>
    public required int ClientProbeInterval { get; init; }

    /// <summary>Inactivity probe of a backup to the active server, in milliseconds, 0 for none.</summary>
    public required int ActiveProbeInterval { get; init; }

    /// <summary>Whether monitor uses 190 and 191 where Pacemaker understands them.</summary>
    public required bool ReportDegraded { get; init; }

    /// <summary>What to do when only copies are left that lack data.</summary>
    public required OutdatedPolicy OutdatedPolicy { get; init; }

    /// <summary>How many files of each database are kept that were set aside; 0 for none.</summary>
    public required int SetAsideCount { get; init; }

    /// <summary>How many files, connections of clients among them, each server may have open.</summary>
    public required int MaxOpenFiles { get; init; }

    /// <summary>Whether backups replicate from the active node's own address; otherwise through <see cref="MasterIp"/>.</summary>
    public required bool ReplicateFromNode { get; init; }

    /// <summary>The network in which each node's own address is the one that backups replicate from; null where that is not configured.</summary>
    public required IPNetwork? ReplicationNetwork { get; init; }

    /// <summary>Path of ovn-ctl as configured.</summary>
    public required string OvnCtl { get; init; }

    /// <summary>Where OVN's files are.</summary>
    public required OvnDirectories Directories { get; init; }

    /// <summary>Both databases, Northbound first.</summary>
    public IReadOnlyList<DatabaseParameters> Databases => [Northbound, Southbound];

    /// <summary>What the resource takes of a node.</summary>
    public Deployment Deployment => new(Directories.Run, Directories.Database, Directories.SystemConfiguration, Databases);

    /// <summary>The parameters of one database.</summary>
    public DatabaseParameters Of(OvnDatabase database) => database == OvnDatabase.Northbound ? Northbound : Southbound;

    /// <summary>Who connects where, by these parameters.</summary>
    /// <param name="node">Looks up this node's addresses.</param>
    public ClusterTopology TopologyOn(Func<NodeAddresses> node) =>
        new(MasterIp, ListenOnMasterIpOnly, ReplicateFromNode, ReplicationNetwork, node);
}
