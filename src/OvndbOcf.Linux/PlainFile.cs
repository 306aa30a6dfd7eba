using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OvndbOcf.Linux;

/// <summary>
/// Small files in places where somebody else may have put something first. Reading never waits, as it would on a named pipe, and takes a bounded amount;
/// what is written replaces whatever is there instead of going through it.
/// </summary>
public static class PlainFile
{
    private const int ReadNonBlockingCloseOnExec = 0x800 | 0x80000;
    private const int AppendNonBlockingCloseOnExec = 1 | 0x400 | ReadNonBlockingCloseOnExec;

    // EINVAL
    private const int InvalidArgument = 22;

    // open(2): the only one of these flags whose value depends on the processor.
    private static readonly int NoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm
        ? 0x8000
        : 0x20000;

    /// <summary>The file's text (UTF-8); null if it is missing, not readable, no file, longer than that, or a link where links do not count.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">Bytes.</param>
    /// <param name="followLink">Whether a link in its place is followed; links in the path before it always are.</param>
    public static string? ReadText(string path, int maxBytes, bool followLink = false)
    {
        var buffer = new byte[Math.Min(maxBytes, 4096) + 1];
        var length = Read(path, buffer, followLink);
        if (length == buffer.Length)
        {
            buffer = new byte[maxBytes + 1];
            length = Read(path, buffer, followLink);
        }

        return length is { } count && count <= maxBytes ? Encoding.UTF8.GetString(buffer, 0, count) : null;
    }

    /// <summary>Reads the beginning of the file, as much as there is room for; how many bytes that were, or null as for <see cref="ReadText"/>.</summary>
    public static int? Read(string path, Span<byte> room, bool followLink = false)
    {
        var file = Open(path, ReadNonBlockingCloseOnExec | (followLink ? 0 : NoFollow));
        if (file < 0)
        {
            return null;
        }

        var length = 0;
        nint count;
        do
        {
            // By position, which a pipe does not have.
            count = length < room.Length ? ReadFile(file, ref room[length], (nuint)(room.Length - length), length) : 0;
            length += (int)count;
        } while (count > 0);

        _ = CloseFile(file);
        return count < 0 ? null : length;
    }

    /// <summary>
    /// Writes the file by renaming a new one into its place: readers see all of it or what was there before, and a link there or in the new one's place is
    /// replaced and not followed.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="text">What to write, as UTF-8.</param>
    /// <param name="mode">Its permissions, from which the process's umask is taken.</param>
    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Replace(string path, string text, UnixFileMode mode) => Replace(path, text, mode, isDurable: false);

    /// <summary>The same, and it is on the disk when this returns, its name, too: a power failure leaves it as it is now. The parameters and errors are those of <see cref="Replace(string, string, UnixFileMode)"/>.</summary>
    public static void ReplaceDurably(string path, string text, UnixFileMode mode) => Replace(path, text, mode, isDurable: true);

    private static void Replace(string path, string text, UnixFileMode mode, bool isDurable)
    {
        var whole = path + ".new";
        File.Delete(whole);
        using (
            var file = new FileStream(
                whole,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    BufferSize = 0,
                    UnixCreateMode = mode,
                }
            )
        )
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            if (isDurable)
            {
                file.Flush(flushToDisk: true);
            }
        }

        File.Move(whole, path, overwrite: true);
        if (isDurable)
        {
            FlushDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
    }

    private static void FlushDirectory(string path)
    {
        var directory = Open(path, ReadNonBlockingCloseOnExec);
        if (directory < 0)
        {
            throw new IOException($"{path} could not be opened to flush it to the disk");
        }

        var flushed = FlushFile(directory);
        var error = Marshal.GetLastPInvokeError();
        _ = CloseFile(directory);

        // Some file systems have no such thing as flushing a directory.
        if (flushed < 0 && error != InvalidArgument)
        {
            throw new IOException($"{path} could not be flushed to the disk: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    /// <summary>Opens a file that is there for writing at its end; null if that is not possible, or it is a link.</summary>
    public static SafeFileHandle? TryOpenForAppend(string path)
    {
        var file = Open(path, AppendNonBlockingCloseOnExec | NoFollow);
        return file < 0 ? null : new SafeFileHandle(file, ownsHandle: true);
    }

    private static int Open(string path, int flags)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        return OpenFile(in bytes[0], flags);
    }

    // Directly, as a monitor opens a dozen small files, and the platform's way takes several calls of the kernel more for each.
    [DllImport("libc", EntryPoint = "open")]
    private static extern int OpenFile(in byte path, int flags);

    [DllImport("libc", EntryPoint = "pread")]
    private static extern nint ReadFile(int file, ref byte room, nuint length, nint position);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int FlushFile(int file);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseFile(int file);
}
