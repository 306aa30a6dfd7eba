using OvndbOcf.Simulation.Writing;
using Xunit;

namespace OvndbOcf.ClusterTests.Operations;

/// <summary>A client of each database that writes all the time while something is done to the cluster.</summary>
/// <param name="writers">The clients.</param>
internal sealed class InterruptedClients(IReadOnlyDictionary<OvnDatabase, AcknowledgedWriter> writers) : IAsyncDisposable
{
    private static readonly TimeSpan WritingLimit = TimeSpan.FromSeconds(90);

    // What the active server had acknowledged and not sent when its node lost power.
    private static readonly TimeSpan SendingTime = TimeSpan.FromSeconds(1);

    private readonly Dictionary<OvnDatabase, TimeSpan> interrupted = [];
    private readonly List<(OvnDatabase Database, TimeSpan At)> losses = [];

    /// <summary>Outages are told from now on.</summary>
    public void Interrupted()
    {
        foreach (var (database, writer) in writers)
        {
            interrupted[database] = writer.Elapsed;
        }
    }

    /// <summary>The active servers' node loses power now.</summary>
    public void LosesPower() => losses.AddRange(writers.Select(writer => (writer.Key, writer.Value.Elapsed)));

    /// <summary>Those of the rows that may have been on a node alone when it lost power.</summary>
    public IEnumerable<string> MaybeUnsent(OvnDatabase database, IReadOnlySet<string> rows) =>
        writers[database]
            .Report()
            .Acknowledged.Where(write =>
                rows.Contains(write.Name) && losses.Any(loss => loss.Database == database && (write.At - loss.At).Duration() < SendingTime)
            )
            .Select(write => write.Name);

    /// <summary>Waits for more acknowledged rows in each database.</summary>
    public Task WaitForWritesAsync(int more) =>
        Task.WhenAll(writers.Values.Select(writer => writer.WaitForWritesAsync(more, WritingLimit, TestContext.Current.CancellationToken)));

    /// <summary>The names of all rows that were acknowledged so far.</summary>
    public IReadOnlySet<string> Names(OvnDatabase database) =>
        writers[database].Report().Acknowledged.Select(write => write.Name).ToHashSet();

    /// <summary>Stops writing, and tells the outages.</summary>
    public async Task<string> StopAsync()
    {
        var told = new List<string>();
        foreach (var (database, writer) in writers)
        {
            var report = await writer.StopAsync();
            told.Add(
                $"{database}: {report.Acknowledged.Count} rows, longest time without writes {report.LongestGapAfter(interrupted[database])!.Length.TotalSeconds:0.00} s"
            );
        }

        return string.Join('\n', told);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var writer in writers.Values)
        {
            await writer.DisposeAsync();
        }
    }
}
