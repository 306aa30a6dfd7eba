using System.Runtime.InteropServices;

namespace OvndbOcf.Ovsdb.Sockets;

/// <summary>Error numbers of Linux (errno(3)); the same on all architectures that .NET runs on.</summary>
internal static class Errno
{
    public const int None = 0;
    public const int NotPermitted = 1;
    public const int Interrupted = 4;
    public const int Again = 11;
    public const int OutOfMemory = 12;
    public const int AccessDenied = 13;
    public const int SystemDescriptors = 23;
    public const int ProcessDescriptors = 24;
    public const int NameTooLong = 36;
    public const int OutOfBuffers = 105;
    public const int TimedOut = 110;
    public const int InProgress = 115;

    /// <summary>The system's own words for an error number.</summary>
    public static string Text(int errno) => Marshal.GetPInvokeErrorMessage(errno);

    /// <summary>What a failed attempt to connect means.</summary>
    public static CallFailure OfConnect(int errno) =>
        errno switch
        {
            Again or TimedOut => CallFailure.TimedOut,
            NotPermitted or AccessDenied or OutOfMemory or SystemDescriptors or ProcessDescriptors or NameTooLong or OutOfBuffers =>
                CallFailure.LocalFailure,
            _ => CallFailure.CannotConnect,
        };
}
