using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// The connections of backups to an active server's own address. ovsdb-server ends them when the row by which it listens there comes or goes, and backups come back after a second. Whoever changes the row waits for
/// them: a demotion in between would close a promotion whose end reaches nobody, and nobody could follow it without a loss.
/// </summary>
internal sealed class ReturningBackups
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // A backup asks for identity and schema before it asks for data. From then on what it was not sent yet shows in the kernel.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private readonly IPAddress? _own;
    private readonly int _port;
    private readonly List<IPEndPoint> _before;

    /// <summary>As they are before the row is changed.</summary>
    public ReturningBackups(AgentParameters parameters, DatabaseParameters database)
    {
        _own = NodeAddress.ForReplication(parameters);
        _port = database.Port;
        _before = Find();
    }

    /// <summary>After the change: waits until each node that was connected is connected anew, for three seconds at most.</summary>
    public async Task WaitAsync(Deadline deadline, OcfLog log)
    {
        if (_before.Count == 0)
        {
            return;
        }

        var patience = Deadline.After(Patience).Earlier(deadline);
        if (
            await Wait.UntilAsync("backups to connect again", () => ReturnedBackups.AreBack(_before, Find()), patience, log)
                .ConfigureAwait(false)
        )
        {
            await Task.Delay(Settling).ConfigureAwait(false);
        }
    }

    private List<IPEndPoint> Find() =>
        _own is null
            ? []
            : [.. TcpConnections.To(_port).Where(connection => connection.Value.Address.Equals(_own)).Select(connection => connection.Key)];
}
