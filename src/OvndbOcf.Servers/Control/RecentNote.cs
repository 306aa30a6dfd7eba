using System.Globalization;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Remembers a text from one action to the next for a minute, whatever happens meanwhile. It lies where resource agents keep their run-time state.
/// </summary>
public sealed class RecentNote
{
    private static readonly TimeSpan Lasting = TimeSpan.FromMinutes(1);

    private readonly StateFile _file;

    /// <summary>The note of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name.</param>
    /// <param name="kind">What is noted.</param>
    public RecentNote(string directory, string resource, string kind) =>
        _file = new StateFile(directory, resource, kind);

    /// <summary>Whether anything is noted, however long ago.</summary>
    public bool Exists => _file.Exists;

    /// <summary>Whether exactly this was noted within the last minute.</summary>
    public bool Says(string text) =>
        _file.Read()?.Split('\n', 2) is [var time, var noted] && noted == text
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var then)
        && Environment.TickCount64 - then is >= 0 and var age && age < Lasting.TotalMilliseconds;

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
