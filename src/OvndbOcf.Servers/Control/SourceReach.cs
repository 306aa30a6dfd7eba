using System.Net;
using OvndbOcf.Linux;
using OvndbOcf.Ovsdb.Client;

namespace OvndbOcf.Servers.Control;

/// <summary>Whether a backup's source is alive: its machine answers, and a server listens there.</summary>
internal static class SourceReach
{
    /// <summary>Whether somebody takes a connection there by the deadline. Nothing is said on it, so that TLS makes no difference.</summary>
    public static bool TakesConnections(IPEndPoint end, Deadline deadline)
    {
        try
        {
            using var client = OvsdbClient.Connect(OvsdbEndpoint.Tcp(end.Address, end.Port), deadline);
            return true;
        }
        catch (OvsdbCallException)
        {
            return false;
        }
    }
}
