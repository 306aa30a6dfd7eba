using System.Net.NetworkInformation;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Networks;
using Microsoft.Extensions.Logging.Abstractions;

namespace OvndbOcf.Simulation.Networks;

/// <summary>The network of one cluster, closed against the outside: connection attempts to 192.0.2.254 must not leave the machine.</summary>
/// <param name="Handle">The network as Testcontainers knows it.</param>
/// <param name="Addresses">Its addresses.</param>
internal sealed record ClusterNetwork(INetwork Handle, Subnet Addresses)
{
    private const int Attempts = 20;

    /// <summary>Creates a network on a subnet that nothing on this machine uses, also when other processes do the same now.</summary>
    /// <exception cref="InvalidOperationException">No free subnet was found in a bounded number of attempts.</exception>
    public static async Task<ClusterNetwork> CreateAsync(
        string name,
        bool ipv6,
        IReadOnlyDictionary<string, string> labels,
        CancellationToken cancellationToken
    )
    {
        var used = NetworkInterface
            .GetAllNetworkInterfaces()
            .SelectMany(link => link.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .ToList();
        Exception? last = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var subnet = Subnet.At(Random.Shared.Next(Subnet.Count));
            if (used.Any(subnet.Covers))
            {
                continue;
            }

            try
            {
                var network = Describe(name, subnet, ipv6, labels).Build();
                await network.CreateAsync(cancellationToken).ConfigureAwait(false);
                return new ClusterNetwork(network, subnet);
            }
            catch (Docker.DotNet.DockerApiException failure) when (failure.Message.Contains("overlap", StringComparison.OrdinalIgnoreCase))
            {
                last = failure;
            }
        }

        throw new InvalidOperationException($"no free subnet in 10.64.0.0/10 after {Attempts} attempts", last);
    }

    private static NetworkBuilder Describe(string name, Subnet subnet, bool ipv6, IReadOnlyDictionary<string, string> labels) =>
        new NetworkBuilder()
            .WithName(name)
            .WithLogger(NullLogger.Instance)
            .WithCleanUp(false)
            .WithLabel(labels)
            .WithCreateParameterModifier(parameters =>
            {
                parameters.Internal = true;
                parameters.EnableIPv6 = ipv6;
                parameters.IPAM = new IPAM { Driver = "default", Config = [new IPAMConfig { Subnet = subnet.Ipv4 }] };
                if (ipv6)
                {
                    parameters.IPAM.Config.Add(new IPAMConfig { Subnet = subnet.Ipv6 });
                }
            });
}
