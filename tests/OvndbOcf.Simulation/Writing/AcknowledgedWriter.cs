using System.Diagnostics;
using System.Globalization;
using System.Net;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Ovsdb.Client;

namespace OvndbOcf.Simulation.Writing;

/// <summary>How an <see cref="AcknowledgedWriter"/> writes.</summary>
public sealed record WriterOptions
{
    /// <summary>Where to connect to, usually the virtual address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The database to write to.</summary>
    public OvnDatabase Database { get; init; } = OvnDatabase.Northbound;

    /// <summary>The TCP port; the database's default one if null.</summary>
    public int? Port { get; init; }

    /// <summary>What all names begin with. Two writers to one table need different ones.</summary>
    public string Prefix { get; init; } = $"row-{Guid.NewGuid():N}-";

    /// <summary>The pause between two writes; 25 ms give nearly 40 writes a second.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(25);

    /// <summary>After this time without an answer the writer connects anew. It limits the precision of outages that begin with silence.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMilliseconds(500);
}

/// <summary>
/// Adds rows to a database, one after the other, and remembers which of them the server acknowledged and when. After a failure it
/// connects anew and goes on with the next row, so a row is acknowledged at most once.
/// </summary>
public sealed class AcknowledgedWriter : IAsyncDisposable
{
    private readonly WriterOptions options;
    private readonly OvsdbEndpoint endpoint;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly List<AcknowledgedWrite> acknowledged = [];
    private readonly List<string> unanswered = [];
    private readonly Task loop;
    private int refused;
    private string? lastFailure;

    private AcknowledgedWriter(WriterOptions options)
    {
        this.options = options;
        endpoint = OvsdbEndpoint.Tcp(options.Address, options.Port ?? options.Database.Port);
        loop = Task.Factory.StartNew(Write, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The time since the start, by the clock of the report.</summary>
    public TimeSpan Elapsed => clock.Elapsed;

    /// <summary>How many writes were acknowledged so far.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return acknowledged.Count;
            }
        }
    }

    /// <summary>Starts writing at once, on a thread of its own. The server need not be there yet.</summary>
    public static AcknowledgedWriter Start(WriterOptions options) => new(options);

    /// <summary>What was done up to now.</summary>
    public WriterReport Report()
    {
        lock (gate)
        {
            return new WriterReport([.. acknowledged], [.. unanswered], refused, lastFailure, clock.Elapsed);
        }
    }

    /// <summary>Waits until so many more writes have been acknowledged.</summary>
    /// <exception cref="TimeoutException">They were not in time; the message tells the last failure.</exception>
    public async Task WaitForWritesAsync(int more, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        var wanted = Count + more;
        var wait = Stopwatch.StartNew();
        while (Count < wanted)
        {
            if (wait.Elapsed > timeout)
            {
                throw new TimeoutException(
                    $"{more} more acknowledged writes to {endpoint} not within {timeout.TotalSeconds:0.#} s; last failure: {Report().LastFailure ?? "none"}"
                );
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Stops writing and tells what was done.</summary>
    public async Task<WriterReport> StopAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        clock.Stop();
        await loop.ConfigureAwait(false);
        return Report();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        stopping.Dispose();
    }

    private void Write()
    {
        OvsdbClient? client = null;
        for (var number = 0; !stopping.IsCancellationRequested; stopping.Token.WaitHandle.WaitOne(options.Pause))
        {
            try
            {
                client ??= OvsdbClient.Connect(endpoint, Deadline.After(options.CallTimeout));
            }
            catch (OvsdbCallException failure)
            {
                Note(failure.Message);
                continue;
            }

            if (!WriteRow(client, number++))
            {
                client.Dispose();
                client = null;
            }
        }

        client?.Dispose();
    }

    /// <summary>Writes one row; false if the connection shall not be used again.</summary>
    private bool WriteRow(OvsdbClient client, int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{options.Prefix}{number:d6}");
        try
        {
            var result = client.Transact(
                options.Database.Name,
                RowOperations.Insert(options.Database, name),
                Deadline.After(options.CallTimeout)
            );
            lock (gate)
            {
                if (result.Committed)
                {
                    acknowledged.Add(new AcknowledgedWrite(name, clock.Elapsed));
                    return true;
                }

                refused++;
                lastFailure = $"{result.Error}";
                return false;
            }
        }
        catch (OvsdbCallException failure)
        {
            lock (gate)
            {
                lastFailure = failure.Message;
                if (failure.Failure == CallFailure.ErrorReply)
                {
                    refused++;
                }
                else
                {
                    unanswered.Add(name);
                }
            }

            return false;
        }
    }

    private void Note(string failure)
    {
        lock (gate)
        {
            lastFailure = failure;
        }
    }
}
