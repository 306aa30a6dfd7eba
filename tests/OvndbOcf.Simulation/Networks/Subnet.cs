using System.Net;
using System.Net.Sockets;

namespace OvndbOcf.Simulation.Networks;

/// <summary>The addresses of one cluster's network: a private IPv4 /24 and, if asked for, a unique local IPv6 /64 (RFC 4193).</summary>
internal sealed record Subnet
{
    private const byte FirstNode = 11;
    private const byte FirstClient = 101;
    private const byte FirstHypervisor = 151;
    private const byte Virtual = 200;
    private const byte ShelfHost = 210;

    /// <summary>The second and third byte of the network 10.x.y.0.</summary>
    private readonly (byte Second, byte Third) id;

    private Subnet(byte second, byte third) => id = (second, third);

    // Addresses have the same length in every cluster, so that what shows them has its lines broken in the same places.
    private const int FirstOfThreeDigits = 100;
    private const int SecondBytes = 128 - FirstOfThreeDigits;
    private const int ThirdBytes = 256 - FirstOfThreeDigits;

    /// <summary>How many different subnets there are.</summary>
    public static int Count => SecondBytes * ThirdBytes;

    /// <summary>The subnet of an index below <see cref="Count"/>, out of 10.64.0.0/10.</summary>
    public static Subnet At(int index) =>
        new((byte)(FirstOfThreeDigits + (index / ThirdBytes)), (byte)(FirstOfThreeDigits + (index % ThirdBytes)));

    /// <summary>In CIDR notation.</summary>
    public string Ipv4 => $"10.{id.Second}.{id.Third}.0/24";

    /// <summary>In CIDR notation.</summary>
    public string Ipv6 => $"{Ipv6Prefix}/64";

    /// <summary>The address that floats; outside the range of the nodes.</summary>
    public IPAddress VirtualIp => Ipv4Host(Virtual);

    /// <summary>The IPv6 address that floats; outside the range of the nodes.</summary>
    public IPAddress VirtualIpv6 => Ipv6Host(Virtual);

    private string Ipv6Prefix => $"fd0c:f0{id.Second:x2}:{id.Third:x}::";

    /// <summary>The IPv4 address of the node with the number, counted from 1.</summary>
    public IPAddress Node(int number) => Ipv4Host(checked((byte)(FirstNode + number - 1)));

    /// <summary>The IPv6 address of the node with the number, counted from 1.</summary>
    public IPAddress NodeIpv6(int number) => Ipv6Host(checked((byte)(FirstNode + number - 1)));

    /// <summary>The IPv4 address of the client with the number, counted from 1.</summary>
    public IPAddress Client(int number) => Ipv4Host(checked((byte)(FirstClient + number - 1)));

    /// <summary>The IPv4 address of the hypervisor with the number, counted from 1.</summary>
    public IPAddress Hypervisor(int number) => Ipv4Host(checked((byte)(FirstHypervisor + number - 1)));

    /// <summary>The address of the machine that keeps the nodes' disks; nothing talks to it.</summary>
    public IPAddress Shelf => Ipv4Host(ShelfHost);

    /// <summary>The IPv6 address of the client with the number, counted from 1.</summary>
    public IPAddress ClientIpv6(int number) => Ipv6Host(checked((byte)(FirstClient + number - 1)));

    /// <summary>The IPv6 address of the hypervisor with the number, counted from 1.</summary>
    public IPAddress HypervisorIpv6(int number) => Ipv6Host(checked((byte)(FirstHypervisor + number - 1)));

    /// <summary>Whether one of this machine's addresses lies in the subnet.</summary>
    public bool Covers(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
        && address.GetAddressBytes() is var bytes
        && (bytes[0], bytes[1], bytes[2]) == (10, id.Second, id.Third);

    private IPAddress Ipv4Host(byte host) => new([10, id.Second, id.Third, host]);

    private IPAddress Ipv6Host(byte host) => IPAddress.Parse($"{Ipv6Prefix}{host:x}");
}
