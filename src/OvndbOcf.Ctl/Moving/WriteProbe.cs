using System.Diagnostics;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;
using OvndbOcf.Ovsdb.Wire;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Moving;

/// <summary>
/// Measures for how long clients cannot write, as one of them: again and again it deletes a row that is not there, through the clients' address. The server refuses even that while it is a backup, and
/// nothing changes where it does not.
/// </summary>
internal sealed class WriteProbe : IAsyncDisposable
{
    private static readonly TimeSpan TryTimeout = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly OvsdbEndpoint _endpoint;
    private readonly DatabaseParameters _database;
    private readonly Task _running;
    private long? _lastSuccess;
    private TimeSpan _longest;

    private WriteProbe(OvsdbEndpoint endpoint, DatabaseParameters database)
    {
        (_endpoint, _database) = (endpoint, database);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Measures while something is done; that gets null where <see cref="Start"/> says so.</summary>
    public static async Task<int> DuringAsync(AgentParameters parameters, Func<WriteProbe?, Task<int>> run)
    {
        var probe = Start(parameters);
        try
        {
            return await run(probe).ConfigureAwait(false);
        }
        finally
        {
            if (probe is not null)
            {
                await probe.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Begins to measure; null where that is not possible, as the servers want TLS or the address is not known.</summary>
    public static WriteProbe? Start(AgentParameters parameters) =>
        parameters is { MasterIp: { } address, Northbound: { Protocol: DatabaseProtocol.Tcp } database }
            ? new WriteProbe(OvsdbEndpoint.Tcp(address, database.Port), database)
            : null;

    /// <summary>The longest time between two writes that succeeded, the one that lasts included; null if none has succeeded.</summary>
    public TimeSpan? Longest
    {
        get
        {
            lock (_lock)
            {
                return _lastSuccess is { } last ? Max(_longest, Stopwatch.GetElapsedTime(last)) : null;
            }
        }
    }

    /// <summary>Waits until a write succeeds that begins after now; whether one did before the deadline.</summary>
    public async Task<bool> WaitForWriteAsync(Deadline deadline)
    {
        var begin = Stopwatch.GetTimestamp();
        while (!deadline.HasPassed)
        {
            lock (_lock)
            {
                if (_lastSuccess > begin)
                {
                    return true;
                }
            }

            await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
        }

        return false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        OvsdbClient? client = null;
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var deadline = Deadline.After(TryTimeout);
                client ??= OvsdbClient.Connect(_endpoint, deadline);
                if (Write(client, deadline))
                {
                    Succeeded();
                }
            }
            catch (OvsdbCallException)
            {
                client?.Dispose();
                client = null;
            }

            await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
        }

        client?.Dispose();
    }

    private bool Write(OvsdbClient client, Deadline deadline) =>
        client
            .Transact(
                _database.SchemaName,
                [OvsdbOperation.Delete(_database.GlobalTable, OvsdbOperation.Where(OvsdbOperation.IsRow(Guid.NewGuid())))],
                deadline
            )
            .Committed;

    private void Succeeded()
    {
        lock (_lock)
        {
            var now = Stopwatch.GetTimestamp();
            if (_lastSuccess is { } last)
            {
                _longest = Max(_longest, Stopwatch.GetElapsedTime(last, now));
            }

            _lastSuccess = now;
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
