using System.Net;
using OvndbOcf.Decisions.Databases;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Memory;

/// <summary>A connection between an active server and a backup, as one of the two sees it.</summary>
/// <param name="Local">The end on this node.</param>
/// <param name="Remote">The other end.</param>
/// <param name="IsThere">Whether it was found established.</param>
internal sealed record WatchedConnection(IPEndPoint Local, IPEndPoint Remote, bool IsThere)
{
    /// <summary>All in one word.</summary>
    public override string ToString() => $"{Local}>{Remote}={(IsThere ? '1' : '0')}";

    /// <summary>Reads such a word; null if it is none.</summary>
    public static WatchedConnection? Parse(string word) =>
        word.Split('>', '=') is [var first, var second, "0" or "1"]
        && IPEndPoint.TryParse(first, out var local)
        && IPEndPoint.TryParse(second, out var remote)
            ? new WatchedConnection(local, remote, word[^1] == '1')
            : null;
}

/// <summary>
/// What a monitor found when everything was as it should be and nothing was left to do. While all of it stays the same, so does what follows from it: the exit code, the
/// promotion score, what is published and what is on record.
/// </summary>
/// <param name="Subject">Of which instance: what was expected of it, and its parameters, in one line.</param>
/// <param name="Servers">What the servers and ovn-northd were, in one line.</param>
/// <param name="Connections">The connections between active servers and backups that mattered.</param>
/// <param name="Markers">What the markers in active databases were (<see cref="Control.MarkerWatch"/>); null for those of a backup.</param>
/// <param name="Listeners">Which sockets took connections to where active servers listen (<see cref="Control.ListenerWatch"/>).</param>
/// <param name="Activity">How far the cluster had got (<see cref="Pacemaker.ClusterActivity"/>); null if that cannot be seen here.</param>
internal sealed record MonitorCacheEntry(
    string Subject,
    string Servers,
    IReadOnlyList<WatchedConnection> Connections,
    string? Markers,
    string Listeners,
    string? Activity
)
{
    /// <summary>
    /// For how long it is relied on, whatever happens that nobody thought of: with a pause of a few seconds between monitors, nothing that was lost stays unnoticed for a minute.
    /// </summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromSeconds(55);

    /// <summary>For how long it is relied on where nothing tells that an attribute was lost or the cluster's configuration changed.</summary>
    public static readonly TimeSpan LastingBlind = TimeSpan.FromSeconds(10);

    /// <summary>Whether it still counts, by its age.</summary>
    public bool IsFresh(TimeSpan age) => age >= TimeSpan.Zero && age < (Activity is null ? LastingBlind : Lasting);

    /// <summary>Of which instance.</summary>
    public static string SubjectOf(ExpectedRole expected, AgentParameters parameters) => OneLine($"{(int)expected} {TextOf(parameters)}");

    /// <summary>The servers and ovn-northd in one line.</summary>
    public static string ServersOf(ServerPair servers, NorthdState northd) =>
        OneLine($"{TextOf(servers.Northbound)} {TextOf(servers.Southbound)} {(int)northd}");

    // Not by the names of enums, and so not by the texts that records have of themselves: looking names up at run time takes longer than asking a server.
    private static string TextOf(ServerObservation server) => $"{(int)server.State} {server.Source ?? "-"}";

    private static string TextOf(DatabaseParameters database) =>
        $"{database.Port} {(int)database.Protocol} {database.Tls.PrivateKey} {database.Tls.Certificate} {database.Tls.CaCertificate}";

    private static string TextOf(OvnDirectories directories) =>
        $"{directories.Run} {directories.Database} {directories.Log} {directories.SystemConfiguration}";

    private static string TextOf(AgentParameters parameters) =>
        $"{parameters.MasterIp} {TextOf(parameters.Northbound)} {TextOf(parameters.Southbound)} {parameters.ManageNorthd} {parameters.ListenOnMasterIpOnly} "
        + $"{parameters.ClientProbeInterval} {parameters.ActiveProbeInterval} {parameters.ReportDegraded} {(int)parameters.OutdatedPolicy} {parameters.SetAsideCount} {parameters.MaxOpenFiles} "
        + $"{parameters.ReplicateFromNode} {parameters.ReplicationNetwork} {parameters.OvnCtl} {TextOf(parameters.Directories)}";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
