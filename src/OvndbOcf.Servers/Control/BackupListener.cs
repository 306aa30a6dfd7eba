using OvndbOcf.Ovsdb;
using OvndbOcf.Servers.Parameters;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// By what an active server listens for its backups on the node's own address: by <c>add-remote</c>, or by a row of the Connection table. The former has no role and cannot be read-only, so it must not be
/// there while OVN's role-based access control is in force.
/// </summary>
internal static class BackupListener
{
    /// <summary>Adds or removes the listener without a row; one that does not say what it listens on gets it, if it is to have it.</summary>
    /// <param name="server">The active server, whose row, if it is to have one, is there.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="isByRowAlone">Whether it listens by a row alone (<see cref="ClientConnections.IsReadOnlyForBackups"/>).</param>
    /// <param name="deadline">When it has to be done.</param>
    public static Outcome Ensure(DatabaseServer server, AgentParameters parameters, bool isByRowAlone, Deadline deadline)
    {
        if (NodeAddress.ReplicationListener(parameters, server.Database) is not { } remote)
        {
            return Outcome.Done;
        }

        var isThere = server.Remotes(deadline).Contains(remote);
        if (isByRowAlone && isThere)
        {
            server.StopListening(remote, deadline);
        }

        return isByRowAlone || isThere ? Outcome.Done : server.Listen(remote, deadline);
    }
}
