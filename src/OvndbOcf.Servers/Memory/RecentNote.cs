namespace OvndbOcf.Servers.Memory;

/// <summary>
/// Remembers a text from one action to the next for a while, whatever happens meanwhile.
/// </summary>
/// <param name="file">Where.</param>
/// <param name="lasting">For how long; a minute if it is not given.</param>
internal sealed class RecentNote(StateFile file, TimeSpan? lasting = null)
{
    private readonly TimeSpan _lasting = lasting ?? TimeSpan.FromMinutes(1);

    /// <summary>Whether anything is noted, however long ago.</summary>
    public bool Exists => file.Exists;

    /// <summary>Whether exactly this was noted within that time.</summary>
    public bool Says(string text) => Read() == text;

    /// <summary>What was noted within that time; null if nothing was.</summary>
    public string? Read() =>
        file.ReadTimed() is (var then, { } noted) && Environment.TickCount64 - then is >= 0 and var age && age < _lasting.TotalMilliseconds
            ? noted
            : null;

    /// <summary>Notes the text; null for nothing. Where that is not possible, nothing is noted, and callers publish or look again.</summary>
    public void Write(string? text)
    {
        if (text is null)
        {
            file.Delete();
        }
        else
        {
            file.Write(Environment.TickCount64, text);
        }
    }
}
