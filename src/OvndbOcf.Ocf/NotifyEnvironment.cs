namespace OvndbOcf.Ocf;

/// <summary>Whether Pacemaker notifies before or after an operation.</summary>
public enum NotifyType
{
    /// <summary>Not a notification, or one of an unknown type.</summary>
    None,

    /// <summary>Before the operation.</summary>
    Pre,

    /// <summary>After the operation.</summary>
    Post,
}

/// <summary>Which operation Pacemaker notifies about.</summary>
public enum NotifyOperation
{
    /// <summary>Not a notification, or about an unknown operation.</summary>
    None,

    /// <summary>Instances start.</summary>
    Start,

    /// <summary>Instances stop.</summary>
    Stop,

    /// <summary>An instance is promoted.</summary>
    Promote,

    /// <summary>An instance is demoted.</summary>
    Demote,
}

/// <summary>
/// What Pacemaker says about the transition an action belongs to (<c>OCF_RESKEY_CRM_meta_notify_*</c>; OCF 1.1 leaves it to the
/// cluster manager, see Pacemaker Explained, "Clone Resource Agent Requirements"). It reaches notify, start, stop, promote and
/// demote, not monitor. Lists hold node names, for a bundle the names of its containers; absent lists are empty.
/// </summary>
/// <param name="Type">Before or after.</param>
/// <param name="Operation">About what.</param>
/// <param name="Promoted">Where instances were promoted when the transition was computed.</param>
/// <param name="Promoting">Where instances are to be promoted in it.</param>
/// <param name="Demoting">Where instances are to be demoted in it.</param>
/// <param name="Starting">Where instances are to be started in it.</param>
/// <param name="Stopping">Where instances are to be stopped in it.</param>
public sealed record NotifyEnvironment(
    NotifyType Type,
    NotifyOperation Operation,
    IReadOnlyList<string> Promoted,
    IReadOnlyList<string> Promoting,
    IReadOnlyList<string> Demoting,
    IReadOnlyList<string> Starting,
    IReadOnlyList<string> Stopping
)
{
    /// <summary>Reads it; the names of Pacemaker 2.1 (promoted) count before the older ones (master).</summary>
    public static NotifyEnvironment From(OcfEnvironment environment) =>
        new(
            environment.Meta("notify_type") switch
            {
                "pre" => NotifyType.Pre,
                "post" => NotifyType.Post,
                _ => NotifyType.None,
            },
            environment.Meta("notify_operation") switch
            {
                "start" => NotifyOperation.Start,
                "stop" => NotifyOperation.Stop,
                "promote" => NotifyOperation.Promote,
                "demote" => NotifyOperation.Demote,
                _ => NotifyOperation.None,
            },
            Names(environment.Meta("notify_promoted_uname") ?? environment.Meta("notify_master_uname")),
            Names(environment.Meta("notify_promote_uname")),
            Names(environment.Meta("notify_demote_uname")),
            Names(environment.Meta("notify_start_uname")),
            Names(environment.Meta("notify_stop_uname"))
        );

    /// <summary>
    /// The instance that is promoted now and stays so, if any. Inside a transition the order is demote, stop, start, promote, so this is
    /// whoever was promoted at its start and is neither demoted nor stopped in it; one that is yet to be promoted does not count.
    /// </summary>
    public string? StayingPromoted
    {
        get
        {
            foreach (var name in Promoted)
            {
                if (!Demoting.Contains(name, StringComparer.Ordinal) && !Stopping.Contains(name, StringComparer.Ordinal))
                {
                    return name;
                }
            }

            return null;
        }
    }

    private static string[] Names(string? list) =>
        list?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
