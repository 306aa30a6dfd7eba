using System.Globalization;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Which messages the system log has been told within the last minute. What lasts is found anew by each monitor, every second or so, and people need not read it as often.
/// A file that is missing or damaged costs a repeated message and nothing else.
/// </summary>
public sealed class ToldMessages
{
    private const int Most = 32;

    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    private readonly StateFile _file;

    internal ToldMessages(StateFile file) => _file = file;

    /// <summary>Whether the text has not been told lately; then it counts as told from now on.</summary>
    public bool IsNew(string text) => IsNew(text, Environment.TickCount64);

    internal bool IsNew(string text, long now)
    {
        var key = Key(text);
        var told = Recent(_file.Read(), now);
        if (told.Exists(entry => entry.Key == key))
        {
            return false;
        }

        told.Add((now, key));
        _file.Write(
            string.Join('\n', told.TakeLast(Most).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Time} {entry.Key}")))
        );
        return true;
    }

    private static List<(long Time, string Key)> Recent(string? text, long now)
    {
        List<(long Time, string Key)> told = [];
        foreach (var line in (text ?? string.Empty).Split('\n'))
        {
            if (
                line.Split(' ') is [var time, var key]
                && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var then)
                && then <= now
                && now - then < Lasting.TotalMilliseconds
            )
            {
                told.Add((then, key));
            }
        }

        return told;
    }

    // FNV-1a: the platform's own hash of a text is another one in each process.
    private static string Key(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text)
        {
            hash = unchecked((hash ^ character) * 1099511628211UL);
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
