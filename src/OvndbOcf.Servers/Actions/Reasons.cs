using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.Parameters;
using OvndbOcf.Servers.State;

namespace OvndbOcf.Servers.Actions;

/// <summary>Says what was seen, database by database, and what to do about it.</summary>
internal static class Reasons
{
    /// <summary>The exit reason of a monitor; null where all is well.</summary>
    public static string? Of(InstanceState state, ServerPair servers, NorthdState northd, ExpectedRole expected, Outcome northdOutcome) => state switch
    {
        InstanceState.Failed when northd is NorthdState.Running or NorthdState.Hung && IsStopped(servers) =>
            "NB and SB database servers are not running, and ovn-northd was left over; the cluster restarts the instance",
        InstanceState.Failed =>
            $"{Describe(servers)}; the cluster restarts the instance, the servers' logs say why it happened",
        InstanceState.HalfPromoted =>
            $"{Describe(servers)}: one takes writes and the other does not; the cluster restarts the instance",
        InstanceState.UnpromotedDegraded =>
            $"{Describe(servers)}; if it stays so, check the network to master_ip and that OVN's version here is not older than on the active node",
        InstanceState.PromotedWithoutNorthd =>
            $"NB and SB database servers are active, and ovn-northd is {northd}: {northdOutcome.Problem ?? "it could not be started again"}",
        InstanceState.Stopped when expected == ExpectedRole.Promoted =>
            "NB and SB database servers are not running, though they were active; their logs and the kernel's say why",
        InstanceState.Stopped when expected == ExpectedRole.Unpromoted =>
            "NB and SB database servers are not running; their logs and the kernel's say why",
        _ => null,
    };

    /// <summary>Both servers in a few words, such as "NB database server is active; SB database server is hung: process 7 is stopped".</summary>
    public static string Describe(ServerPair servers) =>
        $"{Describe(OvnDatabase.Northbound, servers)}; {Describe(OvnDatabase.Southbound, servers)}";

    private static string Describe(OvnDatabase database, ServerPair servers)
    {
        var server = servers.Of(database);
        var name = database == OvnDatabase.Northbound ? "NB" : "SB";
        var state = server.State switch
        {
            ServerState.NotRunning => "is not running",
            ServerState.Active => "is active",
            ServerState.Replicating => "is a backup",
            ServerState.Disconnected => $"is a backup without a connection to {server.Source ?? "its source"}",
            ServerState.ReplicationFailed => "is a backup that cannot replicate",
            ServerState.Hung => "is hung",
            _ => "is in an unclear state",
        };
        return server.Detail.Length == 0 ? $"{name} database server {state}" : $"{name} database server {state}: {server.Detail}";
    }

    private static bool IsStopped(ServerPair servers) =>
        servers.Northbound.State == ServerState.NotRunning && servers.Southbound.State == ServerState.NotRunning;
}
