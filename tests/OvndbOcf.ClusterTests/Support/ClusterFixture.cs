using OvndbOcf.Simulation;
using Xunit;

namespace OvndbOcf.ClusterTests.Support;

/// <summary>A cluster that tests share; it waits for its turn to start, see <see cref="ClusterSlots"/>.</summary>
/// <param name="options">What it shall look like.</param>
public abstract class ClusterFixture(ClusterOptions options) : IAsyncLifetime
{
    private IDisposable? slot;
    private Cluster? cluster;

    /// <summary>The cluster.</summary>
    public Cluster Cluster => cluster ?? throw new InvalidOperationException("the cluster has not been started");

    /// <summary>What its servers acknowledged.</summary>
    public RowLedger Ledger { get; } = new();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        slot = await ClusterSlots.TakeAsync(cancellation);
        try
        {
            cluster = await Cluster.StartAsync(options, cancellationToken: cancellation);
            await PrepareAsync(cancellation);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // It comes twice where the preparation failed.
        if (Interlocked.Exchange(ref cluster, null) is { } running)
        {
            await running.DisposeAsync();
        }

        Interlocked.Exchange(ref slot, null)?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The invariants of this cluster, with the databases in that shape.</summary>
    public Invariants Invariants(ClusterShape shape) => new(Cluster, shape, Ledger);

    /// <summary>What is to be done on the new cluster before the first test, such as creating the resources.</summary>
    protected virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
