using System.Net;
using OvndbOcf.Linux;

namespace OvndbOcf.Pacemaker;

/// <summary>
/// This node's own address as the cluster has it: the one to which Corosync binds its first link (corosync.conf(5), <c>ring0_addr</c>, which may be a name). Seen with knet of Corosync 3.1 on
/// Debian 12 and 13. Looked up in the kernel: no tool is called, and no name is resolved.
/// </summary>
public static class CorosyncAddress
{
    private const string Name = "corosync";

    /// <summary>The address; null where Corosync does not run, as in a bundle or on a remote node.</summary>
    public static IPAddress? Find() =>
        ProcessTable.FindAll(Name, _ => true) is [var process, ..] ? Choose(UdpSockets.LocalEnds(process.Id)) : null;

    // Each link has the next port.
    internal static IPAddress? Choose(IEnumerable<IPEndPoint> ends) =>
        ends.Where(end =>
                end.Port > 0
                && !IPAddress.IsLoopback(end.Address)
                && !end.Address.Equals(IPAddress.Any)
                && !end.Address.Equals(IPAddress.IPv6Any)
                && !IsMulticast(end.Address)
            )
            .MinBy(end => end.Port)
            ?.Address;

    private static bool IsMulticast(IPAddress address) =>
        address.IsIPv6Multicast || (address.GetAddressBytes() is [>= 224 and < 240, _, _, _]);
}
