using System.Runtime.InteropServices;
using System.Text;

namespace OvndbOcf.Ovsdb.Sockets;

/// <summary>
/// Connects to unix sockets of any path length. A path that does not fit into <c>sun_path</c> is reached through a descriptor of its
/// directory, as ovsdb-server itself does to listen there.
/// </summary>
internal static unsafe class UnixPath
{
    /// <summary>Connects the socket as <see cref="StreamSocket.Connect"/> does.</summary>
    public static int Connect(StreamSocket socket, string path)
    {
        if (SocketAddress.TryUnix(path, out var address))
        {
            return socket.Connect(address);
        }

        var slash = path.LastIndexOf('/');
        var directory = OpenDirectory(slash <= 0 ? "." : path[..slash]);
        if (directory < 0)
        {
            return Marshal.GetLastPInvokeError();
        }

        try
        {
            return SocketAddress.TryUnix($"/proc/self/fd/{directory}/{path.AsSpan(slash + 1)}", out address)
                ? socket.Connect(address)
                : Errno.NameTooLong;
        }
        finally
        {
            _ = Libc.Close(directory);
        }
    }

    private static int OpenDirectory(string path)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(path) + 1];
        Encoding.UTF8.GetBytes(path, bytes);
        fixed (byte* pointer = bytes)
        {
            return Libc.Open(pointer, Libc.OpenPathCloseOnExec);
        }
    }
}
