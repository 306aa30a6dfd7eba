namespace OvndbOcf.Campaign.Report;

/// <summary>What an instance on a node was.</summary>
public enum NodeRole
{
    /// <summary>Nobody could tell.</summary>
    Unknown,

    /// <summary>The node itself was off.</summary>
    Off,

    /// <summary>The node ran without the servers.</summary>
    Stopped,

    /// <summary>The servers replicated from the active ones.</summary>
    Backup,

    /// <summary>The servers took writes.</summary>
    Active,
}

/// <summary>A stretch of time.</summary>
/// <param name="From">Its begin, in seconds from the start of the fault's record.</param>
/// <param name="To">Its end, in seconds from the start of the fault's record.</param>
public sealed record Period(double From, double To);

/// <summary>A stretch of time in which a node had one role.</summary>
/// <param name="From">Its begin, in seconds from the start of the fault's record.</param>
/// <param name="To">Its end, in seconds from the start of the fault's record.</param>
/// <param name="Role">The role.</param>
public sealed record RolePeriod(double From, double To, NodeRole Role);

/// <summary>What became of one node while a fault was tried.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Roles">Its roles; where there is none, nothing is known.</param>
/// <param name="Address">When it had the virtual address.</param>
public sealed record Lane(string Node, IReadOnlyList<RolePeriod> Roles, IReadOnlyList<Period> Address);

/// <summary>Something that was done to the cluster: a fault injected, a fault taken back.</summary>
/// <param name="At">When, in seconds from the start of the fault's record.</param>
/// <param name="What">What it was, in a few words.</param>
public sealed record Moment(double At, string What);

/// <summary>All that was seen while a fault was tried.</summary>
/// <param name="Length">How long was looked, in seconds.</param>
/// <param name="Lanes">One for each node.</param>
/// <param name="Moments">What was done to the cluster.</param>
/// <param name="Outages">When a client had no acknowledged writes.</param>
public sealed record Timeline(double Length, IReadOnlyList<Lane> Lanes, IReadOnlyList<Moment> Moments, IReadOnlyList<Period> Outages);
