using System.Globalization;
using OvndbOcf.Simulation;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Bench.Clusters;

/// <summary>Has a server write its database file anew without what is history (<c>ovsdb-server/compact</c>, ovsdb-server(1)).</summary>
internal static class Compaction
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Compacts a database of a node; its server answers nobody meanwhile.</summary>
    public static Task RunAsync(ClusterNode node, OvnDatabase database, CancellationToken cancellationToken) =>
        node.ExecCheckedAsync(
            ["ovs-appctl", "-t", database.Control, "ovsdb-server/compact", database.Name],
            Limit,
            cancellationToken: cancellationToken
        );

    /// <summary>The size of a node's database file in bytes.</summary>
    public static async Task<long> SizeAsync(ClusterNode node, OvnDatabase database, CancellationToken cancellationToken) =>
        long.Parse(
            (await node.ExecCheckedAsync(["stat", "-c", "%s", database.File], cancellationToken: cancellationToken)).Stdout,
            CultureInfo.InvariantCulture
        );
}
