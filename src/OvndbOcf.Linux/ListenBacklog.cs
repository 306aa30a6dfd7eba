using System.Runtime.InteropServices;

namespace OvndbOcf.Linux;

/// <summary>
/// How many connections the kernel keeps for a process that has not taken them yet. ovsdb-server asks for ten: when hundreds of clients come back at once, most of them are turned away, and try again
/// later and later. Anybody who holds the socket can ask for more (listen(2)), and root can get hold of it (pidfd_getfd(2), Linux 5.6).
/// </summary>
public static class ListenBacklog
{
    /// <summary>What is asked for: the usual limit of the kernel (<c>net.core.somaxconn</c>), which it takes where this is more.</summary>
    public const int Wanted = 4096;

    private const nint OpenProcess = 434;
    private const nint GetDescriptor = 438;

    /// <summary>Raises it for all sockets by which a process listens on a port, where that is possible; how many there are. Safe to repeat.</summary>
    public static int Raise(int process, int port)
    {
        var inodes = PortListener.FindAll(port).Select(listener => listener.Inode).ToHashSet(StringComparer.Ordinal);
        if (inodes.Count == 0)
        {
            return 0;
        }

        var handle = (int)Call(OpenProcess, process, 0, 0);
        try
        {
            var sockets = ProcessSockets.DescriptorsOf(process).Where(held => inodes.Contains(held.Inode)).ToList();
            foreach (var socket in sockets)
            {
                RaiseOne(handle, socket.Number);
            }

            return sockets.Count;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is gone, or not ours to look into.
            return 0;
        }
        finally
        {
            if (handle >= 0)
            {
                _ = Close(handle);
            }
        }
    }

    private static void RaiseOne(int process, int descriptor)
    {
        var socket = process < 0 ? -1 : (int)Call(GetDescriptor, process, descriptor, 0);
        if (socket >= 0)
        {
            _ = Listen(socket, Wanted);
            _ = Close(socket);
        }
    }

    // Their numbers are the same on all architectures, and old C libraries have no names for them.
    [DllImport("libc", EntryPoint = "syscall")]
    private static extern nint Call(nint number, nint first, nint second, nint third);

    [DllImport("libc", EntryPoint = "listen")]
    private static extern int Listen(int socket, int backlog);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
