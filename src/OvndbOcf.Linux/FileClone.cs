using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OvndbOcf.Linux;

/// <summary>Copies that share their blocks with the original, on file systems that can do that, such as Btrfs and XFS (ioctl_ficlone(2)).</summary>
public static class FileClone
{
    private const nuint Clone = 0x40049409;

    /// <summary>Makes an empty file a copy of another one at once, whatever its length; false where the file system cannot, and nothing has changed then.</summary>
    public static bool TryClone(SafeFileHandle source, SafeFileHandle destination) =>
        Control(destination, Clone, source.DangerousGetHandle()) == 0;

    [DllImport("libc", EntryPoint = "ioctl")]
    private static extern int Control(SafeFileHandle file, nuint request, nint argument);
}
