namespace OvndbOcf.Decisions.Connections;

/// <summary>What the row for backups shall be.</summary>
/// <param name="Probe">Its probe interval in milliseconds; null for the server's default.</param>
/// <param name="IsReadOnly">Whether nobody may write by it. Then it must be the only one by which the server listens there: a listener without a row has neither role nor read_only.</param>
public sealed record BackupRow(int? Probe, bool IsReadOnly);

/// <summary>
/// The plan for the one row of the Connection table that is there for backups alone. It exists only where a server can be told in no other way: to be patient with backups whose dump is large, and to take
/// no writes from whoever connects where backups do, while clients are held to roles. A second row costs operators <c>ovn-sbctl set connection .</c>, which needs exactly one. It is marked as the agent's.
/// </summary>
public static class BackupListenerRow
{
    /// <summary>The key in the row's <c>external_ids</c> that marks it; its value says nothing.</summary>
    public const string Mark = "ovndb-replication";

    /// <summary>What the row shall be; null where no row is wanted.</summary>
    /// <param name="existing">The rows in use.</param>
    /// <param name="target">Where backups connect to, such as <c>ptcp:6641:10.0.0.2</c>; null where they have no listener of their own.</param>
    /// <param name="fileLength">Length of the active server's database file in bytes; null if it is not known.</param>
    /// <param name="backupsMayBeConnected">Whether removing the row may cost backups their connections. Then one that is not needed any more stays until the next promotion: cut off for a second, they count as
    /// outdated until they have told of their return, and a crash of the active server meanwhile would leave nobody to promote.</param>
    public static BackupRow? Wanted(IReadOnlyList<ConnectionRow> existing, string? target, long? fileLength, bool backupsMayBeConnected)
    {
        // Targets are unique in the table: one of the operator's rows with it says how patient to be, and who may write.
        if (target is null || existing.Any(row => !row.IsForReplication && row.Target == target))
        {
            return null;
        }

        var present = existing.FirstOrDefault(row => row.IsForReplication && row.Target == target);
        var probe = ReplicationPatience.ProbeInterval(fileLength, present?.InactivityProbe);

        // Where no client is held to a role, whoever reaches the backups' listener may write as much by that of the clients.
        var isReadOnly = existing.Any(row => row is { IsForReplication: false, HasRole: true });
        var isNeeded = probe is not null || isReadOnly;
        var stays = backupsMayBeConnected && present is { IsReadOnly: false };
        return isNeeded || stays ? new BackupRow(probe, isReadOnly) : null;
    }

    /// <summary>The plan: afterwards the row is as it is wanted, or there is none; where one is wanted and there is none, the next plan adds it.</summary>
    /// <param name="existing">The rows in use.</param>
    /// <param name="target">As for <see cref="Wanted"/>.</param>
    /// <param name="wanted">What <see cref="Wanted"/> said.</param>
    public static ConnectionPlan For(IReadOnlyList<ConnectionRow> existing, string? target, BackupRow? wanted) =>
        (existing.FirstOrDefault(row => row.IsForReplication), wanted) switch
        {
            (null, null) => new ConnectionPlan(ConnectionStep.Nothing),
            (null, _) => new ConnectionPlan(ConnectionStep.Add),
            ({ } unwanted, null) => new ConnectionPlan(ConnectionStep.Remove, unwanted.Id),

            // An open listener keeps its read_only: Open vSwitch 3.1 and 3.5 do not look at that column again. So the row is removed, and added in a transaction of its own.
            ({ } present, { } row) when present.IsReadOnly != row.IsReadOnly => new ConnectionPlan(ConnectionStep.Remove, present.Id),
            ({ } present, { } row) => present.Target == target && present.InactivityProbe == row.Probe
                ? new ConnectionPlan(ConnectionStep.Nothing)
                : new ConnectionPlan(ConnectionStep.Change, present.Id),
        };
}
