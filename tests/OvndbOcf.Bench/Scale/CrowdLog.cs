using System.Diagnostics;

namespace OvndbOcf.Bench.Scale;

/// <summary>
/// Remembers since when each client of a crowd has the connection that it has. After a fault on the server's side every connection of before is dead, whether or not its client has noticed: a client is back
/// when it has had an answer by a new one.
/// </summary>
/// <param name="size">How many there are.</param>
internal sealed class CrowdLog(int size)
{
    private readonly Lock gate = new();
    private readonly long?[] since = new long?[size];

    /// <summary>A client has its answer, at that moment (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public void Came(int client, long at)
    {
        lock (gate)
        {
            since[client] = at;
        }
    }

    /// <summary>A client has lost its connection.</summary>
    public void Left(int client)
    {
        lock (gate)
        {
            since[client] = null;
        }
    }

    /// <summary>Whether all have a connection that they had no sooner than at that moment.</summary>
    public bool IsCompleteSince(long moment)
    {
        lock (gate)
        {
            return Array.TrueForAll(since, at => at > moment);
        }
    }

    /// <summary>From a moment until that share of the crowd was back, the last of which counts; null if not all are.</summary>
    /// <param name="moment">The moment of the fault.</param>
    /// <param name="share">More than 0, and 1 for all.</param>
    public TimeSpan? BackAfter(long moment, double share)
    {
        lock (gate)
        {
            if (!Array.TrueForAll(since, at => at > moment))
            {
                return null;
            }

            var times = since.OfType<long>().Order().ToList();
            return Stopwatch.GetElapsedTime(moment, times[(int)Math.Ceiling(share * size) - 1]);
        }
    }
}
