namespace OvndbOcf.Servers.Decisions;

/// <summary>
/// The plan for the one row of the Connection table that is there for backups alone: an active server that is to be patient with them cannot be told so in any other way.
/// It is marked as the agent's, and the server listens on its target anyway.
/// </summary>
public static class ReplicationConnection
{
    /// <summary>The key in the row's <c>external_ids</c> that marks it; its value says nothing.</summary>
    public const string Mark = "ovndb-replication";

    /// <summary>The probe interval that the row shall have, in milliseconds; null where no row is wanted.</summary>
    /// <param name="existing">The rows in use.</param>
    /// <param name="target">Where backups connect to, such as <c>ptcp:6641:10.0.0.2</c>; null where they have no listener of their own.</param>
    /// <param name="fileLength">Length of the active server's database file in bytes; null if it is not known.</param>
    public static int? WantedProbe(IReadOnlyList<ConnectionRow> existing, string? target, long? fileLength)
    {
        // Targets are unique in the table: one of the operator's rows with it says how patient to be.
        if (target is null || existing.Any(row => !row.IsForReplication && row.Target == target))
        {
            return null;
        }

        var current = existing.FirstOrDefault(row => row.IsForReplication && row.Target == target)?.InactivityProbe;
        return ReplicationPatience.ProbeInterval(fileLength, current);
    }

    /// <summary>The plan: afterwards the row is as it is wanted, or there is none.</summary>
    /// <param name="existing">The rows in use.</param>
    /// <param name="target">As for <see cref="WantedProbe"/>.</param>
    /// <param name="probe">What <see cref="WantedProbe"/> said.</param>
    public static ConnectionPlan For(IReadOnlyList<ConnectionRow> existing, string? target, int? probe) =>
        (existing.FirstOrDefault(row => row.IsForReplication), probe) switch
        {
            (null, null) => new ConnectionPlan(ConnectionStep.Nothing),
            (null, _) => new ConnectionPlan(ConnectionStep.Add),
            ({ } unwanted, null) => new ConnectionPlan(ConnectionStep.Remove, unwanted.Id),
            ({ } present, _) => present.Target == target && present.InactivityProbe == probe
                ? new ConnectionPlan(ConnectionStep.Nothing) : new ConnectionPlan(ConnectionStep.Change, present.Id),
        };
}
