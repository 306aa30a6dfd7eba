using System.Net;
using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Topology;
using OvndbOcf.Linux;
using OvndbOcf.Ocf;
using OvndbOcf.Servers.Memory;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Backups that the agent cuts off for a moment: ovsdb-server ends their connections when the row by which it listens for them comes or goes, and they come back after a second. A promotion that is closed in
/// between has an end that reaches nobody, and nobody could follow it without a loss; so a planned retirement waits for them. Pacemaker kills a monitor that is under way when it plans one: hence a note, written
/// before the row is changed.
/// </summary>
/// <param name="note">Which were connected.</param>
/// <param name="topology">Tells where they connect.</param>
/// <param name="database">Whose backups.</param>
internal sealed class ReturningBackups(RecentNote note, ClusterTopology topology, DatabaseParameters database)
{
    // Backups try again after one second, and after two more.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3.5);

    // A backup asks for identity and schema before it asks for data. From then on what it was not sent yet shows in the kernel.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private readonly IPAddress? _own = topology.OwnAddress;

    /// <summary>Before they are cut off.</summary>
    public void Note() => note.Write(string.Join(' ', Find()));

    /// <summary>Waits until those that were cut off within the last seconds are connected anew; a quarter of the time that is left at most.</summary>
    public async Task WaitAsync(Deadline deadline, OcfLog log)
    {
        List<IPEndPoint> before = [];
        foreach (var text in (note.Read() ?? string.Empty).Split(' '))
        {
            if (IPEndPoint.TryParse(text, out var end))
            {
                before.Add(end);
            }
        }

        // Mostly nothing is noted, and the kernel's tables take milliseconds to read, in which nobody can write.
        if (before.Count == 0 || !ReturnedBackups.WereCutOff(before, Find()))
        {
            return;
        }

        var patience = deadline.Share(0.25).Within(Patience);
        if (
            await Wait.UntilAsync(
                    $"the backups of {database.Label} to connect again",
                    () => ReturnedBackups.AreBack(before, Find()),
                    patience,
                    log
                )
                .ConfigureAwait(false)
        )
        {
            await Task.Delay(Settling, deadline.Clock).ConfigureAwait(false);
        }
    }

    private List<IPEndPoint> Find() =>
        _own is null
            ? []
            :
            [
                .. TcpConnections
                    .To(database.Port)
                    .Where(connection => connection.Value.Address.Equals(_own))
                    .Select(connection => connection.Key),
            ];
}
