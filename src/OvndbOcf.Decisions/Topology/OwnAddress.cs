using System.Net;
using System.Net.Sockets;
using OvndbOcf.Linux;

namespace OvndbOcf.Decisions.Topology;

/// <summary>What is known of the addresses of this node.</summary>
/// <param name="Addresses">All of them, in the kernel's order.</param>
/// <param name="Cluster">The one by which the cluster's nodes reach this one; null if unknown.</param>
/// <param name="Floating">Those that the cluster moves between nodes.</param>
public sealed record NodeAddresses(IReadOnlyList<InterfaceAddress> Addresses, IPAddress? Cluster, IReadOnlySet<IPAddress> Floating)
{
    /// <summary>Whether this node has the address.</summary>
    public bool Has(IPAddress address) => Addresses.Any(own => own.Address.Equals(address));
}

/// <summary>
/// Chooses the address of its own from which a node's backups replicate. Pure. It has to be one that stays when <c>master_ip</c> leaves, and that the other nodes reach: in the network of
/// <c>master_ip</c> if there is one, otherwise that by which they reach it as a cluster. Virtual addresses never count: those that were added beside another one of their network, those
/// that cover a single host, and those that the cluster moves.
/// </summary>
public static class OwnAddress
{
    /// <summary>The address; null if there is none that is known to be right.</summary>
    /// <param name="masterIp">The virtual address of the active servers.</param>
    /// <param name="network">The network that a person chose; null for none. An address that covers a single host counts in it.</param>
    /// <param name="node">The addresses.</param>
    public static IPAddress? Choose(IPAddress masterIp, IPNetwork? network, NodeAddresses node)
    {
        var own = node
            .Addresses.Where(address =>
                !address.IsSecondary
                && !address.Address.Equals(masterIp)
                && !address.Address.IsIPv6LinkLocal
                && !IPAddress.IsLoopback(address.Address)
                && !node.Floating.Contains(address.Address)
            )
            .ToList();
        if (network is { } chosen)
        {
            return Best(own.Where(address => chosen.Contains(address.Address)), node.Cluster);
        }

        return Best(own.Where(address => !IsSingleHost(address) && ShareNetwork(address, masterIp)), node.Cluster)
            ?? own.FirstOrDefault(address => address.Address.Equals(node.Cluster))?.Address;
    }

    // The cluster's own view is certain. Otherwise the interface whose network is the smallest one, as the kernel chooses routes, and on it the address that it has had for longest: others
    // were added to it. The kernel lists those of IPv4 in that order and those of IPv6 the other way round.
    private static IPAddress? Best(IEnumerable<InterfaceAddress> candidates, IPAddress? cluster)
    {
        var list = candidates.ToList();
        return list.Find(address => address.Address.Equals(cluster))?.Address
            ?? list.GroupBy(address => address.Interface)
                .Select(group => group.First().Address.AddressFamily == AddressFamily.InterNetwork ? group.First() : group.Last())
                .OrderBy(IsSingleHost)
                .ThenByDescending(address => address.PrefixLength)
                .FirstOrDefault()
                ?.Address;
    }

    private static bool IsSingleHost(InterfaceAddress address) => address.PrefixLength == address.Address.GetAddressBytes().Length * 8;

    private static bool ShareNetwork(InterfaceAddress address, IPAddress other)
    {
        if (address.PrefixLength == 0 || address.Address.AddressFamily != other.AddressFamily)
        {
            return false;
        }

        var mine = address.Address.GetAddressBytes();
        var others = other.GetAddressBytes();
        for (var bit = 0; bit < address.PrefixLength; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (others[bit / 8] & mask))
            {
                return false;
            }
        }

        return true;
    }
}
