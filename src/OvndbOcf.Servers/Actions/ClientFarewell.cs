using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Linux;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Idle clients notice at once that the address has moved. Pacemaker takes it away before the databases are given up, so nothing that the former active servers send reaches them any more: a client that says
/// nothing itself would find out by its probe. So the former node tells the new one, which may be the same, which connections it had, and that one ends them (<see cref="TickleAck"/>). Nothing depends on it.
/// </summary>
internal sealed class ClientFarewell(ActionScope scope, AgentParameters parameters, CopyAttributes attributes)
{
    // They all come back a second later, and the server takes one after the other.
    private const int Batch = 50;
    private static readonly TimeSpan BetweenBatches = TimeSpan.FromMilliseconds(20);

    // A client answers the former node until it has heard that the address is elsewhere.
    private static readonly TimeSpan[] BetweenRounds =
    [
        TimeSpan.FromMilliseconds(200),
        TimeSpan.FromMilliseconds(500),
        TimeSpan.FromSeconds(1),
    ];

    /// <summary>Tells the next active node which connections clients have here now, before they are given up. Looks at once, and tells while other things are done.</summary>
    public Task TellAsync()
    {
        if (scope.Topology.VirtualAddress is not { } address)
        {
            return Task.CompletedTask;
        }

        var connections = TcpConnections.At(address, [parameters.Northbound.Port, parameters.Southbound.Port]);
        return connections.Count == 0
            ? Task.CompletedTask
            : attributes.TellClientsAsync(
                FormerClients.ToText(connections.Select(connection => new FormerConnection(connection.Local, connection.Remote)))
            );
    }

    /// <summary>On the new active node, once the address is here: ends the connections that clients had to the former one.</summary>
    public async Task EndAsync(IPAddress address)
    {
        var told = await attributes.ReadClientsAsync().ConfigureAwait(false);
        List<FormerConnection> clients = [.. told.Values.SelectMany(text => FormerClients.Parse(text, address))];
        if (clients.Count == 0)
        {
            return;
        }

        using (var tickle = new TickleAck(address.AddressFamily))
        {
            await SendAsync(tickle, clients).ConfigureAwait(false);
            foreach (var pause in BetweenRounds)
            {
                await Task.Delay(pause, scope.Clock).ConfigureAwait(false);
                if (scope.Deadline.HasPassed || !NodeAddress.IsLocal(address))
                {
                    break;
                }

                await SendAsync(tickle, clients).ConfigureAwait(false);
            }
        }

        await attributes.ForgetClientsAsync(told.Keys).ConfigureAwait(false);
    }

    private async Task SendAsync(TickleAck tickle, List<FormerConnection> clients)
    {
        foreach (var batch in clients.Chunk(Batch))
        {
            foreach (var client in batch)
            {
                tickle.Send(client.Server, client.Client);
            }

            await Task.Delay(BetweenBatches, scope.Clock).ConfigureAwait(false);
        }
    }
}
