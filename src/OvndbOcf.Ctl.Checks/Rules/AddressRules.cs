using System.Net;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker.Configuration;

namespace OvndbOcf.Ctl.Checks.Rules;

/// <summary>The address that clients connect to, and those that backups replicate from.</summary>
internal static class AddressRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("address-missing", Severity.Error, Missing),
        new("address-differs", Severity.Error, Differs),
        new("address-of-node", Severity.Error, IsOfNode),
        new("replication-address", Severity.Warning, NoReplicationAddress),
        new("replication-network", Severity.Hint, Outside),
    ];

    private static Verdict Missing(CheckedCluster cluster)
    {
        if (cluster.Topology.VirtualAddress is not { } address || cluster.AddressResource is not null || Companion(cluster) is not null)
        {
            return Verdict.Fine;
        }

        var name = FreeName(cluster);
        return Verdict.Of(
            $"no IPaddr2 resource has {address} (master_ip), so clients reach nobody",
            Shell.Then(
                Shell.Command([
                    "pcs",
                    "resource",
                    "create",
                    name,
                    "ocf:heartbeat:IPaddr2",
                    $"ip={address}",
                    .. NetworkOf(cluster, address) is { } own ? new[] { $"cidr_netmask={own.PrefixLength}" } : [],
                    "op",
                    "monitor",
                    "interval=10s",
                    "timeout=20s",
                ]),
                Pcs.Colocate(name, cluster.Primitive.OuterId),
                Pcs.Order(name, cluster.Primitive.OuterId)
            )
        );
    }

    private static Verdict Differs(CheckedCluster cluster) =>
        cluster.Topology.VirtualAddress is { } address && cluster.AddressResource is null && Companion(cluster) is var (companion, other)
            ? Verdict.Of(
                $"master_ip is {address}, and {companion.Id}, which is placed with {cluster.Primitive.OuterId}, has {other}: clients reach no server at either",
                Pcs.Update(cluster.Primitive.Id, $"master_ip={other}")
            )
            : Verdict.Fine;

    /// <summary>An address that is placed with the databases and is not <c>master_ip</c>.</summary>
    private static (PrimitiveResource Resource, IPAddress Address)? Companion(CheckedCluster cluster)
    {
        foreach (var pair in cluster.VirtualAddresses)
        {
            if (
                !pair.Address.Equals(cluster.Parameters.MasterIp)
                && cluster.Configuration.Colocations.Any(colocation =>
                    (cluster.Primitive.IsMeantBy(colocation.Primary.Id) && pair.Resource.IsMeantBy(colocation.Dependent.Id))
                    || (cluster.Primitive.IsMeantBy(colocation.Dependent.Id) && pair.Resource.IsMeantBy(colocation.Primary.Id))
                )
            )
            {
                return pair;
            }
        }

        return null;
    }

    private static Verdict IsOfNode(CheckedCluster cluster)
    {
        if (cluster.Topology.VirtualAddress is not { } address)
        {
            return Verdict.Fine;
        }

        if (
            cluster.Node.Corosync.IsKnown
            && cluster.Node.Corosync.Value.Nodes.FirstOrDefault(node => address.Equals(node.Address)) is { } owner
        )
        {
            return Verdict.Of(
                $"{address} (master_ip) is the address of {owner.Name ?? "a node"} itself: clients find a backup there; write an address that no node owns"
            );
        }

        return cluster.Node.Addresses.Judge(addresses =>
            address.Equals(addresses.Cluster)
            || addresses.Addresses.Any(own => own.Address.Equals(address) && !own.IsSecondary && !addresses.Floating.Contains(address))
                ? Verdict.Of(
                    $"{address} (master_ip) is this node's own address: clients find a backup there; write an address that no node owns"
                )
                : Verdict.Fine
        );
    }

    private static Verdict NoReplicationAddress(CheckedCluster cluster) =>
        !cluster.Topology.FollowsNodes
            ? Verdict.Fine
            : cluster.Node.Addresses.Judge(addresses =>
                cluster.Topology.WhyNoOwnAddress switch
                {
                    NoOwnAddress.NotInNetwork => Verdict.Of(
                        $"this node has no address in {cluster.Parameters.ReplicationNetwork} (replication_network): backups replicate through master_ip, and a planned move may lose the last rows",
                        SetNetwork(cluster, addresses)
                    ),
                    NoOwnAddress.NotFound => Verdict.Of(
                        "this node has no address of its own that reaches the others: backups replicate through master_ip, and a planned move may lose the last rows; set replication_network",
                        SetNetwork(cluster, addresses)
                    ),
                    _ => Verdict.Fine,
                }
            );

    private static Verdict Outside(CheckedCluster cluster) =>
        cluster is not { Topology: { SeparatesBackups: true, VirtualAddress: { } address }, Parameters.ReplicationNetwork: null }
            ? Verdict.Fine
            : cluster.Node.Addresses.Judge(addresses =>
                addresses.Cluster is { } own && NetworkOf(cluster, address) is null
                    ? Verdict.Of(
                        $"{address} (master_ip) is in no network of this node: backups replicate from Corosync's address, {own}; replication_network says so for good",
                        SetNetwork(cluster, addresses)
                    )
                    : Verdict.Fine
            );

    // The network by which the cluster's nodes reach each other.
    private static string? SetNetwork(CheckedCluster cluster, NodeAddresses addresses) =>
        addresses.Addresses.FirstOrDefault(own => own.Address.Equals(addresses.Cluster)) is { } mine
            ? Pcs.Update(cluster.Primitive.Id, $"replication_network={Network(mine)}")
            : null;

    private static InterfaceAddress? NetworkOf(CheckedCluster cluster, IPAddress address) =>
        cluster.Node.Addresses.IsKnown
            ? cluster.Node.Addresses.Value.Addresses.FirstOrDefault(own =>
                own.Address.AddressFamily == address.AddressFamily
                && own.PrefixLength > 0
                && own.PrefixLength < own.Address.GetAddressBytes().Length * 8
                && Network(own).Contains(address)
            )
            : null;

    private static IPNetwork Network(InterfaceAddress own)
    {
        var bytes = own.Address.GetAddressBytes();
        for (var bit = own.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), own.PrefixLength);
    }

    private static string FreeName(CheckedCluster cluster)
    {
        var name = cluster.Primitive.Id + "-vip";
        while (cluster.Configuration.Primitives.Any(other => other.IsMeantBy(name)))
        {
            name += "2";
        }

        return name;
    }
}
