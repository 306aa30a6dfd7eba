using System.Net;
using OvndbOcf.Ovsdb;

namespace OvndbOcf.Decisions.Connections;

/// <summary>A row of a database's Connection table (ovn-nb(5), ovn-sb(5)).</summary>
/// <param name="Id">The row.</param>
/// <param name="Target">What it listens on or connects to, such as <c>ptcp:6641:10.0.0.9</c>.</param>
/// <param name="InactivityProbe">Its probe interval in milliseconds; null for the server's default.</param>
/// <param name="IsForReplication">Whether it is the one for backups (<see cref="BackupListenerRow"/>).</param>
/// <param name="HasRole">Whether OVN's role-based access control holds for whoever connects by it; Southbound only.</param>
/// <param name="IsReadOnly">Whether nobody writes by it; Southbound only.</param>
public sealed record ConnectionRow(
    Guid Id,
    string Target,
    long? InactivityProbe,
    bool IsForReplication = false,
    bool HasRole = false,
    bool IsReadOnly = false
);

/// <summary>What has to be done so that clients get in.</summary>
public enum ConnectionStep
{
    /// <summary>Everything is as it should be.</summary>
    Nothing,

    /// <summary>Add a row.</summary>
    Add,

    /// <summary>Change a row's target and probe interval.</summary>
    Change,

    /// <summary>Remove a row.</summary>
    Remove,
}

/// <summary>The plan for a database's Connection table.</summary>
/// <param name="Step">What to do.</param>
/// <param name="Row">The row to change or to remove; null otherwise.</param>
public sealed record ConnectionPlan(ConnectionStep Step, Guid? Row = null)
{
    /// <summary>
    /// Exactly one row for clients is the agent's. It is the one with the wanted target; else the only row there is, if it listens for remote clients, as OVN's shell agent has it; else, among several,
    /// the one that shares its port or its address with the wanted target, if just one does, for then a parameter was changed. All other rows are the
    /// operator's and stay as they are, also one on all addresses where a single one is wanted, as <c>ovn-nbctl set-connection ptcp:6641</c> makes it, unless the agent listened so.
    /// </summary>
    /// <param name="rows">The rows in use.</param>
    /// <param name="target">The wanted target.</param>
    /// <param name="inactivityProbe">The wanted probe interval in milliseconds.</param>
    /// <param name="former">What the agent made the server listen on with earlier parameters.</param>
    public static ConnectionPlan For(
        IReadOnlyList<ConnectionRow> rows,
        string target,
        long inactivityProbe,
        IReadOnlyCollection<string> former
    )
    {
        List<ConnectionRow> existing = [.. rows.Where(row => !row.IsForReplication)];
        if (existing.Count == 0)
        {
            return new ConnectionPlan(ConnectionStep.Add);
        }

        foreach (var row in existing)
        {
            if (row.Target == target)
            {
                return row.InactivityProbe == inactivityProbe
                    ? new ConnectionPlan(ConnectionStep.Nothing)
                    : new ConnectionPlan(ConnectionStep.Change, row.Id);
            }
        }

        List<ConnectionRow> possible = [.. existing.Where(row => former.Contains(row.Target) || !IsWider(row.Target, target))];
        return existing.Count == 1 && possible.Count == 1 && IsForRemoteClients(Remote.TryParse(existing[0].Target))
                ? new ConnectionPlan(ConnectionStep.Change, existing[0].Id)
            : OnlyRelative(possible, target) is { } relative ? new ConnectionPlan(ConnectionStep.Change, relative.Id)
            : new ConnectionPlan(ConnectionStep.Add);
    }

    /// <summary>The row on the same port and all addresses, which keeps a server from listening on the one that is wanted, or cannot be listened on beside it; null if there is none.</summary>
    public static ConnectionRow? FindWider(IReadOnlyList<ConnectionRow> rows, string target) =>
        rows.FirstOrDefault(row => IsWider(row.Target, target) && Remote.TryParse(row.Target)?.Port == Remote.TryParse(target)?.Port);

    private static bool IsWider(string target, string wanted) =>
        Remote.TryParse(target) is { IsOnAllAddresses: true } && Remote.TryParse(wanted) is not { IsOnAllAddresses: true };

    private static ConnectionRow? OnlyRelative(IReadOnlyList<ConnectionRow> rows, string target)
    {
        ConnectionRow? found = null;
        var wanted = Remote.TryParse(target);
        foreach (var row in rows)
        {
            if (
                Remote.TryParse(row.Target) is { } remote
                && IsForRemoteClients(remote)
                && (remote.Port == wanted?.Port || (remote.IsTls == wanted?.IsTls && Equals(remote.Address, wanted.Address)))
            )
            {
                if (found is not null)
                {
                    return null;
                }

                found = row;
            }
        }

        return found;
    }

    // A row for clients on this machine is never what the agent made, and the agent writes no names.
    private static bool IsForRemoteClients(Remote? remote) =>
        remote is { IsPassive: true } && (remote.Address is null || !IPAddress.IsLoopback(remote.Address));
}
