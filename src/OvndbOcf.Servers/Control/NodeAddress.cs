using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// This node's own address in the network of <c>master_ip</c>. Backups replicate from it: the virtual address leaves before the databases are given up, and
/// what was written last would not get through.
/// </summary>
public static class NodeAddress
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<IPAddress, IPAddress?> Found = new();

    /// <summary>The address from which backups are to replicate; null where they have to use <c>master_ip</c>.</summary>
    public static IPAddress? ForReplication(AgentParameters parameters) =>
        parameters is { ReplicateFromNode: true, MasterIp: { } address } ? InNetworkOf(address) : null;

    /// <summary>
    /// The passive remote by which backups reach the active server there, such as <c>ptcp:6641:10.0.0.2</c>. Null where it needs none: in
    /// load-balancer mode clients and
    /// backups use the same listener.
    /// </summary>
    public static string? ReplicationListener(AgentParameters parameters, DatabaseParameters database) =>
        parameters.ListenOnMasterIpOnly && ForReplication(parameters) is { } address
            ? $"p{database.ProtocolName}:{database.Port}:{AgentParameters.InRemote(address)}"
            : null;

    /// <summary>The address; null if this node has none in that network. Looked for once: an action takes seconds at most.</summary>
    public static IPAddress? InNetworkOf(IPAddress masterIp) => Found.GetOrAdd(masterIp, Find);

    private static IPAddress? Find(IPAddress masterIp)
    {
        try
        {
            List<(IPAddress Address, int PrefixLength)> addresses = [];
            foreach (var adapter in NetworkInterface.GetAllNetworkInterfaces())
            {
                if (adapter.OperationalStatus == OperationalStatus.Up && adapter.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                {
                    addresses.AddRange(adapter.GetIPProperties().UnicastAddresses.Select(address => (address.Address, address.PrefixLength)));
                }
            }

            return Choose(masterIp, addresses);
        }
        catch (Exception exception) when (exception is NetworkInformationException or IOException or SocketException)
        {
            return null;
        }
    }

    /// <summary>Whether this node has the address.</summary>
    public static bool IsLocal(IPAddress address)
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .Any(adapter => adapter.GetIPProperties().UnicastAddresses.Any(local => local.Address.Equals(address)));
        }
        catch (Exception exception) when (exception is NetworkInformationException or IOException)
        {
            return false;
        }
    }

    /// <summary>
    /// The address in the same network that the interface has had for longest: others, such as further virtual ones, were added to it. The kernel
    /// lists those of IPv4 in that order and
    /// those of IPv6 the other way round. One that covers a single host is never an interface's own.
    /// </summary>
    internal static IPAddress? Choose(IPAddress masterIp, IEnumerable<(IPAddress Address, int PrefixLength)> addresses)
    {
        IPAddress? last = null;
        foreach (var (address, prefixLength) in addresses)
        {
            var isWhole = prefixLength == address.GetAddressBytes().Length * 8;
            if (!isWhole && prefixLength > 0 && !address.Equals(masterIp) && address.AddressFamily == masterIp.AddressFamily && !address.IsIPv6LinkLocal
                && ShareNetwork(address, masterIp, prefixLength))
            {
                if (address.AddressFamily == AddressFamily.InterNetwork)
                {
                    return address;
                }

                last = address;
            }
        }

        return last;
    }

    private static bool ShareNetwork(IPAddress address, IPAddress other, int prefixLength)
    {
        var mine = address.GetAddressBytes();
        var others = other.GetAddressBytes();
        for (var bit = 0; bit < prefixLength; bit++)
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
