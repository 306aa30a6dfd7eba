using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Copies;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Gives up an active server as planned: its clients go first, then the closing marker is written as the last transaction, then the connected backups
/// get time to receive it.
/// Only then does it become a backup.
/// </summary>
/// <param name="parameters">The parameters.</param>
/// <param name="topology">Tells where backups connect.</param>
/// <param name="log">Where messages go.</param>
internal sealed class Retirement(AgentParameters parameters, ClusterTopology topology, OcfLog log)
{
    // What is on its way to a backup that does not take it is not waited for longer than this.
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Makes the server a backup of nobody.</summary>
    /// <param name="server">The server: active.</param>
    /// <param name="closing">The closing marker; null if there is no open promotion to close.</param>
    /// <param name="northd">The end of ovn-northd, which writes through the local socket.</param>
    /// <param name="deadline">When it has to be done.</param>
    /// <returns>Whether it is a backup, and whether the closing marker is provably the last thing in its data.</returns>
    public async Task<(Outcome Outcome, bool IsClosed)> RetireAsync(
        IDatabaseServer server,
        PromotionMarker? closing,
        Task northd,
        Deadline deadline
    )
    {
        var clients = ClientsOf(server, deadline);

        // Where the data says how patient to be with backups, they lose their connections with that remote, and the closing marker would not reach them.
        var byData = ClientRemotes.ByData(server.Database);
        var isForBackups =
            topology.ListenerForBackups(server.Database) is not null
            && server.Connections.HasReplicationRow(deadline.Within(AnswerTimeout))
            && clients.Remove(byData);
        foreach (var remote in clients)
        {
            server.StopListening(remote, deadline);
        }

        await northd.ConfigureAwait(false);
        var length = closing is null ? null : await CloseAsync(server, closing, deadline).ConfigureAwait(false);
        if (isForBackups)
        {
            server.StopListening(byData, deadline);
        }

        var demoted = await server.DemoteAsync(null, deadline).ConfigureAwait(false);
        var isClosed =
            length is not null && demoted.IsDone && DatabaseFile.Length(DatabaseFile.Find(parameters, server.Database)) == length;
        if (length is not null && !isClosed)
        {
            log.Warning(
                $"{PromotionStory.EndOf(closing!)}: {server.Database.Label}: rows were written after the closing marker, and the next active server may lack those rows; this node's file is set aside before the node follows"
            );
        }

        // What an operator made it listen on is as it was. Of its own a backup has what it is started with, and nothing of earlier parameters.
        var agents = server.Listeners.OfAgent();
        foreach (var remote in clients.Where(remote => !agents.Contains(remote)))
        {
            log.Debug(server.Listen(remote, deadline).Problem ?? $"listening on {remote} again");
        }

        if (server.Listeners.AlignBackup(deadline) is { Problem: { } problem })
        {
            log.Warning(problem);
        }

        return (demoted, isClosed);
    }

    // Where all clients come by one listener, backups among them, it has to stay until the end. Backups that follow by another port, which was the right one until now, stay as well.
    private List<string> ClientsOf(IDatabaseServer server, Deadline deadline) =>
        topology.ListenerForBackups(server.Database)?.Address is not { } own || IsTakenByAll(own, server.Database.Port)
            ? []
            :
            [
                .. (server.Remotes(deadline) ?? []).Where(remote =>
                    Remote.TryParse(remote)?.Address?.Equals(own) != true && !remote.StartsWith("punix:", StringComparison.Ordinal)
                ),
            ];

    // A row on all addresses, of an operator, that was there first: the server has the remote for backups, and cannot listen on it.
    private static bool IsTakenByAll(IPAddress own, int port)
    {
        var there = PortListener.FindAll(port);
        return there.Count > 0 && !there.Any(listener => listener.Local.Address.Equals(own));
    }

    private async Task<long?> CloseAsync(IDatabaseServer server, PromotionMarker closing, Deadline deadline)
    {
        var written = server.Copy.WriteMarker(closing, deadline);
        if (!written.IsDone)
        {
            log.Warning(
                $"{PromotionStory.EndOf(closing)}: {written.Problem}; the next active server cannot prove that its copy is complete"
            );
            return null;
        }

        var length = DatabaseFile.Length(DatabaseFile.Find(parameters, server.Database));

        // The answer to another question means that the server has been round once, and has sent the marker to whoever follows.
        server.Remotes(deadline);
        var drained = await Wait.UntilAsync(
                "backups to receive everything",
                () => !TcpConnections.HasUnacknowledged(server.Database.Port),
                deadline.Within(DrainTimeout),
                log
            )
            .ConfigureAwait(false);
        if (!drained)
        {
            log.Warning(
                $"{PromotionStory.EndOf(closing)}: {server.Database.Label}: a backup has not received all rows in time; check the network to the backups"
            );
        }

        return length;
    }
}
