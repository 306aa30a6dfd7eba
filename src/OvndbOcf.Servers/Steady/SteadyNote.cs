using System.Globalization;

namespace OvndbOcf.Servers.Steady;

/// <summary>
/// Keeps the last steady state from one monitor to the next. It lies where resource agents keep their run-time state, so a reboot clears it. A note that is missing, damaged
/// or old costs one thorough monitor and nothing else.
/// </summary>
public sealed class SteadyNote
{
    private const string Nothing = "-";

    // The activity has a line for each daemon, so a line end alone does not tell that all of them are there.
    private const string End = "\nend\n";

    private readonly string _path;

    /// <summary>The note of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    public SteadyNote(string directory, string resource) =>
        _path = Path.Combine(directory, $"ovndb-servers-{resource.Replace('/', '_')}.steady");

    /// <summary>The state that was noted, if it is fresh; null otherwise.</summary>
    public SteadyState? Read()
    {
        try
        {
            return File.Exists(_path) && Parse(File.ReadAllText(_path)) is ({ } state, var then)
                && state.IsFresh(TimeSpan.FromMilliseconds(Environment.TickCount64 - then)) ? state : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Notes the state.</summary>
    public void Write(SteadyState state)
    {
        try
        {
            File.WriteAllText(_path, Format(state, Environment.TickCount64));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Then the next monitor is a thorough one, too.
        }
    }

    /// <summary>Forgets it: something is about to change.</summary>
    public void Forget()
    {
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What a file on such a file system says was written before, and gets old.
        }
    }

    internal static string Format(SteadyState state, long time) => string.Create(
        CultureInfo.InvariantCulture, $"{time}\n{state.Subject}\n{state.Servers}\n{string.Join(' ', state.Connections)}\n{state.Activity ?? Nothing}{End}");

    internal static (SteadyState? State, long Time) Parse(string text)
    {
        if (text.Split('\n', 5) is not [var time, var subject, var servers, var connections, var activity] || !activity.EndsWith(End, StringComparison.Ordinal)
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var then))
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
        return (new SteadyState(subject, servers, watched, activity == Nothing ? null : activity), then);
    }
}
