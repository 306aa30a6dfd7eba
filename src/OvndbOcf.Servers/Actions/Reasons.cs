using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// Says what was seen, database by database, and what to do about it, the important first: Pacemaker keeps the first 128 characters of an exit reason.
/// </summary>
internal static class Reasons
{
    /// <summary>The exit reason of a monitor; null where all is well.</summary>
    public static string? Of(InstanceState state, ServerPair servers, NorthdState northd, ExpectedRole expected, Outcome northdOutcome) => state switch
    {
        InstanceState.Failed when northd is not (NorthdState.NotManaged or NorthdState.NotRunning) && IsStopped(servers) =>
            "NB and SB are not running, and ovn-northd was left over; the cluster restarts them",
        InstanceState.Failed =>
            $"{Describe(servers)}; the cluster restarts them, see their logs for the cause",
        InstanceState.HalfPromoted =>
            $"{Describe(servers)}, which is neither promoted nor unpromoted; the cluster restarts them",
        InstanceState.UnpromotedDegraded =>
            $"{Describe(servers)}; check the network to it, and that OVN here is not older than there",
        InstanceState.PromotedWithoutNorthd when northd == NorthdState.DiesRepeatedly =>
            "ovn-northd dies again and again, each time started anew; see its log; NB and SB are active",
        InstanceState.PromotedWithoutNorthd =>
            $"ovn-northd {Describe(northd)}: {northdOutcome.Problem ?? "it could not be started again"}; NB and SB are active",
        InstanceState.Stopped when expected == ExpectedRole.Promoted =>
            "NB and SB are not running, though they were active; see their logs and the kernel's for the cause",
        InstanceState.Stopped when expected == ExpectedRole.Unpromoted =>
            "NB and SB are not running; see their logs and the kernel's for the cause",
        _ => null,
    };

    /// <summary>Both servers in a few words, such as "NB is active, SB is hung (process 7 is stopped by a signal)".</summary>
    public static string Describe(ServerPair servers) => $"NB {Describe(servers.Northbound)}, SB {Describe(servers.Southbound)}";

    /// <summary>What ovn-northd does, such as "is paused".</summary>
    public static string Describe(NorthdState northd) => northd switch
    {
        NorthdState.NotRunning => "is not running",
        NorthdState.Hung => "is stopped by a signal",
        NorthdState.DiesRepeatedly => "dies again and again",
        NorthdState.Paused => "is paused",
        NorthdState.Disconnected => "has no connection to NB or SB",
        NorthdState.Misdirected => "was told to connect to servers that are not of this resource",
        _ => "runs",
    };

    private static string Describe(ServerObservation server)
    {
        var state = server.State switch
        {
            ServerState.NotRunning => "is not running",
            ServerState.Active => "is active",
            ServerState.Replicating => "is a backup",
            ServerState.Disconnected => $"is a backup without connection to {server.Source ?? "its source"}",
            ServerState.ReplicationFailed => "is a backup that cannot replicate",
            ServerState.Busy => "is busy",
            ServerState.Hung => "is hung",
            _ => "is in an unclear state",
        };
        return server.Detail.Length == 0 ? state : $"{state} ({server.Detail})";
    }

    private static bool IsStopped(ServerPair servers) =>
        servers.Northbound.State == ServerState.NotRunning && servers.Southbound.State == ServerState.NotRunning;
}
