namespace OvndbOcf.ClusterTests.Support;

/// <summary>
/// Lets two clusters run at a time: one of each release side by side is what a machine with two cores carries without slow servers
/// being taken for failed ones.
/// </summary>
public static class ClusterSlots
{
    private const int Clusters = 2;
    private static readonly SemaphoreSlim Free = new(Clusters, Clusters);

    /// <summary>Waits for a slot; disposing the result gives it back.</summary>
    public static async Task<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await Free.WaitAsync(cancellationToken);
        return new Slot();
    }

    private sealed class Slot : IDisposable
    {
        private int returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref returned, 1) == 0)
            {
                Free.Release();
            }
        }
    }
}
