using System.Globalization;
using OvndbOcf.Ctl.Checks.Facts;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Pacemaker.Configuration;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Ctl.Checks.Gathering;

/// <summary>Looks at this node: at files and at the kernel's tables, at its servers, and at the ports of others. Everything that waits does so side by side, with a limit.</summary>
internal static class NodeReader
{
    private const string CorosyncFile = "/etc/corosync/corosync.conf";
    private const string LoadFile = "/proc/loadavg";
    private const int FileMaxBytes = 1 << 20;

    /// <summary>What can be found out for a resource.</summary>
    public static async Task<NodeFacts> ReadAsync(CheckedResource resource, ClusterConfiguration configuration, Fact<ClusterState> state)
    {
        var parameters = resource.Parameters;
        var isInContainer = resource.Primitive.Container?.Kind == ContainerKind.Bundle;
        var corosync = ReadCorosync();
        var addresses = NodeAddress.All;
        var topology = parameters.TopologyOn(() => addresses);
        var name = NameOf(configuration, corosync, addresses);
        var promoted = state.IsKnown ? state.Value.PromotedNodesOf(resource.Primitive.Id) : [];
        var isPromotedElsewhere = promoted is [var there] && (!name.IsKnown || there != name.Value);

        var agent = AgentFile.LookAsync(resource.Primitive.Agent, isInContainer);
        var peers = PeerPorts.ConnectAsync(parameters, corosync, addresses, name);
        var clients = PeerPorts.ConnectClientsAsync(parameters);
        var databases = parameters.Databases.Select(database =>
            Task.Run(() => DatabaseReader.Read(parameters, topology, database, isInContainer, isPromotedElsewhere))
        );
        return new NodeFacts
        {
            Now = DateTimeOffset.UtcNow,
            Name = name,
            Addresses =
                addresses.Addresses.Count > 0
                    ? Fact<NodeAddresses>.Of(addresses)
                    : Fact<NodeAddresses>.Unknown("the kernel does not tell this node's addresses"),
            Corosync = corosync,
            AgentPath = AgentFile.PathOf(resource.Primitive.Agent),
            EnabledServices = DistributionServices.Find(),
            Disk = Fact<Decisions.Files.DatabaseDisk>.Of(DatabaseDisks.Of(parameters)),
            NorthdFile = NorthdTargets.FileIn(parameters.Directories),
            NorthdElsewhere = Fact<string?>.Of(
                PlainFile.ReadText(NorthdTargets.FileIn(parameters.Directories), FileMaxBytes, followLink: true) is { } text
                    ? NorthdTargets.Elsewhere(NorthdTargets.Split(text), parameters, topology)
                    : null
            ),
            Load = ReadLoad(),
            Agent = await agent.ConfigureAwait(false),
            Peers = await peers.ConfigureAwait(false),
            ClientPorts = await clients.ConfigureAwait(false),
            Databases = await Task.WhenAll(databases).ConfigureAwait(false),
        };
    }

    private static Fact<CorosyncFacts> ReadCorosync() =>
        PlainFile.ReadText(CorosyncFile, FileMaxBytes, followLink: true) is { } text && CorosyncReader.Parse(text) is { } facts
            ? Fact<CorosyncFacts>.Of(facts)
            : Fact<CorosyncFacts>.Unknown($"{CorosyncFile} cannot be read");

    // The node of that address in corosync.conf, or the one that is called like this machine, or the remote node that the cluster finds here.
    private static Fact<string> NameOf(ClusterConfiguration configuration, Fact<CorosyncFacts> corosync, NodeAddresses addresses)
    {
        var byAddress = corosync.IsKnown
            ? corosync.Value.Nodes.FirstOrDefault(node => node.Address is { } address && addresses.Has(address))?.Name
            : null;
        var host = Environment.MachineName;
        return
            (
                new[] { byAddress, host, host.Split('.')[0] }.FirstOrDefault(name => name is not null && configuration.Nodes.Contains(name))
                ?? configuration.RemoteNodes.FirstOrDefault(node => node.IsOn(host, NodeAddress.IsLocal))?.Name
            )
                is { } found
            ? Fact<string>.Of(found)
            : Fact<string>.Unknown($"the cluster has no node that is called {host}");
    }

    private static Fact<double> ReadLoad() =>
        PlainFile.ReadText(LoadFile, FileMaxBytes)?.Split(' ') is [var minute, ..]
        && double.TryParse(minute, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var load)
            ? Fact<double>.Of(load / Environment.ProcessorCount)
            : Fact<double>.Unknown($"{LoadFile} cannot be read");
}
