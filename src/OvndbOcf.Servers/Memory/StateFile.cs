using OvndbOcf.Linux;

namespace OvndbOcf.Servers.Memory;

/// <summary>
/// A file in which one action leaves something for the next ones. It lies where resource agents keep their run-time state, so a reboot clears it. Only root may read it,
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
