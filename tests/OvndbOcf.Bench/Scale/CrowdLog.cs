using System.Diagnostics;

namespace OvndbOcf.Bench.Scale;

/// <summary>Remembers how many clients of a crowd were connected at each moment.</summary>
/// <param name="size">How many there are.</param>
internal sealed class CrowdLog(int size)
{
    private readonly Lock gate = new();
    private readonly List<(long At, int Connected)> changes = [];
    private int connected;

    /// <summary>Whether all are connected now.</summary>
    public bool IsComplete
    {
        get
        {
            lock (gate)
            {
                return connected == size;
            }
        }
    }

    /// <summary>One more, or one less, is connected at that moment (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public void Change(int difference, long at)
    {
        lock (gate)
        {
            connected += difference;
            changes.Add((at, connected));
        }
    }

    /// <summary>
    /// From a moment until the last time that the crowd became complete; zero if nobody was disconnected since. Null if it is not complete.
    /// </summary>
    public TimeSpan? CompleteAgainAfter(long moment)
    {
        lock (gate)
        {
            if (connected != size)
            {
                return null;
            }

            var since = changes.Where(change => change.At > moment).ToList();
            return since.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(moment, since[^1].At);
        }
    }
}
