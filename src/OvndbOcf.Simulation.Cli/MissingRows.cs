using System.Diagnostics;
using OvndbOcf.Simulation.Writing;

namespace OvndbOcf.Simulation.Cli;

/// <summary>Acknowledged rows that are not there.</summary>
/// <param name="Place">Where they were looked for.</param>
/// <param name="Count">How many are missing.</param>
internal sealed record MissingRows(string Place, int Count)
{
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(20);

    /// <summary>Looks through the virtual address, then in each node's copy, which may take a moment to follow.</summary>
    public static async Task<IReadOnlyList<MissingRows>> FindAsync(Cluster cluster, WriterReport report, CancellationToken cancellationToken)
    {
        var wanted = report.Acknowledged.Select(write => write.Name).ToList();
        var served = RowReader.ReadNames(OvnDatabase.Northbound, cluster.VirtualIp);
        var places = new List<MissingRows> { new("virtual address", wanted.Count(name => !served.Contains(name))) };
        foreach (var node in cluster.Nodes)
        {
            places.Add(new MissingRows(node.Name, await CountAsync(node, wanted, cancellationToken)));
        }

        return places;
    }

    private static async Task<int> CountAsync(ClusterNode node, List<string> wanted, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var names = await RowReader.ReadLocalNamesAsync(OvnDatabase.Northbound, node, cancellationToken);
            var missing = wanted.Count(name => !names.Contains(name));
            if (missing == 0 || clock.Elapsed > CatchUpLimit)
            {
                return missing;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
    }
}
