using System.Formats.Tar;
using System.IO.Compression;

namespace OvndbOcf.Ctl.Support;

/// <summary>Writes an archive (tar, gzip), for its owner alone; it is there as a whole or not at all.</summary>
internal static class SupportArchive
{
    private const UnixFileMode OwnersFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes it.</summary>
    /// <param name="path">The file, which must not be there.</param>
    /// <param name="folder">The folder in the archive in which everything is.</param>
    /// <param name="files">The files.</param>
    /// <param name="time">When they were made.</param>
    /// <exception cref="CtlException">It cannot be written.</exception>
    public static void Write(string path, string folder, IEnumerable<(string Name, byte[] Content)> files, DateTimeOffset time)
    {
        var part = $"{path}.part-{Environment.ProcessId}";
        try
        {
            if (Path.Exists(path))
            {
                throw new CtlException($"{path} is there already", ExitStatus.Refused);
            }

            using (
                var file = new FileStream(
                    part,
                    new FileStreamOptions
                    {
                        Mode = FileMode.CreateNew,
                        Access = FileAccess.Write,
                        UnixCreateMode = OwnersFile,
                    }
                )
            )
            {
                Write(file, folder, files, time);
            }

            File.Move(part, path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CtlException($"{path} cannot be written: {exception.Message}", ExitStatus.Refused);
        }
        finally
        {
            Remove(part);
        }
    }

    /// <summary>The archive as text, in base64 (RFC 2045, section 6.8): for a terminal, and for whoever takes what a command prints.</summary>
    public static string Text(string folder, IEnumerable<(string Name, byte[] Content)> files, DateTimeOffset time)
    {
        using var archive = new MemoryStream();
        Write(archive, folder, files, time);
        return Convert.ToBase64String(archive.ToArray(), Base64FormattingOptions.InsertLineBreaks);
    }

    private static void Write(Stream archive, string folder, IEnumerable<(string Name, byte[] Content)> files, DateTimeOffset time)
    {
        using var zip = new GZipStream(archive, CompressionLevel.Optimal, leaveOpen: true);
        using var tar = new TarWriter(zip, TarEntryFormat.Ustar);
        foreach (var (name, content) in files)
        {
            tar.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, $"{folder}/{name}")
                {
                    DataStream = new MemoryStream(content),
                    Mode = OwnersFile,
                    ModificationTime = time,
                }
            );
        }
    }

    private static void Remove(string part)
    {
        try
        {
            File.Delete(part);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its name says that it is no archive.
        }
    }
}
