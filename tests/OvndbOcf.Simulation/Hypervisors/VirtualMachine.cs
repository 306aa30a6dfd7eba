using System.Net;

namespace OvndbOcf.Simulation.Hypervisors;

/// <summary>What stands for a VM: a network namespace with one interface.</summary>
/// <param name="Name">Its name on the platform, at most 11 characters.</param>
/// <param name="Port">The logical switch port that its interface is.</param>
/// <param name="Mac">Its MAC address.</param>
/// <param name="Address">Its IPv4 address, in a /24 network.</param>
/// <param name="Gateway">Its router.</param>
public sealed record VirtualMachine(string Name, string Port, string Mac, IPAddress Address, IPAddress Gateway)
{
    /// <summary>The device on the hypervisor. Linux allows 15 characters.</summary>
    public string Device => $"tap-{Name}";

    /// <summary>The port's addresses as the Northbound database has them.</summary>
    public string PortAddresses => $"{Mac} {Address}";
}
