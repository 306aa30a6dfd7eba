namespace OvndbOcf.Servers.Parameters;

/// <summary>Looks at files of this machine.</summary>
public static class FileFindings
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What is at that path, for this process.</summary>
    public static FileFinding Look(string path)
    {
        if (Directory.Exists(path))
        {
            return FileFinding.NotAFile;
        }

        if (!File.Exists(path))
        {
            return FileFinding.Missing;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            return (File.GetUnixFileMode(path) & AnyExecute) != 0 ? FileFinding.Executable : FileFinding.Readable;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FileFinding.Forbidden;
        }
    }
}
