using System.Net;
using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Decisions.Topology;

/// <summary>The address of the active servers, as backups know it. Pure.</summary>
public static class ActiveAddress
{
    /// <summary>That of the promoted node if it is on record, or <c>master_ip</c>; null if neither is usable.</summary>
    /// <param name="record">The latest promotion; null if there is none by which anybody could be followed.</param>
    /// <param name="isNodesOwn">Whether backups replicate from the promoted node's own address, where there is one (<c>replicate_from</c>).</param>
    /// <param name="masterIp">The virtual address; null if it is missing or wrong.</param>
    public static IPAddress? For(PromotionRecord? record, bool isNodesOwn, IPAddress? masterIp) =>
        record is { Address: { } address } && isNodesOwn ? address : masterIp;
}
