using System.Net;

namespace OvndbOcf.Ctl.Checks.Facts;

/// <summary>A node in corosync.conf(5).</summary>
/// <param name="Name">Its name; null where the file has none.</param>
/// <param name="Address">Its address on the first link; null where that is a name.</param>
internal sealed record CorosyncNode(string? Name, IPAddress? Address);

/// <summary>What corosync.conf(5) says of membership and quorum.</summary>
/// <param name="Nodes">The nodes.</param>
/// <param name="IsTwoNode">Whether <c>two_node</c> is on.</param>
/// <param name="WaitsForAll">Whether <c>wait_for_all</c> is on, by itself or because of <c>two_node</c>.</param>
/// <param name="HasDevice">Whether a quorum device has a vote.</param>
internal sealed record CorosyncFacts(IReadOnlyList<CorosyncNode> Nodes, bool IsTwoNode, bool WaitsForAll, bool HasDevice);
