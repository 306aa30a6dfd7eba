namespace OvndbOcf.Servers.Decisions;

/// <summary>
/// The plan for the one row of the Connection table that is there for backups alone: an active server that is to be patient with them cannot be told so in any other way.
/// It is marked as the agent's, and the server listens on its target anyway.
/// </summary>
public static class ReplicationConnection
{
    /// <summary>The key in the row's <c>external_ids</c> that marks it; its value says nothing.</summary>
    public const string Mark = "ovndb-replication";

    /// <summary>The plan at a promotion: afterwards the row is as it is wanted, or there is none.</summary>
    /// <param name="existing">The rows in use.</param>
    /// <param name="target">Where backups connect to, such as <c>ptcp:6641:10.0.0.2</c>; null where they have no listener of their own.</param>
    /// <param name="probe">The wanted probe interval in milliseconds; null for no row.</param>
    public static ConnectionPlan Exactly(IReadOnlyList<ConnectionRow> existing, string? target, int? probe)
    {
        var row = existing.FirstOrDefault(candidate => candidate.IsForReplication);

        // Targets are unique in the table: one of the operator's rows with it says how patient to be.
        var isWanted = target is not null && probe is not null && !existing.Any(other => !other.IsForReplication && other.Target == target);
        return (row, isWanted) switch
        {
            (null, false) => new ConnectionPlan(ConnectionStep.Nothing),
            (null, true) => new ConnectionPlan(ConnectionStep.Add),
            ({ } unwanted, false) => new ConnectionPlan(ConnectionStep.Remove, unwanted.Id),
            ({ } present, true) => present.Target == target && present.InactivityProbe == probe
                ? new ConnectionPlan(ConnectionStep.Nothing) : new ConnectionPlan(ConnectionStep.Change, present.Id),
        };
    }

    /// <summary>The plan while the active server lives: it gets more patient as the database grows, and not less, as each change is one more transaction for everybody.</summary>
    /// <inheritdoc cref="Exactly" path="/param"/>
    public static ConnectionPlan AtLeast(IReadOnlyList<ConnectionRow> existing, string? target, int? probe) => Exactly(existing, target, probe) switch
    {
        { Step: ConnectionStep.Remove } => new ConnectionPlan(ConnectionStep.Nothing),
        { Step: ConnectionStep.Change } when existing.Any(row => row.IsForReplication && row.Target == target && row.InactivityProbe >= probe) => new ConnectionPlan(ConnectionStep.Nothing),
        var plan => plan,
    };
}
