using System.Net;
using System.Net.Sockets;
using OvndbOcf.Decisions.Connections;

namespace OvndbOcf.Servers.Parameters;

/// <summary>Which addresses can be that of the active servers.</summary>
internal static class MasterIp
{
    private const string Advice = "write the virtual IP address, such as 10.0.0.9 or 2001:db8::9";

    /// <summary>Reads an IPv4 or IPv6 address, the latter with or without brackets; or says what is wrong with it.</summary>
    public static IPAddress? TryParse(string? text, out string? problem)
    {
        problem = null;
        if (text is null)
        {
            problem = $"a value is required; {Advice}";
            return null;
        }

        var bare = text.Length > 2 && text[0] == '[' && text[^1] == ']' ? text[1..^1] : text;
        if (
            bare.AsSpan().ContainsAny('%', '[', ']')
            || !IPAddress.TryParse(bare, out var address)
            || !IsWrittenInFull(bare, address)
            || (bare.Length != text.Length && address.AddressFamily != AddressFamily.InterNetworkV6)
        )
        {
            problem = $"'{text}' is not an IP address; {Advice}, without name, prefix length or zone";
            return null;
        }

        var reason = Unusable(address);
        if (reason is not null)
        {
            problem = $"{text} {reason}; {Advice}";
            return null;
        }

        return address;
    }

    // The platform also takes "10.9" and "0x0a000009" for IPv4 addresses, and drops a port after brackets; in a cluster's configuration those are mistakes.
    private static bool IsWrittenInFull(string text, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 || text == address.ToString();

    private static string? Unusable(IPAddress address)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return "stands for all addresses, and backups need a single address (listen_on_master_ip_only=no makes the active servers listen on all)";
        }

        if (IPAddress.IsLoopback(address))
        {
            return "is a loopback address: every backup would replicate from itself and lose its data";
        }

        if (address.ToString() == NoSource.NeverAnswers)
        {
            return "is the address that backups use while no server is active";
        }

        var isMulticast =
            address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : address.GetAddressBytes()[0] >= 224;
        if (isMulticast)
        {
            return "is a multicast or reserved address";
        }

        if (address.IsIPv6LinkLocal)
        {
            return "is a link-local address, which other nodes cannot connect to without a zone";
        }

        return address.IsIPv4MappedToIPv6 ? "is an IPv4 address in IPv6 form" : null;
    }
}
