using System.Net;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;
using OvndbOcf.Processes;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// The connections that backups have to an active server's own listener. ovsdb-server ends them when the row by which it listens there comes or goes; ovsdb-server's clients come back after a second. Whoever
/// changes the row waits for them: a demotion in between would close a promotion whose end reaches nobody.
/// </summary>
internal sealed class ReturningBackups
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly IPAddress? _own;
    private readonly DatabaseParameters _database;
    private readonly IReadOnlyList<IPEndPoint> _before;

    /// <summary>As they are before the row is changed.</summary>
    public ReturningBackups(AgentParameters parameters, DatabaseParameters database)
    {
        _own = NodeAddress.ForReplication(parameters);
        _database = database;
        _before = Find();
    }

    /// <summary>After the change: waits until each node that was connected is connected anew, for three seconds at most.</summary>
    public Task<bool> WaitAsync(Deadline deadline, OcfLog log) =>
        Wait.UntilAsync($"the backups' connections to {_database.Label}", () => AreBack(_before, Find()), Deadline.After(Patience).Earlier(deadline), log);

    /// <summary>Whether all former connections are gone, and from each of their addresses there is one again.</summary>
    /// <param name="before">The remote ends before the change.</param>
    /// <param name="now">The remote ends now.</param>
    internal static bool AreBack(IReadOnlyCollection<IPEndPoint> before, IReadOnlyCollection<IPEndPoint> now) =>
        !before.Intersect(now).Any() && !before.Select(end => end.Address).Except(now.Select(end => end.Address)).Any();

    private List<IPEndPoint> Find() =>
        _own is null ? [] : [.. TcpConnections.To(_database.Port).Where(connection => connection.Value.Address.Equals(_own)).Select(connection => connection.Key)];
}
