using System.Net;
using OvndbOcf.Decisions.Instance;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb;

namespace OvndbOcf.Servers.Control;

/// <summary>
/// Looks whether a backup that says it replicates has a connection to its source. It goes on saying so after the source has died, until another one answers
/// (seen with OVS 3.1 and 3.5), so its word alone proves nothing.
/// </summary>
internal static class ReplicationSocket
{
    /// <summary>What a server said, with its connection, or corrected where there is none. Where that cannot be found out, the server's word stands.</summary>
    public static ServerObservation Join(ServerObservation said, ServerPaths paths)
    {
        if (
            said.State != ServerState.Replicating
            || Remote.TryParse(said.Source) is not { IsPassive: false, Address: { } address } source
            || DaemonFinder.FindServer(paths).Daemon is not { } process
        )
        {
            return said;
        }

        var (isConnected, local) = TcpConnections.Find(process.Id, address, source.Port);
        return isConnected == false ? said with { State = ServerState.Disconnected }
            : local is not null ? said with { Link = new BackupLink(local, new IPEndPoint(address, source.Port)) }
            : said;
    }
}
