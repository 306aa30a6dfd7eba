using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Clusters;

/// <summary>Has a server write its database file anew without what is history (<c>ovsdb-server/compact</c>, ovsdb-server(1)).</summary>
internal static class Compaction
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Compacts the Northbound database of a node; it answers nobody meanwhile.</summary>
    public static Task RunAsync(ClusterNode node, CancellationToken cancellationToken) => node.ExecCheckedAsync(
        ["ovs-appctl", "-t", "/var/run/ovn/ovnnb_db.ctl", "ovsdb-server/compact", OvnDatabase.Northbound.Name], Limit, cancellationToken: cancellationToken);

    /// <summary>The size of a node's Northbound database file in bytes.</summary>
    public static async Task<long> SizeAsync(ClusterNode node, CancellationToken cancellationToken) =>
        long.Parse((await node.ExecCheckedAsync(["stat", "-c", "%s", "/var/lib/ovn/ovnnb_db.db"], cancellationToken: cancellationToken)).Stdout, System.Globalization.CultureInfo.InvariantCulture);
}
