using System.Diagnostics;

namespace OvndbOcf.Simulation.Writing;

/// <summary>Acknowledged rows that are not there.</summary>
/// <param name="Place">Where they were looked for: <c>virtual address</c>, or the name of a node.</param>
/// <param name="Count">How many are missing.</param>
public sealed record MissingRows(string Place, int Count)
{
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(20);

    /// <summary>Looks through the virtual address, then in each node's copy, which may take a moment to follow.</summary>
    /// <param name="cluster">The cluster that was written to.</param>
    /// <param name="database">The database, with the table that was written to.</param>
    /// <param name="report">What the writer did.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Ovsdb.Client.OvsdbCallException">The virtual address gives no usable answer.</exception>
    /// <exception cref="ExecException">No server answers on a node.</exception>
    public static async Task<IReadOnlyList<MissingRows>> FindAsync(
        Cluster cluster,
        OvnDatabase database,
        WriterReport report,
        CancellationToken cancellationToken = default
    )
    {
        var wanted = report.Acknowledged.Select(write => write.Name).ToList();
        var served = RowReader.ReadNames(database, cluster.VirtualIp);
        var places = new List<MissingRows> { new("virtual address", wanted.Count(name => !served.Contains(name))) };
        foreach (var node in cluster.Nodes)
        {
            places.Add(new MissingRows(node.Name, await CountAsync(node, database, wanted, cancellationToken).ConfigureAwait(false)));
        }

        return places;
    }

    private static async Task<int> CountAsync(
        ClusterNode node,
        OvnDatabase database,
        List<string> wanted,
        CancellationToken cancellationToken
    )
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var names = await RowReader.ReadLocalNamesAsync(database, node, cancellationToken).ConfigureAwait(false);
            var missing = wanted.Count(name => !names.Contains(name));
            if (missing == 0 || clock.Elapsed > CatchUpLimit)
            {
                return missing;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken).ConfigureAwait(false);
        }
    }
}
