using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Memory;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// The monitor that costs next to nothing: where everything is as a thorough one left it, the answer is the same, and no tool of the cluster is called.
/// </summary>
internal sealed class CachedMonitor(ActionScope scope, AgentParameters parameters, INorthd northd, ResourceMemory memory, Func<int> changes)
{
    /// <summary>What the last thorough monitor found, if everything but the servers, which are still to be compared, is as it was; null if a thorough one is due.</summary>
    public Recollection? Recall(ExpectedRole expected)
    {
        if (
            expected == ExpectedRole.Unknown
            || memory.MonitorCache.Read() is not { } noted
            || noted.Subject != MonitorCacheEntry.SubjectOf(expected, parameters)
            || !WatchedConnections.AreStill(noted.Connections)
            || !ListenerWatch.AreStill(noted.Listeners)
            || (expected == ExpectedRole.Promoted && AddressArrival.IsOverdue(memory))
            || (noted.Activity is { } activity && !ClusterActivity.IsStillAt(activity))
            || DatabaseDisks.IsFullNow(parameters)
        )
        {
            return null;
        }

        return new Recollection(noted.Servers, noted.Markers, Watched(expected, northd.Observe));
    }

    /// <summary>Notes what was found, unless there was something to change.</summary>
    /// <param name="expected">What Pacemaker expects; the instance is that.</param>
    /// <param name="servers">What was seen.</param>
    /// <param name="northd">What ovn-northd was.</param>
    /// <param name="watched">The connections that matter.</param>
    /// <param name="markers">What the markers in active databases were when the servers were looked at, before anything was done about them; null for those of a backup.</param>
    /// <param name="listeners">Which sockets took connections before it was looked at whose they are.</param>
    /// <param name="activity">How far the cluster had got before anything was read from it.</param>
    public void Note(
        ExpectedRole expected,
        ServerPair servers,
        NorthdState northd,
        IReadOnlyList<WatchedConnection> watched,
        string? markers,
        string listeners,
        string? activity
    )
    {
        if (changes() == 0 && expected != ExpectedRole.Unknown && (markers is not null || expected != ExpectedRole.Promoted))
        {
            memory.MonitorCache.Write(
                new MonitorCacheEntry(
                    MonitorCacheEntry.SubjectOf(expected, parameters),
                    MonitorCacheEntry.ServersOf(servers, Watched(expected, () => northd)),
                    watched,
                    markers,
                    listeners,
                    activity
                )
            );
        }
    }

    // It is looked after beside the active servers only.
    private static NorthdState Watched(ExpectedRole expected, Func<NorthdState> northd) =>
        expected == ExpectedRole.Promoted ? northd() : NorthdState.NotManaged;

    /// <summary>Whether with these answers everything is as it was.</summary>
    public bool Agrees(Recollection recollection, ServerAnswers answers) =>
        recollection.Noted == MonitorCacheEntry.ServersOf(answers.Said, recollection.Northd)
        && (recollection.Markers is null || MarkerWatch.AreStill(recollection.Markers, parameters, scope.Deadline));

    /// <summary>What servers and ovn-northd were, of which ovn-northd has been looked at again.</summary>
    internal readonly record struct Recollection(string Noted, string? Markers, NorthdState Northd);
}
