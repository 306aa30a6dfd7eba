using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace OvndbOcf.Ocf;

/// <summary>
/// The system log, as logger(1) writes to it: one datagram a message in the form of RFC 3164 to a unix socket. It never waits, and where nobody takes it a message is dropped: the same
/// text goes to stderr, too.
/// </summary>
public sealed class Syslog
{
    /// <summary>Where the system's log daemon or journal listens.</summary>
    public const string UsualSocket = "/dev/log";

    private const int FamilyUnix = 1;
    private const int DatagramNonBlockingCloseOnExec = 2 | 0x800 | 0x80000;
    private const int NoWaitNoSignal = 0x40 | 0x4000;

    // sun_path with its NUL, unix(7).
    private const int PathMaxBytes = 107;

    private static readonly string[] Facilities =
    [
        "kern",
        "user",
        "mail",
        "daemon",
        "auth",
        "syslog",
        "lpr",
        "news",
        "uucp",
        "cron",
        "authpriv",
        "ftp",
        "",
        "",
        "",
        "",
        "local0",
        "local1",
        "local2",
        "local3",
        "local4",
        "local5",
        "local6",
        "local7",
    ];

    private readonly string _socket;
    private readonly int _facility;
    private readonly Func<string, bool>? _isNew;

    private Syslog(int facility, string socket, Func<string, bool>? isNew)
    {
        _isNew = isNew;
        _facility = facility;
        _socket = socket;
    }

    /// <summary>The log with that facility, such as <c>daemon</c>; null for <c>none</c>, nothing, or a name that is not one (syslog(3)).</summary>
    /// <param name="facility">As Pacemaker passes it (<c>HA_LOGFACILITY</c>).</param>
    /// <param name="socket">The socket.</param>
    /// <param name="isNew">Whether a message is not a repetition, which is left out; null to send all.</param>
    public static Syslog? Open(string? facility, string socket = UsualSocket, Func<string, bool>? isNew = null)
    {
        var code = string.IsNullOrEmpty(facility)
            ? -1
            : Array.FindIndex(Facilities, name => name.Equals(facility, StringComparison.OrdinalIgnoreCase));
        return code >= 0 ? new Syslog(code, socket, isNew) : null;
    }

    /// <summary>Sends a message.</summary>
    /// <param name="severity">3 for an error, 4 for a warning (RFC 3164, section 4.1.1).</param>
    /// <param name="tag">Who says it.</param>
    /// <param name="text">One line.</param>
    public void Send(int severity, string tag, string text)
    {
        if (Encoding.UTF8.GetByteCount(_socket) > PathMaxBytes || _isNew?.Invoke(text) == false)
        {
            return;
        }

        var address = new byte[sizeof(ushort) + PathMaxBytes + 1];
        BitConverter.TryWriteBytes(address, (ushort)FamilyUnix);
        Encoding.UTF8.GetBytes(_socket, address.AsSpan(sizeof(ushort)));
        var message = Encoding.UTF8.GetBytes(Format(_facility, severity, DateTime.Now, tag, text));
        var descriptor = Socket(FamilyUnix, DatagramNonBlockingCloseOnExec, 0);
        if (descriptor >= 0)
        {
            _ = SendTo(descriptor, in message[0], (nuint)message.Length, NoWaitNoSignal, in address[0], (uint)address.Length);
            _ = Close(descriptor);
        }
    }

    internal static string Format(int facility, int severity, DateTime time, string tag, string text) =>
        string.Create(CultureInfo.InvariantCulture, $"<{(facility * 8) + severity}>{time:MMM} {time.Day, 2} {time:HH:mm:ss} {tag}: {text}");

    [DllImport("libc", EntryPoint = "socket")]
    private static extern int Socket(int family, int type, int protocol);

    [DllImport("libc", EntryPoint = "sendto")]
    private static extern nint SendTo(int descriptor, in byte message, nuint length, int flags, in byte address, uint addressLength);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
