using OvndbOcf.Decisions.Copies;

namespace OvndbOcf.Decisions.Instance;

/// <summary>What Pacemaker expects when it calls monitor. Pure.</summary>
/// <param name="Role">The role.</param>
/// <param name="IsStated">Whether Pacemaker named the role, or the exit code that goes with it; otherwise it follows from how Pacemaker runs monitors.</param>
public readonly record struct Expectation(ExpectedRole Role, bool IsStated)
{
    /// <summary>
    /// A probe expects nothing, nor does a person: <c>crm_resource --force-check</c> and <c>pcs resource debug-monitor</c> pass no interval (seen with 2.1.5 and 3.0.0). A recurring
    /// monitor names its role, except where the configuration names none, as OVN's guide does: that one Pacemaker runs for unpromoted instances only (seen with both, beside a monitor of
    /// the promoted role: after a creation, a move, a refresh and a crash).
    /// </summary>
    /// <param name="isProbe">Whether the monitor has no interval.</param>
    /// <param name="role">The role that Pacemaker names (<c>CRM_meta_role</c>); null for none.</param>
    /// <param name="targetCode">The exit code that it names (<c>CRM_meta_op_target_rc</c>); null for none.</param>
    /// <param name="isRunByPacemaker">Whether Pacemaker runs the monitor.</param>
    public static Expectation Of(bool isProbe, string? role, string? targetCode, bool isRunByPacemaker)
    {
        if (isProbe)
        {
            return new(ExpectedRole.Unknown, false);
        }

        return (role, targetCode) switch
        {
            ("Promoted" or "Master", _) => new(ExpectedRole.Promoted, true),
            ("Unpromoted" or "Slave" or "Started", _) => new(ExpectedRole.Unpromoted, true),
            (_, "8") => new(ExpectedRole.Promoted, true),
            (_, "0") => new(ExpectedRole.Unpromoted, true),
            (null, null) when isRunByPacemaker => new(ExpectedRole.Unpromoted, false),
            _ => new(ExpectedRole.Unknown, false),
        };
    }

    /// <summary>
    /// The role that is expected of servers that were seen so. Where nobody named it and one of them is active, nothing is known: no reasoning about Pacemaker may fail an instance
    /// that is promoted after all.
    /// </summary>
    public ExpectedRole Given(ServerPair servers) => !IsStated && servers.HasActive ? ExpectedRole.Unknown : Role;

    /// <summary>Whether the cluster's record has a say in <see cref="ForbidsActive"/>.</summary>
    public bool DependsOnRecord => !IsStated;

    /// <summary>
    /// Whether an active server here must be isolated. Pacemaker takes what a probe calls promoted for promoted, and demotes the other one: a backup that became active by
    /// itself must not get there by a refresh. Without a role that was named, it takes another node's promotion to forbid it, for a recurring monitor one that is open.
    /// </summary>
    /// <param name="cluster">What the cluster knows.</param>
    /// <param name="node">This node, by the name that promotions record.</param>
    public bool ForbidsActive(ClusterKnowledge cluster, string node) =>
        (Role, IsStated) switch
        {
            (ExpectedRole.Promoted, _) => false,
            (ExpectedRole.Unpromoted, true) => true,
            (ExpectedRole.Unpromoted, false) => cluster.IsElsewhere(node) && cluster.Record is { Marker.Closed: false },
            _ => cluster.IsElsewhere(node),
        };
}
