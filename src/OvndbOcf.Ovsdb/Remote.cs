using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OvndbOcf.Ovsdb;

/// <summary>
/// One end of TCP connections as Open vSwitch writes it (ovsdb(7), "Connection Methods"): <c>tcp:IP:PORT</c> or <c>ssl:IP:PORT</c> where a server is to be reached,
/// <c>ptcp:PORT:IP</c> or <c>pssl:PORT:IP</c> where it listens. IPv6 addresses are in brackets.
/// </summary>
/// <param name="IsPassive">Whether a server listens there; otherwise it is connected to.</param>
/// <param name="IsTls">Whether TLS is spoken.</param>
/// <param name="Address">The address; null where a server listens on all of IPv4 because none was written.</param>
/// <param name="Port">The TCP port.</param>
public sealed record Remote(bool IsPassive, bool IsTls, IPAddress? Address, int Port)
{
    // The port of a listener that was written without one.
    private const string DefaultPort = "6640";

    /// <summary>Whether a server listens there on all addresses of a family.</summary>
    public bool IsOnAllAddresses => IsPassive && (Address is null || Address.Equals(IPAddress.Any) || Address.Equals(IPAddress.IPv6Any));

    /// <summary>Where a server listens.</summary>
    public static Remote Listener(bool isTls, IPAddress address, int port) => new(IsPassive: true, isTls, address, port);

    /// <summary>Where a server is reached.</summary>
    public static Remote Server(bool isTls, IPAddress address, int port) => new(IsPassive: false, isTls, address, port);

    /// <summary>The address as it stands in a remote: IPv6 in brackets.</summary>
    public static string Bracketed(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    /// <summary>Reads a remote; null if it is none of the four kinds, or names its end in another way than by a numeric address.</summary>
    public static Remote? TryParse(string? text)
    {
        if (text?.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
        {
            return null;
        }

        var rest = text.AsSpan(colon + 1);
        return text.AsSpan(0, colon) switch
        {
            "ptcp" => ParseListener(rest, isTls: false),
            "pssl" => ParseListener(rest, isTls: true),
            "tcp" => ParseServer(rest, isTls: false),
            "ssl" => ParseServer(rest, isTls: true),
            _ => null,
        };
    }

    /// <summary>The text that <see cref="TryParse"/> reads, and Open vSwitch takes.</summary>
    public override string ToString() =>
        (IsPassive, Address) switch
        {
            (true, null) => $"p{Protocol}:{Port}",
            (true, { } address) => $"p{Protocol}:{Port}:{Bracketed(address)}",
            (false, { } address) => $"{Protocol}:{Bracketed(address)}:{Port}",
            _ => throw new InvalidOperationException("a server is reached at an address"),
        };

    private string Protocol => IsTls ? "ssl" : "tcp";

    // PORT[:ADDRESS]; port 0 is one that the kernel chooses.
    private static Remote? ParseListener(ReadOnlySpan<char> text, bool isTls)
    {
        var colon = text.IndexOf(':');
        var port = colon < 0 ? text : text[..colon];
        var address = colon < 0 ? default : text[(colon + 1)..];
        if (!TryParsePort(port.IsEmpty ? DefaultPort : port, out var number))
        {
            return null;
        }

        return address.IsEmpty ? new Remote(IsPassive: true, isTls, null, number)
            : ParseAddress(address) is { } single ? Listener(isTls, single, number)
            : null;
    }

    // ADDRESS:PORT
    private static Remote? ParseServer(ReadOnlySpan<char> text, bool isTls) =>
        text.LastIndexOf(':') is > 0 and var colon
        && TryParsePort(text[(colon + 1)..], out var port)
        && port > 0
        && ParseAddress(text[..colon]) is { } address
            ? Server(isTls, address, port)
            : null;

    private static bool TryParsePort(ReadOnlySpan<char> text, out ushort port) =>
        ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port);

    // The platform also takes "10.9" for an IPv4 address, Open vSwitch does not.
    private static IPAddress? ParseAddress(ReadOnlySpan<char> text)
    {
        var isBracketed = text.Length > 2 && text[0] == '[' && text[^1] == ']';
        return
            IPAddress.TryParse(isBracketed ? text[1..^1] : text, out var address)
            && address.AddressFamily == AddressFamily.InterNetworkV6 == isBracketed
            && (isBracketed || text.SequenceEqual(address.ToString()))
            ? address
            : null;
    }
}
