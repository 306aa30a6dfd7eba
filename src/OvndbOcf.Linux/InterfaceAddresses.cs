using System.Globalization;
using System.Net;

namespace OvndbOcf.Linux;

/// <summary>An address of this network namespace as the kernel has it.</summary>
/// <param name="Address">The address.</param>
/// <param name="PrefixLength">The length of its network's prefix in bits.</param>
/// <param name="Interface">The index of its interface.</param>
/// <param name="IsSecondary">
/// Whether it was added beside another one of its network, as virtual addresses are (ip-address(8), <c>secondary</c>); for IPv6 whether it is a temporary or deprecated one.
/// </param>
public sealed record InterfaceAddress(IPAddress Address, int PrefixLength, int Interface, bool IsSecondary);

/// <summary>The addresses of this network namespace, by rtnetlink(7), which alone tells which ones are secondary.</summary>
public static class InterfaceAddresses
{
    private const int RouteProtocol = 0;
    private const ushort NewAddress = 20;
    private const ushort GetAddress = 22;
    private const ushort Done = 3;
    private const ushort Error = 2;
    private const ushort RequestDump = 0x301; // NLM_F_REQUEST | NLM_F_DUMP
    private const int HeaderLength = NetlinkSocket.HeaderLength;
    private const int BodyLength = 8;
    private const ushort AddressAttribute = 1;
    private const ushort LocalAttribute = 2;
    private const ushort FlagsAttribute = 8;
    private const uint Secondary = 0x01;
    private const uint Deprecated = 0x20;
    private const int AnswerMaxBytes = 1 << 16;
    private const int MostMessages = 1000;
    private const string Interfaces = "/sys/class/net";
    private const int NoteMaxBytes = 64;

    /// <summary>Those of interfaces that are not down, in the kernel's order: those of IPv4 as they were added, those of IPv6 the other way round. Null if the kernel does not tell.</summary>
    public static IReadOnlyList<InterfaceAddress>? Find()
    {
        using var socket = new NetlinkSocket(RouteProtocol, waits: true);

        // A header (netlink(7)) and an empty ifaddrmsg (rtnetlink(7)).
        Span<byte> request = stackalloc byte[HeaderLength + BodyLength];
        request.Clear();
        BitConverter.TryWriteBytes(request, request.Length);
        BitConverter.TryWriteBytes(request[4..], GetAddress);
        BitConverter.TryWriteBytes(request[6..], RequestDump);
        if (!socket.Send(request))
        {
            return null;
        }

        List<InterfaceAddress> found = [];
        var answer = new byte[AnswerMaxBytes];
        for (var i = 0; i < MostMessages; i++)
        {
            // The kernel has the next part ready whenever it is asked for it.
            var length = socket.Receive(answer);
            if (length == 0 || Parse(answer.AsSpan(0, length), found) is not { } isLast)
            {
                return null;
            }

            if (isLast)
            {
                var down = Down();
                found.RemoveAll(address => down.Contains(address.Interface));
                return found;
            }
        }

        return null;
    }

    /// <summary>The indexes of the interfaces that carry nothing (<c>operstate</c>, sysfs); empty if that cannot be found out.</summary>
    private static HashSet<int> Down()
    {
        try
        {
            return
            [
                .. Directory
                    .EnumerateFileSystemEntries(Interfaces)
                    .Where(path => Note(path, "operstate") is "down" or "lowerlayerdown" or "notpresent")
                    .Select(path =>
                        int.TryParse(Note(path, "ifindex"), NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1
                    ),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Note(string path, string name) =>
        PlainFile.ReadText(Path.Combine(path, name), NoteMaxBytes, followLink: true)?.Trim();

    /// <summary>Adds what is in one answer; whether it is the last one, null if it is none.</summary>
    internal static bool? Parse(ReadOnlySpan<byte> answer, List<InterfaceAddress> found)
    {
        while (answer.Length >= HeaderLength)
        {
            var length = BitConverter.ToInt32(answer);
            if (length < HeaderLength || length > answer.Length)
            {
                return null;
            }

            switch (BitConverter.ToUInt16(answer[4..]))
            {
                case Done:
                    return true;
                case Error:
                    return null;
                case NewAddress when ParseAddress(answer[HeaderLength..length]) is { } address:
                    found.Add(address);
                    break;
            }

            answer = answer[Math.Min(Aligned(length), answer.Length)..];
        }

        return false;
    }

    // An ifaddrmsg and its attributes (rtnetlink(7)). On a point-to-point link the local address is an attribute of its own.
    private static InterfaceAddress? ParseAddress(ReadOnlySpan<byte> message)
    {
        if (message.Length < BodyLength)
        {
            return null;
        }

        var (prefix, flags, index) = (message[1], (uint)message[2], BitConverter.ToInt32(message[4..]));
        IPAddress? address = null,
            local = null;
        for (var rest = message[BodyLength..]; rest.Length >= 4; )
        {
            var length = BitConverter.ToUInt16(rest);
            if (length < 4 || length > rest.Length)
            {
                return null;
            }

            var value = rest[4..length];
            switch (BitConverter.ToUInt16(rest[2..]))
            {
                case AddressAttribute when value.Length is 4 or 16:
                    address = new IPAddress(value);
                    break;
                case LocalAttribute when value.Length is 4 or 16:
                    local = new IPAddress(value);
                    break;
                case FlagsAttribute when value.Length >= 4:
                    flags = BitConverter.ToUInt32(value);
                    break;
            }

            rest = rest[Math.Min(Aligned(length), rest.Length)..];
        }

        return (local ?? address) is { } own ? new InterfaceAddress(own, prefix, index, (flags & (Secondary | Deprecated)) != 0) : null;
    }

    private static int Aligned(int length) => (length + 3) & ~3;
}
