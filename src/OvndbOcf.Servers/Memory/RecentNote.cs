using System.Globalization;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers a text from one action to the next for a while, whatever happens meanwhile. It lies where resource agents keep their run-time state.
/// </summary>
public sealed class RecentNote
{
    private readonly StateFile _file;
    private readonly TimeSpan _lasting;

    /// <summary>The note of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    /// <param name="kind">What is noted.</param>
    /// <param name="lasting">For how long; a minute if it is not given.</param>
    public RecentNote(string directory, string resource, string kind, TimeSpan? lasting = null)
    {
        _file = new StateFile(directory, resource, kind);
        _lasting = lasting ?? TimeSpan.FromMinutes(1);
    }

    /// <summary>Whether anything is noted, however long ago.</summary>
    public bool Exists => _file.Exists;

    /// <summary>Whether exactly this was noted within that time.</summary>
    public bool Says(string text) => Read() == text;

    /// <summary>What was noted within that time; null if nothing was.</summary>
    public string? Read() =>
        _file.Read()?.Split('\n', 2) is [var time, var noted]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var then)
        && Environment.TickCount64 - then is >= 0 and var age
        && age < _lasting.TotalMilliseconds
            ? noted
            : null;

    /// <summary>Notes the text; null for nothing. Where that is not possible, nothing is noted, and callers publish or look again.</summary>
    public void Write(string? text)
    {
        if (text is null)
        {
            _file.Delete();
        }
        else
        {
            _file.Write(string.Create(CultureInfo.InvariantCulture, $"{Environment.TickCount64}\n{text}"));
        }
    }
}
