using System.Net;

namespace OvndbOcf.Bench.Scale;

/// <summary>Many clients of the Southbound database, all through the virtual address.</summary>
internal sealed class ClientCrowd : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task[] clients;

    private ClientCrowd(IPEndPoint endpoint, SourcePorts ports, int size)
    {
        Log = new CrowdLog(size);
        clients = [.. Enumerable.Range(0, size).Select(number => new CrowdClient(number, endpoint, ports, Log).RunAsync(stopping.Token))];
    }

    /// <summary>Who was connected when.</summary>
    public CrowdLog Log { get; }

    /// <summary>Starts them.</summary>
    public static ClientCrowd Start(IPEndPoint endpoint, SourcePorts ports, int size) => new(endpoint, ports, size);

    /// <summary>Waits until all have connections that they had not before that moment (<see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>); 0 for any.</summary>
    /// <exception cref="TimeoutException">They were not in time.</exception>
    public async Task WaitUntilCompleteAsync(long moment, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(limit);
        while (!Log.IsCompleteSince(moment))
        {
            if (deadline.IsCancellationRequested)
            {
                throw new TimeoutException($"not all clients were connected within {limit.TotalSeconds:0} s");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(clients);
        stopping.Dispose();
    }
}
