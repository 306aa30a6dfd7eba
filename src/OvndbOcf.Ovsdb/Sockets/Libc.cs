using System.Runtime.InteropServices;

namespace OvndbOcf.Ovsdb.Sockets;

/// <summary>
/// The system calls for a non-blocking stream socket on Linux. They are called directly because they answer with an errno instead
/// of an exception, need no event loop or thread pool, and leave the platform's socket library out of the native executable.
/// </summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    public const int FamilyUnix = 1;
    public const int FamilyInet = 2;
    public const int FamilyInet6 = 10;

    /// <summary>SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC: no process that the agent starts may inherit the descriptor.</summary>
    public const int StreamNonBlockingCloseOnExec = 1 | 0x800 | 0x80000;

    /// <summary>MSG_NOSIGNAL: EPIPE instead of SIGPIPE.</summary>
    public const int NoSignal = 0x4000;

    /// <summary>O_PATH | O_CLOEXEC.</summary>
    public const int OpenPathCloseOnExec = 0x200000 | 0x80000;

    public const int SocketLevel = 1;
    public const int SocketError = 4;
    public const int PeerCredentials = 17;
    public const int TcpLevel = 6;
    public const int TcpNoDelay = 1;

    public const short PollIn = 1;
    public const short PollOut = 4;

    [LibraryImport(Library, EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Library, EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int descriptor, byte* address, uint length);

    [LibraryImport(Library, EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int descriptor, byte* bytes, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int descriptor, byte* bytes, nuint length, int flags);

    [LibraryImport(Library, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int descriptor, int level, int name, int* value, uint* length);

    [LibraryImport(Library, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int name, int* value, uint length);

    [LibraryImport(Library, EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true)]
    public static partial int Open(byte* path, int flags);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);
}
