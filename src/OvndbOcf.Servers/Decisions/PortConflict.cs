using System.Net;
using OvndbOcf.Processes;

namespace OvndbOcf.Servers.Decisions;

/// <summary>Which socket of somebody else keeps a server from listening where it has to. Pure.</summary>
public static class PortConflict
{
    /// <summary>
    /// The first such socket; null if there is none that is known. One on all addresses holds each of them, and each of them keeps a server from listening on all. A socket of the other family counts for
    /// nothing: the kernel's tables do not tell whether one on all addresses of IPv6 takes IPv4, too.
    /// </summary>
    /// <param name="needed">Where the server has to listen.</param>
    /// <param name="listeners">Who listens on those ports.</param>
    /// <param name="isOwn">Whether a socket is the server's; null if that is not known.</param>
    public static PortListener? Find(IEnumerable<IPEndPoint> needed, IReadOnlyList<PortListener> listeners, Func<PortListener, bool?> isOwn)
    {
        foreach (var end in needed)
        {
            var there = listeners.Where(listener => Overlap(listener.Local, end)).ToList();

            // Once it listens there, nobody else does.
            if (there.Count > 0 && there.TrueForAll(listener => isOwn(listener) == false))
            {
                return there[0];
            }
        }

        return null;
    }

    private static bool Overlap(IPEndPoint one, IPEndPoint other) =>
        one.Port == other.Port && one.AddressFamily == other.AddressFamily
        && (one.Address.Equals(other.Address) || IsAny(one.Address) || IsAny(other.Address));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
