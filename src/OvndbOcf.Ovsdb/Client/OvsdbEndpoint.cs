using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace OvndbOcf.Ovsdb.Client;

/// <summary>
/// Where an OVSDB server listens (ovsdb(7), "Active Connection Methods"): a unix socket, or a TCP port of a numeric address. Names are
/// not resolved, as that cannot be bounded by a deadline; TLS is not spoken.
/// </summary>
public sealed class OvsdbEndpoint
{
    private OvsdbEndpoint(string? path, IPAddress? address, int port)
    {
        Path = path;
        Address = address;
        Port = port;
    }

    /// <summary>The path of the unix socket; null for TCP.</summary>
    public string? Path { get; }

    /// <summary>The IPv4 or IPv6 address; null for a unix socket.</summary>
    public IPAddress? Address { get; }

    /// <summary>The TCP port, 1 to 65535; 0 for a unix socket.</summary>
    public int Port { get; }

    /// <summary>A unix socket, such as <c>/var/run/ovn/ovnnb_db.sock</c>.</summary>
    public static OvsdbEndpoint Unix(string path) => new(path, null, 0);

    /// <summary>A TCP port.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The port is not one of 1 to 65535.</exception>
    public static OvsdbEndpoint Tcp(IPAddress address, int port)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        return new OvsdbEndpoint(null, address, port);
    }

    /// <summary>Reads <c>unix:FILE</c>, <c>tcp:IP:PORT</c> or <c>tcp:[IP]:PORT</c>.</summary>
    /// <exception cref="FormatException">The text is none of these.</exception>
    public static OvsdbEndpoint Parse(string text) =>
        TryParse(text, out var endpoint) ? endpoint : throw new FormatException($"not unix:FILE, tcp:IP:PORT or tcp:[IP]:PORT: {text}");

    /// <summary>Reads the forms of <see cref="Parse"/>; false if the text is none of them.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out OvsdbEndpoint? endpoint)
    {
        endpoint = null;
        if (text.StartsWith("unix:", StringComparison.Ordinal) && text.Length > 5)
        {
            endpoint = Unix(text[5..]);
        }
        else if (Remote.TryParse(text) is { IsPassive: false, IsTls: false, Address: { } address } remote)
        {
            endpoint = Tcp(address, remote.Port);
        }

        return endpoint is not null;
    }

    /// <summary>The form that <see cref="Parse"/> reads, with IPv6 addresses in brackets.</summary>
    public override string ToString() => Address is null ? $"unix:{Path}" : Remote.Server(isTls: false, Address, Port).ToString();
}
