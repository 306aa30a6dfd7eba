using OvndbOcf.Decisions.Instance;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Caching;
using OvndbOcf.Servers.Control;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// The monitor that costs next to nothing: where everything is as a thorough one left it, the answer is the same, and no tool of the cluster is called.
/// </summary>
internal static class CachedMonitor
{
    /// <summary>What the last thorough monitor found, if everything but the servers, which are still to be compared, is as it was; null if a thorough one is due.</summary>
    public static Recollection? Recall(AgentContext context, ExpectedRole expected)
    {
        if (
            expected == ExpectedRole.Unknown
            || context.MonitorCache.Read() is not { } noted
            || noted.Subject != MonitorCacheEntry.SubjectOf(expected, context.Parameters)
            || !WatchedConnections.AreStill(noted.Connections)
            || !ListenerWatch.AreStill(noted.Listeners)
            || (expected == ExpectedRole.Promoted && AddressArrival.IsOverdue(context))
            || (noted.Activity is { } activity && !ClusterActivity.IsStillAt(activity))
            || DatabaseDisks.IsFullNow(context.Parameters)
        )
        {
            return null;
        }

        return new Recollection(noted.Servers, noted.Markers, Watched(expected, context.Northd.Observe));
    }

    /// <summary>Notes what was found, unless there was something to change.</summary>
    /// <param name="context">The action.</param>
    /// <param name="expected">What Pacemaker expects; the instance is that.</param>
    /// <param name="servers">What was seen.</param>
    /// <param name="northd">What ovn-northd was.</param>
    /// <param name="watched">The connections that matter.</param>
    /// <param name="markers">What the markers in active databases were when the servers were looked at, before anything was done about them; null for those of a backup.</param>
    /// <param name="listeners">Which sockets took connections before it was looked at whose they are.</param>
    /// <param name="activity">How far the cluster had got before anything was read from it.</param>
    public static void Note(
        AgentContext context,
        ExpectedRole expected,
        ServerPair servers,
        NorthdState northd,
        IReadOnlyList<WatchedConnection> watched,
        string? markers,
        string listeners,
        string? activity
    )
    {
        if (context.Cluster.Changes == 0 && expected != ExpectedRole.Unknown && (markers is not null || expected != ExpectedRole.Promoted))
        {
            context.MonitorCache.Write(
                new MonitorCacheEntry(
                    MonitorCacheEntry.SubjectOf(expected, context.Parameters),
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

    /// <summary>What servers and ovn-northd were, of which ovn-northd has been looked at again.</summary>
    internal readonly record struct Recollection(string Noted, string? Markers, NorthdState Northd)
    {
        /// <summary>Whether with these answers everything is as it was.</summary>
        public bool AgreesWith(ServerAnswers answers, AgentContext context) =>
            Noted == MonitorCacheEntry.ServersOf(answers.Said, Northd)
            && (Markers is null || MarkerWatch.AreStill(Markers, context.Parameters, context.Deadline));
    }
}
