using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Control;

/// <summary>Makes a running server listen as its role and the parameters want it, whatever parameters it was started with. The only place that does.</summary>
/// <param name="topology">Who connects where.</param>
/// <param name="server">The server.</param>
/// <param name="note">What the agent made it listen on.</param>
internal sealed class Listeners(ClusterTopology topology, IDatabaseServer server, ListenerNote note)
{
    private IReadOnlyList<string> OfClients => topology.RemotesOfActive(server.Database);

    // In this order: a row of the data that listens on all addresses finds the node's own one taken, and clients' connections can be ended before those of backups.
    private IReadOnlyList<string> OfAll =>
        topology.ListenerForBackups(server.Database) is { } own ? [own.ToString(), .. OfClients] : OfClients;

    /// <summary>
    /// As an active server, which clients and backups connect to. Where backups connect by a row of the data alone, there is no listener beside it: one without a row has no role and cannot be read-only.
    /// </summary>
    /// <param name="connections">The rows.</param>
    /// <param name="ensured">Whether they are as they should be; if not, nothing changes.</param>
    /// <param name="deadline">When it has to be done.</param>
    public Outcome AlignActive(IClientConnections connections, Outcome ensured, Deadline deadline) =>
        ensured.IsDone ? Align(connections.IsReadOnlyForBackups ? OfClients : OfAll, [], deadline) : ensured;

    /// <summary>
    /// As one that is about to be active: the clients' port alone. By its data, or at the node's own address, others would ask a backup for a dump that its promotion cuts off, and it would compose it first.
    /// </summary>
    public Outcome Prepare(Deadline deadline)
    {
        var ports = OfClients.Where(remote => remote != ClientRemotes.ByData(server.Database)).ToList();
        return Align(OfAll, [.. OfAll.Except(ports)], deadline);
    }

    /// <summary>As a backup, which nobody finds.</summary>
    public Outcome AlignBackup(Deadline deadline) => Align(topology.RemotesOfBackup(server.Database), [], deadline);

    private Outcome Align(IReadOnlyList<string> wanted, IReadOnlyList<string> later, Deadline deadline)
    {
        var agents = OfAgent();

        // Noted before it is done: what was not noted would stay for good.
        note.Write([.. agents, .. wanted]);
        var plan = ListenerPlan.For(server.Remotes(deadline), wanted, agents);
        foreach (var remote in plan.Remove)
        {
            server.StopListening(remote, deadline);
        }

        return Outcome.All([.. plan.Add.Except(later).Select(remote => server.Listen(remote, deadline))]);
    }

    /// <summary>Where an active server has to listen: for its clients, and for backups on the node's own address.</summary>
    public IReadOnlyList<IPEndPoint> Ends => topology.EndsOfActive(server.Database);

    /// <summary>Where an active server ought to listen and nobody does, though the address is here; null if there is no such place. The server looks for its addresses whenever it is asked something.</summary>
    public IPEndPoint? FindSilent(Deadline deadline)
    {
        IPEndPoint? Look() =>
            PortConflict.FindSilent(
                Ends,
                PortListener.FindAll(server.Database.Port),
                address => IsAny(address) || LocalAddress.IsUsable(address)
            );
        if (Look() is null)
        {
            return null;
        }

        server.Remotes(deadline);
        return Look();
    }

    /// <summary>Who holds a port that the active server needs, and what to do, for the exit reason; null if nobody is known to.</summary>
    public string? FindPortConflict()
    {
        var database = server.Database;
        if (
            DaemonFinder.FindServer(server.Paths).Daemon is not { } process
            || ForeignListener.Find(Ends, database.Port, process.Id) is not { } conflict
        )
        {
            return null;
        }

        var holder = conflict.FindHolder() is { } other ? $"process {other.Id} ({other.Name})" : "a process of another container";
        return $"{database.Label} port {database.Port} is held by {holder}, which listens on {conflict.Local}; stop that process, or change {database.Prefix}_master_port";
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    /// <summary>What the agent or ovn-ctl made the server listen on, with these or with earlier parameters, whether it does now or not.</summary>
    public HashSet<string> OfAgent()
    {
        const string Option = "--remote=";
        HashSet<string> remotes = [.. note.Read(), ClientRemotes.ByData(server.Database)];
        remotes.UnionWith(
            new[] { topology.ListenerForClients(server.Database), topology.ListenerForBackups(server.Database) }
                .OfType<Remote>()
                .Select(remote => remote.ToString())
        );

        if (DaemonFinder.FindServer(server.Paths).Daemon is { } process)
        {
            remotes.UnionWith(
                ProcessTable
                    .CommandLine(process.Id)
                    .Where(argument => argument.StartsWith(Option, StringComparison.Ordinal))
                    .Select(argument => argument[Option.Length..])
                    .Where(remote => !remote.StartsWith("punix:", StringComparison.Ordinal))
            );
        }

        return remotes;
    }
}
