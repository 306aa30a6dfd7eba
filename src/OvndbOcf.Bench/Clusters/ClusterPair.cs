using OvndbOcf.Bench.Results;

namespace OvndbOcf.Bench.Clusters;

/// <summary>The two clusters that are compared; they exist at the same time, so that the machine's load hits both alike.</summary>
/// <param name="Ours">With our agent.</param>
/// <param name="Shell">With the shell agent; null where that cannot run.</param>
internal sealed record ClusterPair(BenchCluster Ours, BenchCluster? Shell) : IAsyncDisposable
{
    private const int Nodes = 3;

    /// <summary>Both, ours first.</summary>
    public IEnumerable<BenchCluster> All => Shell is null ? [Ours] : [Ours, Shell];

    /// <summary>Starts them, one after the other.</summary>
    public static async Task<ClusterPair> StartAsync(BenchOptions options, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var ours = await BenchCluster.StartAsync(options.Release, Nodes, new BenchClusterShape(Variant.Ours, Northd: true), progress, cancellationToken);
        try
        {
            return new ClusterPair(ours, options.HasShell
                ? await BenchCluster.StartAsync(options.Release, Nodes, new BenchClusterShape(Variant.Shell, Northd: true), progress, cancellationToken)
                : null);
        }
        catch
        {
            await ours.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Ours.DisposeAsync();
        if (Shell is not null)
        {
            await Shell.DisposeAsync();
        }
    }
}
