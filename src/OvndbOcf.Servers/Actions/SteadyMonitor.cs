using OvndbOcf.Ocf;
using OvndbOcf.Pacemaker;
using OvndbOcf.Servers.Control;
using OvndbOcf.Servers.State;
using OvndbOcf.Servers.Steady;

namespace OvndbOcf.Servers.Actions;

/// <summary>
/// The monitor that costs next to nothing: where everything is as a thorough one left it, the answer is the same, and no tool of the cluster is called.
/// </summary>
internal static class SteadyMonitor
{
    /// <summary>The answer of the last thorough monitor if it still holds; null if a thorough one is due.</summary>
    public static ActionResult? Repeat(AgentContext context, ServerPair servers, ExpectedRole expected)
    {
        if (expected == ExpectedRole.Unknown || context.Steady.Read() is not { } noted
            || noted.Subject != SteadyState.SubjectOf(expected, context.Parameters)
            || noted.Servers != SteadyState.ServersOf(servers, expected == ExpectedRole.Promoted ? context.Northd.Observe() : NorthdState.NotManaged)
            || !SteadyConnections.AreStill(noted.Connections)
            || (noted.Activity is { } activity && !ClusterActivity.IsStillAt(activity)))
        {
            return null;
        }

        return new ActionResult(CodeOf(expected));
    }

    /// <summary>What monitor returns where the instance is what Pacemaker expects.</summary>
    public static OcfExitCode CodeOf(ExpectedRole expected) => expected == ExpectedRole.Promoted ? OcfExitCode.Promoted : OcfExitCode.Success;

    /// <summary>Notes what was found, unless there was something to change.</summary>
    /// <param name="context">The action.</param>
    /// <param name="expected">What Pacemaker expects; the instance is that.</param>
    /// <param name="servers">What was seen.</param>
    /// <param name="northd">What ovn-northd was.</param>
    /// <param name="watched">The connections that matter.</param>
    /// <param name="activity">How far the cluster had got before anything was read from it.</param>
    public static void Note(
        AgentContext context, ExpectedRole expected, ServerPair servers, NorthdState northd, IReadOnlyList<WatchedConnection> watched, string? activity)
    {
        if (context.Cluster.Changes == 0 && expected != ExpectedRole.Unknown)
        {
            context.Steady.Write(new SteadyState(SteadyState.SubjectOf(expected, context.Parameters), SteadyState.ServersOf(servers, expected == ExpectedRole.Promoted ? northd : NorthdState.NotManaged), watched, activity));
        }
    }
}
