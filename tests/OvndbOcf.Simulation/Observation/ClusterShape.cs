using System.Net;
using System.Net.Sockets;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Simulation.Observation;

/// <summary>How the databases are configured in a cluster, as far as the invariants have to know.</summary>
public sealed record ClusterShape
{
    /// <summary>The nodes that are there and may have no instance.</summary>
    public IReadOnlyCollection<string> Banned { get; init; } = [];

    /// <summary>What clients connect to: the virtual address, or the load balancer's.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The resource's id.</summary>
    public string Resource { get; init; } = "ovndb";

    /// <summary>The id of the clone around it.</summary>
    public string CloneId
    {
        get => field ?? $"{Resource}-clone";
        init;
    }

    /// <summary>The id of the resource that holds <see cref="Address"/>; null where the cluster has none (load-balancer mode).</summary>
    public string? AddressResource { get; init; } = "ovn-vip";

    /// <summary>Whether the agent runs ovn-northd beside the active servers.</summary>
    public bool Northd { get; init; } = true;

    /// <summary>Where the servers have their sockets and pidfiles.</summary>
    public string RunDirectory { get; init; } = "/var/run/ovn";

    /// <summary>The table of the Northbound database whose rows are counted. ovn-northd makes flows for each logical switch, and does nothing for other tables' rows.</summary>
    public string NorthboundTable { get; init; } = OvnDatabase.Northbound.Table;

    /// <summary>The Northbound server's port.</summary>
    public int NorthboundPort { get; init; } = OvnDatabase.Northbound.Port;

    /// <summary>The Southbound server's port.</summary>
    public int SouthboundPort { get; init; } = OvnDatabase.Southbound.Port;

    /// <summary>The options that let <c>ovsdb-client</c> on a node speak TLS with the servers; empty where they speak plain TCP.</summary>
    public IReadOnlyList<string> TlsOptions { get; init; } = [];

    /// <summary>Where clients find the database, such as <c>tcp:10.0.0.9:6641</c> or <c>ssl:[2001:db8::9]:6642</c>.</summary>
    public string Remote(OvnDatabase database) => Remote(database, Address);

    /// <summary>Where backups find the database while that node is active: at its own address of the kind that clients use.</summary>
    public string Source(OvnDatabase database, ClusterNode active) =>
        Remote(database, Address.AddressFamily == AddressFamily.InterNetworkV6 ? active.AddressIpv6! : active.Address);

    private string Remote(OvnDatabase database, IPAddress address)
    {
        var protocol = TlsOptions.Count > 0 ? "ssl" : "tcp";
        var host = address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";
        return $"{protocol}:{host}:{(database == OvnDatabase.Northbound ? NorthboundPort : SouthboundPort)}";
    }
}
