using System.Runtime.InteropServices;
using System.Text;

namespace OvndbOcf.Linux;

/// <summary>What a file system says of the room on it (statvfs(3)): one call of the kernel, which touches no disk.</summary>
/// <param name="Free">Bytes that a process without privileges may still write.</param>
/// <param name="IsReadOnly">Whether nothing can be written at all, as after an error of the disk.</param>
public readonly record struct DiskSpace(long Free, bool IsReadOnly)
{
    private const ulong ReadOnly = 1;

    /// <summary>That of the file system which a path is on; null if that cannot be found out.</summary>
    public static DiskSpace? Of(string path)
    {
        // struct statvfs of 64-bit Linux is eleven words of the kernel's and some that are reserved: f_frsize is the second of them, f_bavail the fifth, f_flag the tenth.
        Span<ulong> answer = stackalloc ulong[32];
        var name = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, name);
        if (Ask(in name[0], ref answer[0]) != 0)
        {
            return null;
        }

        var free = (UInt128)answer[1] * answer[4];
        return new DiskSpace(free > long.MaxValue ? long.MaxValue : (long)free, (answer[9] & ReadOnly) != 0);
    }

    [DllImport("libc", EntryPoint = "statvfs")]
    private static extern int Ask(in byte path, ref ulong answer);
}
