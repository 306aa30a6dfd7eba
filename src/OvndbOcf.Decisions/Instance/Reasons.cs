using OvndbOcf.Decisions.Northd;

namespace OvndbOcf.Decisions.Instance;

/// <summary>
/// Says what was seen, database by database, and what to do about it, the important first: Pacemaker keeps the first 128 characters of an exit reason.
/// </summary>
public static class Reasons
{
    /// <summary>The exit reason of a monitor; null where all is well.</summary>
    /// <param name="state">The state of the instance.</param>
    /// <param name="servers">What was seen of the servers.</param>
    /// <param name="northd">What ovn-northd does.</param>
    /// <param name="expected">What Pacemaker expects.</param>
    /// <param name="northdProblem">Why ovn-northd could not be helped; null if nothing is known of that.</param>
    public static string? Of(InstanceState state, ServerPair servers, NorthdState northd, ExpectedRole expected, string? northdProblem) =>
        state switch
        {
            InstanceState.Failed when northd is not (NorthdState.NotManaged or NorthdState.NotRunning) && IsStopped(servers) =>
                "NB and SB are not running, and ovn-northd was left behind; the cluster restarts the instance",
            InstanceState.Failed => $"{Describe(servers)}; the cluster restarts both, see the logs of the servers for the cause",
            InstanceState.HalfPromoted => $"{Describe(servers)}: one is active, one is a backup; the cluster restarts both",
            InstanceState.UnpromotedDegraded =>
                $"{Describe(servers)}; check the network to the active node, keys and certificates where TLS is used, and that OVN here is not older than there",
            InstanceState.PromotedWithoutNorthd when northd == NorthdState.DiesRepeatedly =>
                "ovn-northd dies again and again, and is started each time; see the log of ovn-northd; NB and SB are active",
            InstanceState.PromotedWithoutNorthd =>
                $"ovn-northd {Describe(northd)}: {northdProblem ?? "starting ovn-northd again failed"}; NB and SB are active",
            InstanceState.Stopped when expected == ExpectedRole.Promoted =>
                "NB and SB are not running, though both were active; see their logs and that of the kernel for the cause",
            InstanceState.Stopped when expected == ExpectedRole.Unpromoted =>
                "NB and SB are not running; see their logs and that of the kernel for the cause",
            _ => null,
        };

    /// <summary>Both servers in a few words, such as "NB is active, SB is hung (process 7 is stopped by a signal)".</summary>
    public static string Describe(ServerPair servers) =>
        $"NB {ServerWords.Describe(servers.Northbound)}, SB {ServerWords.Describe(servers.Southbound)}";

    /// <summary>What ovn-northd does, such as "is paused".</summary>
    public static string Describe(NorthdState northd) =>
        northd switch
        {
            NorthdState.NotRunning => "is not running",
            NorthdState.Hung => "is stopped by a signal",
            NorthdState.DiesRepeatedly => "dies again and again",
            NorthdState.Paused => "is paused",
            NorthdState.Disconnected => "has no connection to NB or SB",
            NorthdState.Misdirected => "was told to connect to servers that are not of this resource",
            _ => "runs",
        };

    private static bool IsStopped(ServerPair servers) =>
        servers.Northbound.State == ServerState.NotRunning && servers.Southbound.State == ServerState.NotRunning;
}
