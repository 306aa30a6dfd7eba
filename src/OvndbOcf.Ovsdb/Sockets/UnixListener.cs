namespace OvndbOcf.Ovsdb.Sockets;

/// <summary>Whoever listens on a unix socket.</summary>
/// <param name="IsThere">Whether anybody does. A file that nobody listens on any more is nobody.</param>
/// <param name="ProcessId">The process that listens, by the kernel's word (unix(7), SO_PEERCRED); null if it is not known, or not of this pid namespace.</param>
public readonly record struct UnixListener(bool IsThere, int? ProcessId)
{
    /// <summary>Looks who listens on that path, without waiting: the kernel answers, also for a process that is stopped.</summary>
    public static UnixListener Find(string path)
    {
        using var socket = new StreamSocket();
        return UnixPath.Connect(socket, path) switch
        {
            Errno.None => new UnixListener(true, socket.PeerProcess()),

            // Its queue is full: it listens, and takes no more connections.
            Errno.Again => new UnixListener(true, null),
            _ => default,
        };
    }
}
