using System.Net;
using OvndbOcf.Linux;

namespace OvndbOcf.Decisions.Connections;

/// <summary>Which socket of somebody else keeps a server from listening where it has to. Pure.</summary>
public static class PortConflict
{
    /// <summary>
    /// The first such socket; null if there is none that is known. One on all addresses holds each of them, those of IPv4, too, if it takes them; and each of them keeps a server from listening on all.
    /// </summary>
    /// <param name="needed">Where the server has to listen.</param>
    /// <param name="listeners">Who listens on those ports.</param>
    /// <param name="isOwn">Whether a socket is the server's; null if that is not known.</param>
    public static PortListener? Find(IEnumerable<IPEndPoint> needed, IReadOnlyList<PortListener> listeners, Func<PortListener, bool?> isOwn)
    {
        foreach (var end in needed)
        {
            var there = listeners.Where(listener => Holds(listener, end)).ToList();

            // Once it listens there, nobody else does.
            if (there.Count > 0 && there.TrueForAll(listener => isOwn(listener) == false))
            {
                return there[0];
            }
        }

        return null;
    }

    /// <summary>The first end on which nobody listens, of those whose address is here; null if there is none.</summary>
    public static IPEndPoint? FindSilent(
        IEnumerable<IPEndPoint> needed,
        IReadOnlyList<PortListener> listeners,
        Func<IPAddress, bool> isHere
    ) => needed.FirstOrDefault(end => isHere(end.Address) && !listeners.Any(listener => Holds(listener, end)));

    // A server that listens on all addresses of IPv6 listens on those of IPv4, too.
    private static bool Holds(PortListener listener, IPEndPoint end) =>
        listener.Local.Port == end.Port
        && (
            listener.Local.AddressFamily == end.AddressFamily
                ? listener.Local.Address.Equals(end.Address) || IsAny(listener.Local.Address) || IsAny(end.Address)
                : listener.TakesIpv4 || end.Address.Equals(IPAddress.IPv6Any)
        );

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
