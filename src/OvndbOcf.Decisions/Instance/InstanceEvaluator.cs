using OvndbOcf.Decisions.Connections;
using OvndbOcf.Decisions.Northd;
using OvndbOcf.Ocf;
using OvndbOcf.Ovsdb;

namespace OvndbOcf.Decisions.Instance;

/// <summary>What Pacemaker expects of the instance when it asks.</summary>
public enum ExpectedRole
{
    /// <summary>Nothing: a probe.</summary>
    Unknown,

    /// <summary>That it runs unpromoted.</summary>
    Unpromoted,

    /// <summary>That it runs promoted.</summary>
    Promoted,
}

/// <summary>
/// The agent's central decision: from what was seen to the state of the instance, and on to what monitor tells Pacemaker. Pure, total,
/// and safe: it never says "not running" while anything may hold a database, and never plain "failed" while anything may be active.
/// </summary>
public static class InstanceEvaluator
{
    /// <summary>The state of the instance.</summary>
    /// <param name="northbound">The Northbound server.</param>
    /// <param name="southbound">The Southbound server.</param>
    /// <param name="northd">ovn-northd.</param>
    /// <param name="expected">What Pacemaker expects.</param>
    /// <param name="disconnectionLasts">Whether a backup has been without its source for longer than a failover takes.</param>
    public static InstanceState Evaluate(
        ServerObservation northbound,
        ServerObservation southbound,
        NorthdState northd,
        ExpectedRole expected,
        bool disconnectionLasts = true
    )
    {
        if (northbound.State == ServerState.NotRunning && southbound.State == ServerState.NotRunning)
        {
            // A probe must not make the cluster recover a northd that the distribution's own service may have started: start deals with it.
            return northd is not (NorthdState.NotManaged or NorthdState.NotRunning) && expected != ExpectedRole.Unknown
                ? InstanceState.Failed
                : InstanceState.Stopped;
        }

        if (northbound.IsBackup && southbound.IsBackup)
        {
            return CannotReplicate(northbound, disconnectionLasts) || CannotReplicate(southbound, disconnectionLasts)
                ? InstanceState.UnpromotedDegraded
                : InstanceState.Unpromoted;
        }

        if (northbound.State == ServerState.Active && southbound.State == ServerState.Active)
        {
            return northd is NorthdState.NotManaged or NorthdState.Running ? InstanceState.Promoted : InstanceState.PromotedWithoutNorthd;
        }

        return northbound.IsResponsive && southbound.IsResponsive ? InstanceState.HalfPromoted : InstanceState.Failed;
    }

    /// <summary>What monitor returns for that state.</summary>
    /// <param name="state">The result of <see cref="Evaluate"/>.</param>
    /// <param name="northbound">The Northbound server.</param>
    /// <param name="southbound">The Southbound server.</param>
    /// <param name="expected">What Pacemaker expects.</param>
    /// <param name="takesDegraded">Whether Pacemaker understands 190 and 191.</param>
    public static OcfExitCode MonitorCode(
        InstanceState state,
        ServerObservation northbound,
        ServerObservation southbound,
        ExpectedRole expected,
        bool takesDegraded
    ) =>
        state switch
        {
            InstanceState.Stopped => OcfExitCode.NotRunning,
            InstanceState.Unpromoted => OcfExitCode.Success,
            InstanceState.UnpromotedDegraded => takesDegraded ? OcfExitCode.Degraded : OcfExitCode.Success,
            InstanceState.Promoted => OcfExitCode.Promoted,
            InstanceState.PromotedWithoutNorthd => takesDegraded ? OcfExitCode.DegradedPromoted : OcfExitCode.Promoted,
            InstanceState.HalfPromoted => OcfExitCode.PromotedFailed,
            InstanceState.Failed when MayBeActive(northbound, southbound, expected) => OcfExitCode.PromotedFailed,
            _ => OcfExitCode.GenericError,
        };

    private static bool MayBeActive(ServerObservation northbound, ServerObservation southbound, ExpectedRole expected) =>
        expected switch
        {
            ExpectedRole.Promoted => true,
            ExpectedRole.Unpromoted => northbound.State == ServerState.Active || southbound.State == ServerState.Active,
            _ => !(IsSurelyInactive(northbound) && IsSurelyInactive(southbound)),
        };

    private static bool IsSurelyInactive(ServerObservation server) => server.IsBackup || server.State == ServerState.NotRunning;

    /// <summary>
    /// Whether a backup should be connected and is not. Waiting at the address that never answers is what it does until there is an active server.
    /// </summary>
    public static bool IsCutOff(ServerObservation server) =>
        server.State == ServerState.Disconnected && Remote.TryParse(server.Source)?.Address?.ToString() != NoSource.NeverAnswers;

    private static bool CannotReplicate(ServerObservation server, bool disconnectionLasts) =>
        server.State == ServerState.ReplicationFailed || (disconnectionLasts && IsCutOff(server));
}
