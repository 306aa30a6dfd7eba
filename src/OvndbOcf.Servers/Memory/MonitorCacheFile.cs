using System.Globalization;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Keeps the last steady state from one monitor to the next. A note that is missing, damaged
/// or old costs one thorough monitor and nothing else.
/// </summary>
internal sealed class MonitorCacheFile(StateFile file)
{
    private const string Nothing = "-";

    // The activity has a line for each daemon, so a line end alone does not tell that all of them are there.
    private const string End = "\nend\n";

    /// <summary>The state that was noted, if it is fresh; null otherwise.</summary>
    public MonitorCacheEntry? Read() =>
        file.Read() is { } text
        && Parse(text) is ({ } state, var then)
        && Environment.TickCount64 - then is >= 0 and var age
        && state.IsFresh(TimeSpan.FromMilliseconds(age))
            ? state
            : null;

    /// <summary>Notes the state. Where that is not possible, the next monitor is a thorough one, too.</summary>
    public void Write(MonitorCacheEntry state) => file.Write(Format(state, Environment.TickCount64));

    /// <summary>Forgets it: something is about to change. What cannot be removed was written before, and gets old.</summary>
    public void Forget() => file.Delete();

    internal static string Format(MonitorCacheEntry state, long time) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{time}\n{state.Subject}\n{state.Servers}\n{string.Join(' ', state.Connections)}\n{state.Markers ?? Nothing}\n{state.Listeners}\n{state.Activity ?? Nothing}{End}"
        );

    internal static (MonitorCacheEntry? State, long Time) Parse(string text)
    {
        if (
            text.Split('\n', 7) is not [var time, var subject, var servers, var connections, var markers, var listeners, var activity]
            || !activity.EndsWith(End, StringComparison.Ordinal)
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var then)
        )
        {
            return default;
        }

        List<WatchedConnection> watched = [];
        foreach (var word in connections.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (WatchedConnection.Parse(word) is not { } connection)
            {
                return default;
            }

            watched.Add(connection);
        }

        activity = activity[..^End.Length];
        return (
            new MonitorCacheEntry(
                subject,
                servers,
                watched,
                markers == Nothing ? null : markers,
                listeners,
                activity == Nothing ? null : activity
            ),
            then
        );
    }
}
