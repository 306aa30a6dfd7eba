using System.Globalization;
using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// A file in which one action leaves something for the next ones: a text, before which there may be a line with a time in milliseconds. Only root may read it,
/// and what lies in its place, such as a link, a named pipe or a file without end, is neither followed nor waited for: it counts as nothing, and is replaced by the next
/// text.
/// </summary>
internal sealed class StateFile
{
    // The longest, of the links, has a line of about a hundred bytes a node.
    private const int MaxBytes = 64 << 10;

    private readonly string _path;

    /// <summary>The file of one resource.</summary>
    /// <param name="directory">The directory for run-time state (<c>HA_RSCTMP</c>).</param>
    /// <param name="resource">The resource's name; whatever it is, the file is in that directory.</param>
    /// <param name="kind">What is in it.</param>
    public StateFile(string directory, string resource, string kind) =>
        _path = Path.Combine(directory, $"ovndb-servers-{resource.Replace('/', '_').Replace('\0', '_')}.{kind}");

    /// <summary>Where it is, for other programs.</summary>
    public string Location => _path;

    /// <summary>Whether anything is there.</summary>
    public bool Exists => File.Exists(_path);

    /// <summary>The text; null if there is none that can be used.</summary>
    public string? Read() => PlainFile.ReadText(_path, MaxBytes);

    /// <summary>The time in the first line, and the text behind it, null if there is no more than that line; null if no time can be read.</summary>
    public (long Time, string? Text)? ReadTimed() =>
        Read()?.Split('\n', 2) is [var first, .. var rest]
        && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? (time, rest.FirstOrDefault())
            : null;

    /// <summary>Writes a time and, unless it is null, a text; whether that was possible.</summary>
    public bool Write(long time, string? text) =>
        Write(string.Create(CultureInfo.InvariantCulture, $"{time}{(text is null ? null : '\n')}{text}"));

    /// <summary>Writes the text; whether that was possible.</summary>
    public bool Write(string text)
    {
        try
        {
            PlainFile.Replace(_path, text, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Removes it; whether it is gone.</summary>
    public bool Delete()
    {
        try
        {
            File.Delete(_path);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
