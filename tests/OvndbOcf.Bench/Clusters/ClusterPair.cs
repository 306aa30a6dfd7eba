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
    /// <param name="options">What the run shall measure.</param>
    /// <param name="shape">How ours is configured; the other one is like it.</param>
    /// <param name="progress">Is told each step.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ClusterPair> StartAsync(
        BenchOptions options,
        BenchClusterShape shape,
        IProgress<string> progress,
        CancellationToken cancellationToken
    )
    {
        var ours = await BenchCluster.StartAsync(options.Release, Nodes, shape, progress, cancellationToken);
        try
        {
            return new ClusterPair(
                ours,
                options.HasShell
                    ? await BenchCluster.StartAsync(
                        options.Release,
                        Nodes,
                        shape with
                        {
                            Variant = Variant.Shell,
                        },
                        progress,
                        cancellationToken
                    )
                    : null
            );
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
