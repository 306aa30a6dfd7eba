using System.Net;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>Which backups the promoted instance expects to be connected, and the connections that its servers have.</summary>
/// <param name="parameters">The parameters.</param>
/// <param name="memory">Remembers them from one action to the next.</param>
internal sealed class ExpectedBackups(AgentParameters parameters, ResourceMemory memory)
{
    /// <summary>At a promotion: each other instance that was there before it is expected to follow from now on.</summary>
    public void ExpectAtPromotion(PromotionRecord record, IEnumerable<string> others) =>
        memory.Links.Write(record.Marker.Id, LinkTracker.Initial(others));

    /// <summary>
    /// Where a promotion goes on that copies may hold which are not there now: its next monitor expects every node of the cluster, and misses those that are not connected.
    /// </summary>
    public void ExpectEverybody() => memory.Links.Delete();

    /// <summary>The ends of all connections that the active servers have.</summary>
    public IReadOnlySet<string> Established() =>
        RemoteEnds(TcpConnections.To(parameters.Northbound.Port), TcpConnections.To(parameters.Southbound.Port));

    /// <summary>The far ends of those connections.</summary>
    public static IReadOnlySet<string> RemoteEnds(
        IReadOnlyDictionary<IPEndPoint, IPEndPoint> northbound,
        IReadOnlyDictionary<IPEndPoint, IPEndPoint> southbound
    ) => northbound.Keys.Concat(southbound.Keys).Select(end => end.ToString()).ToHashSet(StringComparer.Ordinal);
}
