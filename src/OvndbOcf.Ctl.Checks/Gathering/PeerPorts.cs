using System.Net;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Whether ports of the databases can be reached from here. All connections are tried side by side.</summary>
internal static class PeerPorts
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    /// <summary>Tries those of the other nodes, where backups replicate from.</summary>
    public static async Task<Fact<IReadOnlyList<PeerPort>>> ConnectAsync(
        AgentParameters parameters,
        Fact<CorosyncFacts> corosync,
        NodeAddresses own,
        Fact<string> name
    )
    {
        var topology = parameters.TopologyOn(() => own);
        if (topology is not { SeparatesBackups: true, VirtualAddress: not null })
        {
            return Fact<IReadOnlyList<PeerPort>>.Of([]);
        }

        if (!corosync.IsKnown || !name.IsKnown)
        {
            return Fact<IReadOnlyList<PeerPort>>.Unknown(corosync.IsKnown ? name.WhyUnknown : corosync.WhyUnknown);
        }

        if (topology.OwnAddress is not { } mine || !mine.Equals(own.Cluster))
        {
            return Fact<IReadOnlyList<PeerPort>>.Unknown(
                "whether backups reach the other nodes: these replicate by other addresses than Corosync's, which are not known here"
            );
        }

        var others = corosync.Value.Nodes.Where(node => node.Name is not null && node.Name != name.Value).ToList();
        return others.Exists(node => node.Address is null)
            ? Fact<IReadOnlyList<PeerPort>>.Unknown("whether backups reach the other nodes: corosync.conf has names in place of addresses")
            : await ConnectAllAsync(others.SelectMany(node => Ports(parameters, node.Name, node.Address!))).ConfigureAwait(false);
    }

    /// <summary>Tries those of <c>master_ip</c>.</summary>
    public static Task<Fact<IReadOnlyList<PeerPort>>> ConnectClientsAsync(AgentParameters parameters) =>
        parameters.MasterIp is { } master
            ? ConnectAllAsync(Ports(parameters, null, master))
            : Task.FromResult(Fact<IReadOnlyList<PeerPort>>.Unknown("whether clients reach the databases: master_ip is not usable"));

    private static IEnumerable<(string? Node, IPEndPoint End)> Ports(AgentParameters parameters, string? node, IPAddress address) =>
        parameters.Databases.Select(database => (node, new IPEndPoint(address, database.Port)));

    private static async Task<Fact<IReadOnlyList<PeerPort>>> ConnectAllAsync(IEnumerable<(string? Node, IPEndPoint End)> ports) =>
        Fact<IReadOnlyList<PeerPort>>.Of(
            await Task.WhenAll(
                    ports.Select(async port => new PeerPort(
                        port.Node,
                        port.End,
                        await TcpReach.TryAsync(port.End, Timeout).ConfigureAwait(false)
                    ))
                )
                .ConfigureAwait(false)
        );
}
